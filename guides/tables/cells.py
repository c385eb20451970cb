"""What a clerk wrote in a cell, as the value a column takes; and the way back for exporting.

Generous in reading: a choice by its word or its key, thousands with dots, "15h30", a code that Excel took for a
number. Never guessing: what could mean two things is refused.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from gandan.text import fold
from guides.importing.shape import Column, Kind
from guides.importing.typed import Wrong, checked, in_range
from guides.tables.grids import Cell
from guides.tables.names import Names
from guides.tables.sheets import choice_labels, yes_and_no

DAY_FORMAT = "%d/%m/%Y"
PARTED = re.compile(r"[;\n]")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:.hg]|giờ)\s*(\d{1,2})?(?::(\d{2}))?\s*(?:phút)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[. ,\u00a0]\d{3})+")
_MONEY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
YES = {"co", "x", "yes", "true", "1", "dung", "v"}
NO = {"khong", "no", "false", "0", "sai"}


def value_of(column: Column, cell: Cell, names: Names) -> Any:
    """The value as a guide holds it; `Wrong` with the reason for what the column does not take."""
    readers: dict[Kind, Callable[[Cell], Any]] = {
        Kind.NUMBER: number_in,
        Kind.DAY: day_in,
        Kind.HOUR: hour_in,
        Kind.YES_NO: _yes_no_in,
        Kind.CHOICES: lambda found: [_chosen(column, part) for part in _parts(found)],
        Kind.KEY: lambda found: names.key(column.related, text_in(found)),
        Kind.KEYS: lambda found: [names.key(column.related, part) for part in _parts(found)],
        Kind.FORM: lambda found: names.form(text_in(found)),
    }
    if cell is None or cell == "":
        return _nothing(column)
    if column.kind is Kind.TEXT and column.choices:
        return checked(column, _chosen(column, text_in(cell)))
    return checked(column, readers.get(column.kind, text_in)(cell))


def cell_of(column: Column, value: Any, names: Names) -> Cell:
    """What an exported table shows for a value."""
    match column.kind:
        case Kind.DAY:
            return date.fromisoformat(value) if value else None
        case Kind.HOUR:
            return value.removesuffix(":00") if value else None
        case Kind.YES_NO:
            return yes_and_no()[0] if value else yes_and_no()[1]
        case Kind.CHOICES:
            return "; ".join(choice_labels(column)[key] for key in value)
        case Kind.KEY:
            return names.name(column.related, value)
        case Kind.KEYS:
            return "; ".join(names.name(column.related, key) for key in value)
        case Kind.FORM:
            return names.form_title(value) if value else None
    if column.choices and column.kind is Kind.TEXT:
        return choice_labels(column).get(value, value)
    return value


def code_in(cell: Cell) -> str:
    """A procedure code, also one that a spreadsheet took for a number (1.00422 for 1.004220)."""
    if isinstance(cell, float) and 1 <= cell < 7:
        return f"{cell:.6f}"
    return text_in(cell).strip()


def text_in(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_and_no()[0 if cell else 1]
    if isinstance(cell, datetime):
        return cell.strftime(DAY_FORMAT) if cell.time() == time() else cell.strftime(f"%H:%M {DAY_FORMAT}")
    if isinstance(cell, date):
        return cell.strftime(DAY_FORMAT)
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


def number_in(cell: Cell) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return cell
    text = _MONEY.sub("", text_in(cell).strip())
    if _THOUSANDS.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if re.fullmatch(r"[0-9]{1,12}", text):
        return int(text)
    raise Wrong(_("“%(text)s” is not a whole number") % {"text": text_in(cell)})


def day_in(cell: Cell) -> str:
    """An ISO day, empty for nothing. Days stand first, as in Vietnam: 3/4/2027 is 3 April."""
    if isinstance(cell, datetime):
        return in_range(cell.date()).isoformat()
    if isinstance(cell, date):
        return in_range(cell).isoformat()
    text = text_in(cell).strip()
    if not text:
        return ""
    found, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = found.group(3, 2, 1) if found else iso.groups() if iso else None
    try:
        day = date(*map(int, parts)) if parts else None
    except ValueError:
        day = None
    if day is None:
        raise Wrong(_("“%(text)s” is no day; write it like 31/12/2027") % {"text": text})
    return in_range(day).isoformat()


def hour_in(cell: Cell) -> str:
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.replace(microsecond=0).isoformat()
    text = text_in(cell).strip()
    found = _HOUR.fullmatch(text)
    try:
        hour = time(int(found[1]), int(found[2] or 0), int(found[3] or 0)) if found else None
    except ValueError:
        hour = None
    if hour is None:
        raise Wrong(_("“%(text)s” is no hour of the day; write it like 15:00") % {"text": text})
    return hour.isoformat()


def _nothing(column: Column) -> Any:
    """An empty cell: what a new guide would hold, so that 1 original is meant where nobody wrote a number."""
    return checked(column, column.empty)


def _yes_no_in(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = fold(text_in(cell))
    if text in YES or text in NO:
        return text in YES
    yes, no = yes_and_no()
    words = {"text": text_in(cell), "yes": yes, "no": no}
    raise Wrong(_("“%(text)s” is neither %(yes)s nor %(no)s") % words)


def _chosen(column: Column, text: str) -> str:
    labels = choice_labels(column)
    found = [key for key, label in labels.items() if fold(text) in {fold(label), fold(key)}]
    if len(found) == 1:
        return found[0]
    words = {"text": text, "known": "; ".join(label for key, label in labels.items() if key)}
    raise Wrong(_("“%(text)s” is none of: %(known)s") % words)


def _parts(cell: Cell) -> list[str]:
    return [part.strip() for part in PARTED.split(text_in(cell)) if part.strip()]
