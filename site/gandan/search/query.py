"""What was typed, as search reads it. Pure: knows neither Django nor the index.

Filler words of a question ("cần gì", "ở đâu", "làm sao") stay in the query but weigh little, so that "làm giấy
khai sinh cần gì" is about khai sinh. A word typed with accents is a filler only with those accents (căn is not
cần); a word typed without is one when it could be.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gandan.text import canonical, fold_words

LONGEST_TEXT = 200  # characters
MOST_WORDS = 16
LONGEST_WORD = 40  # letters
FILLER_WEIGHT = 0.15
_MOST_TYPED = 4 * LONGEST_TEXT  # characters looked at: decomposed text needs up to three a letter

_QUESTION_WORDS = {
    "vi": "cần gì nào ở đâu làm là thì và có không được phải cho tôi em mình muốn xin hỏi nhé những các của để "
    "với về khi bị thế như bao nhiêu lâu",
    "en": "a an the of to for in on at is are do does can i my me we our you your how what where when which who "
    "much many long need want get please and or",
    "ar": "في من إلى على عن هل ما ماذا كيف أين متى كم هو هي أريد",
}
_QUESTION_PHRASES = ["làm sao", "tại sao", "vì sao", "thế nào"]
_PUNCTUATION = string.punctuation + "“”‘’…«»–—؟،"

_FILLERS = {language: frozenset(words.split()) for language, words in _QUESTION_WORDS.items()}
_PLAIN_FILLERS = {
    language: frozenset(word for filler in words for word in fold_words(filler))
    for language, words in _FILLERS.items()
}
_PHRASES = frozenset(tuple(fold_words(phrase)) for phrase in _QUESTION_PHRASES)


@dataclass(frozen=True)
class Query:
    """`words` are folded, in the typed order; `fillers` those of them that say little."""

    text: str
    words: tuple[str, ...]
    fillers: frozenset[str]
    was_cut: bool

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that say what is sought; all of them when there are only fillers."""
        return tuple(word for word in self.words if word not in self.fillers) or self.words

    def weight(self, word: str) -> float:
        return FILLER_WEIGHT if word in self.fillers and self.telling != self.words else 1.0


def read(typed: str, language: str = "vi") -> Query:
    """The query in what was typed: at most 200 characters and 16 words. Any string will do."""
    whole = canonical(typed[:_MOST_TYPED])
    text = whole[:LONGEST_TEXT]
    pairs = [(word[:LONGEST_WORD], token) for token in text.split() for word in fold_words(token)]
    kept = pairs[:MOST_WORDS]
    words = tuple(word for word, _ in kept)
    was_cut = len(typed) > _MOST_TYPED or len(whole) > len(text) or len(pairs) > len(kept)
    fillers = {word for word, token in kept if _is_filler(word, token, language)}
    return Query(_shown(text, len(kept)) if was_cut else text, words, _with_phrases(words, fillers), was_cut)


def fillers_of(words: Sequence[tuple[str, str]], language: str) -> set[int]:
    """The places of the words, given as (folded, as written), that say little in a question."""
    places = {place for place, (word, form) in enumerate(words) if _is_filler(word, form, language)}
    for place, pair in enumerate(pairwise(word for word, _ in words)):
        if pair in _PHRASES:
            places |= {place, place + 1}
    return places


def _is_filler(word: str, token: str, language: str) -> bool:
    plain = token.strip(_PUNCTUATION).lower()
    if plain == word:
        return any(word in _PLAIN_FILLERS[known] for known in {"vi", language} & _FILLERS.keys())
    return any(plain in _FILLERS[known] for known in {"vi", language} & _FILLERS.keys())


def _with_phrases(words: tuple[str, ...], fillers: set[str]) -> frozenset[str]:
    found = {pair for pair in pairwise(words) if pair in _PHRASES}
    return frozenset(fillers.union(*found))


def _shown(text: str, words: int) -> str:
    """As many whole tokens as give that many words."""
    shown: list[str] = []
    for token in text.split():
        words -= len(fold_words(token))
        if words < 0:
            break
        shown.append(token)
    return " ".join(shown)
