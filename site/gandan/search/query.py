"""What was typed, as search reads it. Pure: knows neither Django nor the index.

Filler words of a question ("cần gì", "ở đâu", "làm sao") stay in the query but weigh little, so that "làm giấy
khai sinh cần gì" is about khai sinh. A word typed with accents is a filler only with those accents (căn is not
cần); a word typed without is one when it could be.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gandan.text import canonical, fold_words

LONGEST_TEXT = 200  # characters
MOST_WORDS = 16
LONGEST_WORD = 40  # letters
FILLER_WEIGHT, WEAK_WEIGHT = 0.1, 0.45
_MOST_TYPED = 4 * LONGEST_TEXT  # characters looked at: decomposed text needs up to three a letter

_QUESTION_WORDS = {
    "vi": "cần gì nào ở đâu làm là thì và có không được phải cho tôi em mình muốn xin hỏi nhé những các của để "
    "với về khi bị thế như bao nhiêu lâu rồi ơi nhỉ hả ai hay nếu hoặc nhưng giờ",
    "en": "a an the of to for in on at is are do does can i my me we our you your how what where when which who "
    "much many long need want get please and or",
    "ar": "في من إلى على عن هل ما ماذا كيف أين متى كم هو هي أريد",
}
# Fillers only when their marks are typed: without them they are other words (vậy, but vay vốn; đang, but đăng ký).
_WITH_MARKS = (
    "vậy ạ mà mấy đó đã đang sẽ cũng nên vì lúc này ấy chỗ đi lấy ra vào hết mới luôn giúp thôi nữa cả"
)
# Fillers only beside each other.
_QUESTION_PHRASES = """
làm sao|tại sao|vì sao|thế nào|như thế nào|ra sao|làm gì|kiểu gì|giấy tờ gì|thủ tục gì|hồ sơ gì|giấy gì|bao nhiêu tiền|
mất bao lâu|bao lâu|mấy ngày|bao giờ|khi nào|chỗ nào|nơi nào|ở đâu|đến đâu|nộp ở đâu|làm ở đâu|được không|phải không|
hay không|đúng không|làm thế nào|có phải|cho hỏi|cho em hỏi|xin hỏi|ai biết
"""
# Words that say less in a question than they do in a name: who it is for, and that papers are wanted.
_WEAK = "con cha ba bé cháu ông bà em anh chị người giấy tờ"
_WEAK_WITH_MARKS = (
    "mẹ bố má vợ chồng nhà xã phường thôn ngày tiền thủ tục hồ sơ đơn nộp báo bên hôm lên xuống tới từ trong ngoài "
    "trên dưới hai một mỗi từng biết gặp đến"
)
_PUNCTUATION = string.punctuation + "“”‘’…«»–—؟،"

_FILLERS = {language: frozenset(words.split()) for language, words in _QUESTION_WORDS.items()}
_PLAIN_FILLERS = {
    language: frozenset(word for filler in words for word in fold_words(filler))
    for language, words in _FILLERS.items()
}
_WRITTEN = {tuple(fold_words(phrase)): phrase.split() for phrase in _QUESTION_PHRASES.split("|")}
_PHRASES = frozenset(_WRITTEN)
_LONGEST_PHRASE = max(map(len, _PHRASES))
_MARKED_FILLERS = frozenset(_WITH_MARKS.split())
_PLAIN_WEAK = frozenset(fold_words(_WEAK))
_MARKED_WEAK = frozenset([*_WEAK.split(), *_WEAK_WITH_MARKS.split()])


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
    fillers = frozenset(words[place] for place in fillers_of(kept, language))
    return Query(_shown(text, len(kept)) if was_cut else text, words, fillers, was_cut)


def fillers_of(words: Sequence[tuple[Any, ...]], language: str) -> set[int]:
    """The places of the words, given as (folded, as written), that say little in a question."""
    places = {place for place, (word, form, *_) in enumerate(words) if _is_filler(word, form, language)}
    folded = tuple(word[0] for word in words)
    for start in range(len(folded)):
        for length in range(2, min(_LONGEST_PHRASE, len(folded) - start) + 1):
            if folded[start : start + length] in _PHRASES:
                places.update(range(start, start + length))
    return places


def asking_words(folded: Sequence[str]) -> dict[int, str]:
    """The words of the phrases that ask ("bao lâu"), by place, as they are written."""
    words: dict[int, str] = {}
    for start in range(len(folded)):
        for length in range(2, _LONGEST_PHRASE + 1):
            written = _WRITTEN.get(tuple(folded[start : start + length]), [])
            words.update({start + place: word for place, word in enumerate(written)})
    return words


def weights_of(words: Sequence[tuple[Any, ...]], language: str) -> list[float]:
    """How much each word tells: 1, or less for the fillers of a question and, beside those, for weak words."""
    fillers = fillers_of(words, language)
    if not fillers or len(fillers) == len(words):
        return [1.0] * len(words)
    weights = [
        FILLER_WEIGHT if place in fillers else WEAK_WEIGHT if _is_weak(word, form) else 1.0
        for place, (word, form, *_) in enumerate(words)
    ]
    most = max(weights)
    return [weight / most for weight in weights]


def _is_weak(word: str, form: str) -> bool:
    return word in _PLAIN_WEAK if word == form else form in _MARKED_WEAK


def _is_filler(word: str, token: str, language: str) -> bool:
    plain = token.strip(_PUNCTUATION).lower()
    if plain == word:
        return any(word in _PLAIN_FILLERS[known] for known in {"vi", language} & _FILLERS.keys())
    if plain in _MARKED_FILLERS:
        return True
    return any(plain in _FILLERS[known] for known in {"vi", language} & _FILLERS.keys())


def _shown(text: str, words: int) -> str:
    """As many whole tokens as give that many words."""
    shown: list[str] = []
    for token in text.split():
        words -= len(fold_words(token))
        if words < 0:
            break
        shown.append(token)
    return " ".join(shown)
