"""How text stands in a search index, the same for every engine: folded words, and a code for each accented word.

The code writes a word's marks in plain letters (đăng → xqddawng), so that the plain tokenizer of any engine keeps
"đăng" apart from "dang" without a plug-in. No word of Vietnamese, English or folded Arabic begins with *xq*.
"""

import re
import unicodedata
from functools import lru_cache

from gandan.text import canonical, fold_words

CODE_START = "xq"
_VOWEL_MARKS = {"\u0302": "z", "\u0306": "w", "\u031b": "w"}  # no word is written with either
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_WORDS = re.compile(r"(?:[^\W_][\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]*)+")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in its order: what index and query share."""
    return fold_words(text)


def codes_of(text: str) -> list[str]:
    """The codes of the words of a text that carry Vietnamese marks, in its order."""
    return [found for word in _WORDS.findall(canonical(text).lower()) if (found := code(word))]


def accented_words(text: str) -> list[tuple[str, str]]:
    """(folded, as written) for each word of a text: canonical, lower case, accents kept."""
    return [
        (folded, token if len(parts) == 1 else folded)
        for token in _WORDS.findall(canonical(text).lower())
        for parts in [_folded(token)]
        for folded in parts
    ]


@lru_cache(maxsize=32_768)
def _folded(token: str) -> tuple[str, ...]:
    return tuple(fold_words(token))


@lru_cache(maxsize=16_384)
def code(word: str) -> str | None:
    """The code of one word, or None for a word without Vietnamese marks."""
    letters: list[str] = []
    tone = ""
    for character in canonical(word).lower():
        if character == "đ":
            letters.append("dd")
            continue
        base, *marks = list(unicodedata.normalize("NFD", character))
        letters.append(base)
        for mark in marks:
            tone = _TONES.get(mark, tone)
            letters.append(_VOWEL_MARKS.get(mark, ""))
    coded = "".join(letters)
    if not tone and coded == canonical(word).lower():
        return None
    if not coded.isascii() or not coded.isalpha():
        return None
    if len(coded) > 1 and coded.endswith("y") and not set(coded[:-1]) & set("aeiouqy"):
        coded = coded[:-1] + "i"  # kỹ and kĩ are one word, as they are for fold
    return f"{CODE_START}{coded}{tone}"


def encode_for_index(text: str) -> tuple[str, str]:
    """(folded words, codes), each joined by single spaces."""
    return " ".join(words_of(text)), " ".join(codes_of(text))
