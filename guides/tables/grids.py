"""What was read of a table before anyone asked what it means: sheets of rows of cells, each with its place."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

Cell = str | int | float | bool | date | datetime | time | None

MOST_ROWS = 20_000  # on one sheet
MOST_COLUMNS = 80


class NotATable(Exception):
    """A file that cannot be read as a whole; the message is for people."""


@dataclass(frozen=True)
class Remark:
    """Something wrong with a table, or worth a look; `place` names sheet, row and column as far as they are known."""

    place: str
    reason: str


@dataclass
class Grid:
    """Rows by their number in the sheet, from 1; empty ones are left out. `refused` holds cells nobody can read."""

    title: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    refused: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column from 0): reason
    has_letters: bool = True  # columns are named by letters, as in Excel

    def place(self, row: int, column: int | None, label: str) -> str:
        """`column` counts from 0; None for one that the sheet does not have."""
        if column is None:
            words = {"sheet": self.title, "row": row, "label": label}
            return _("sheet “%(sheet)s”, row %(row)d (%(label)s)") % words
        name = get_column_letter(column + 1) if self.has_letters else str(column + 1)
        words = {"sheet": self.title, "row": row, "column": name, "label": label}
        return _("sheet “%(sheet)s”, row %(row)d, column %(column)s (%(label)s)") % words


def too_long(title: str) -> NotATable:
    return NotATable(
        _("Sheet “%(sheet)s” has more than %(most)d rows.") % {"sheet": title, "most": MOST_ROWS}
    )
