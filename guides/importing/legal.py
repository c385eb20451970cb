"""The texts of law a record names: one spelling of a number, and what can be said of the document.

A number of a province or commune (QĐ-UBND, NQ-HĐND) is given again in every other province: 28/2026/QĐ-UBND
stands in the real records for two different decisions. Such a number carries its province, or, where the record
names none, the first words of the document's name, if it has one.
"""

import re

from gandan.text import canonical, fold
from guides.importing.legal_documents import NamedLaw
from guides.importing.record import LawRow

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\.?/(?:(\d{4})/)?([A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*)")
_KIND = re.compile(
    r"(Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết liên tịch|Nghị quyết"
    r"|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Hiến pháp)\b",
    re.IGNORECASE,
)
_KIND_OF_ENDING = [
    ("NĐ-", "Nghị định"),
    ("TTLT-", "Thông tư liên tịch"),
    ("TT-", "Thông tư"),
    ("QĐ-", "Quyết định"),
    ("NQ-", "Nghị quyết"),
]
_LOCAL = re.compile(r"-(UBND|HĐND)$")
_PROVINCE = re.compile(
    r"(?i:tỉnh|thành phố)\s+(?!Quy |Ban |Về |Ủy |Trực |Hội )((?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\s?){1,4})(?=[^\w]|$)"
)
_LONGEST_NUMBER, _LONGEST_TITLE = 80, 600


def named_law(row: LawRow) -> NamedLaw | None:
    """None when neither the code nor the name holds a number by which a document can be found."""
    number = _number(row.code) or _number(row.name)
    if not number:
        return None
    title = "" if fold(row.name) in {fold(row.code), ""} else row.name
    if _LOCAL.search(number) and title:
        number = f"{number} ({_place(row)})"
    return NamedLaw(number[:_LONGEST_NUMBER], _kind(row, number), shorten(title, _LONGEST_TITLE))


def shorten(text: str, length: int) -> str:
    """Cut between words, with … for what is left out."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    at_word = kept.rsplit(maxsplit=1)[0] if " " in kept else kept
    return at_word.rstrip(" ,;:-") + "…"


def has_number(text: str) -> bool:
    return bool(_number(text))


def _number(text: str) -> str:
    tight = re.sub(r"\s*([/-])\s*", r"\1", text.upper())
    found = _NUMBER.search(tight)
    if not found:
        return ""
    ending = found[3].replace("ND-CP", "NĐ-CP").replace("QD-", "QĐ-").replace("HDND", "HĐND")
    return "/".join(part for part in (found[1], found[2], ending) if part)


def _kind(row: LawRow, number: str) -> str:
    for text in (row.code, row.name):
        found = _KIND.match(text.strip())
        if found:
            return found[1][0].upper() + found[1][1:].lower()
    return next((kind for ending, kind in _KIND_OF_ENDING if ending in number), "")


def _place(row: LawRow) -> str:
    title = row.name.title() if row.name.isupper() else row.name
    found = list(_PROVINCE.finditer(f"{row.code} {title}"))
    if found:
        return canonical(found[-1][1])
    return shorten(row.name, 40)
