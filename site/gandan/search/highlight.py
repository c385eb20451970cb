"""Marks the words of a query in a text as it is written, accents and all. Pure but for Django's escaping."""

import re
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gandan.text import fold_words

# A word with the combining marks that follow its letters (NFD text, Arabic vowels); \w does not hold those.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]*)+")
_SMALL_GAP = re.compile(r"[ \u00a0./-]")


def marked(text: str, words: Collection[str]) -> SafeString:
    """The text as HTML with the folded words of a query in `<mark>`; neighbours share one mark."""
    spans: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        if not any(word in words for word in fold_words(found[0])):
            continue
        start, end = found.span()
        if spans and _SMALL_GAP.fullmatch(text[spans[-1][1] : start]):
            start = spans.pop()[0]
        spans.append((start, end))
    return mark_safe(_pieces(text, spans))  # noqa: S308 every piece is escaped


def _pieces(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])
