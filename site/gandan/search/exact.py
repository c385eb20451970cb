"""Codes, document numbers and phone numbers, which are found as they are and never corrected. Pure."""

import re
from dataclasses import dataclass

from gandan.phones import phone_digits
from gandan.text import fold

_CODE = re.compile(r"([1-6])[.\s]?(\d{6})(?:\.[\w.]*)?")
_DOCUMENT = re.compile(r"\d{1,5}\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?[^\W\d_][\w-]*(?:-[\w-]+)*")
_PHONE = re.compile(r"(?:\+?84|\(?0)[\d .()-]{7,14}|1[89]00[\d .-]{4,8}|11[1-5]")


@dataclass(frozen=True)
class Literal:
    """`text` as it is to be read instead of what was typed; `words` its folded words between spaces."""

    text: str
    words: str


def literal(typed: str) -> Literal | None:
    """The code, number or phone when that is all that was typed."""
    text = " ".join(typed.split())[:60]
    if code := _CODE.fullmatch(text):
        return _of(f"{code[1]}.{code[2]}")
    if _DOCUMENT.fullmatch(text):
        return _of(text)
    if _PHONE.fullmatch(text):
        return _of(phone_digits(text))
    return None


def _of(text: str) -> Literal:
    return Literal(text, f" {fold(text)} ")
