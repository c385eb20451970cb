"""Rows of the record's checklist: papers, or notes that stand among them."""

import re

from guides.importing.record import PaperRow
from guides.models.choices import PaperKind

_NOTE = re.compile(r"[\s*+\-–(\[]*lưu ý", re.IGNORECASE)
_SHOW = re.compile(r"xuất trình", re.IGNORECASE)
_SUBMIT = re.compile(r"phải nộp", re.IGNORECASE)
_BULLET = re.compile(r"^[\s*+\-–•]+")


def is_note(row: PaperRow) -> bool:
    """0 originals and 0 copies, or a row that calls itself a note whatever it counts."""
    return not (row.originals or row.copies) or bool(_NOTE.match(row.name) or _NOTE.match(row.group))


def kind(row: PaperRow) -> str:
    """To show when the row's group says so, else to hand in."""
    return PaperKind.SHOW if _SHOW.search(row.group) and not _SUBMIT.search(row.group) else PaperKind.SUBMIT


def only_if(row: PaperRow) -> str:
    """The name of the group where it names a case and not what to do with the papers."""
    if _SHOW.search(row.group) or _SUBMIT.search(row.group):
        return ""
    return without_bullet(row.group).rstrip(":. ")


def without_bullet(text: str) -> str:
    return _BULLET.sub("", text).strip()
