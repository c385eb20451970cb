"""From a grid to lines: which column is which, and what each line says in the words of its sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gandan.text import fold, slug
from guides.tables.grids import Cell, Grid, NotATable, Remark
from guides.tables.sheets import EXPLAINS, Heading, Sheet, Special, sheet_called, sheets

FIRST_ROWS = 10  # among which the headings are looked for
FEWEST_HEADINGS = 2
_UNSEEN = re.compile(
    r"[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)  # as a rule they turn text around


@dataclass(frozen=True)
class Line:
    sheet: Sheet
    grid: Grid
    number: int
    places: dict[str, int]

    def has(self, name: str) -> bool:
        return name in self.places

    def cell(self, name: str) -> Cell:
        row, place = self.grid.rows[self.number], self.places.get(name)
        found = row[place] if place is not None and place < len(row) else None
        return found.strip() if isinstance(found, str) else found

    def refused(self, name: str) -> str:
        """Why a cell cannot be read at all; empty when it can."""
        return self.grid.refused.get((self.number, self.places.get(name, -1)), "")

    def remark(self, name: str, reason: str) -> Remark:
        heading = next((heading for heading in self.sheet.headings if heading.name == name), None)
        place = self.places.get(name)
        label = heading.label if heading else name
        return Remark(self.grid.place(self.number, place, label), reason)

    def unseen(self) -> Iterator[str]:
        """The places of cells with characters that nobody sees and that reading leaves out."""
        for name in self.places:
            found = self.cell(name)
            if isinstance(found, str) and _UNSEEN.search(found):
                yield self.remark(name, "").place


@dataclass
class Lines:
    """All lines of one sheet. `remarks` are about its headings."""

    sheet: Sheet
    lines: list[Line] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)


def sheet_of(grid: Grid) -> Sheet | None:
    """By its title, else by its headings; None for a sheet that is none of ours."""
    named = sheet_called(grid.title) or _by_file_name(grid.title)
    if named is not None or grid.has_letters:
        return named
    counts = {name: len(_heading_row(grid, sheet)[1]) for name, sheet in sheets().items()}
    best = [name for name, count in counts.items() if count == max(counts.values())]
    return sheets()[best[0]] if len(best) == 1 and counts[best[0]] >= FEWEST_HEADINGS else None


def read_lines(grid: Grid, sheet: Sheet) -> Lines:
    number, headings = _heading_row(grid, sheet)
    first = sheet.headings[0]
    if first.name not in headings:
        words = {"sheet": grid.title, "label": first.label}
        raise NotATable(_("Sheet “%(sheet)s” has no column “%(label)s”.") % words)
    found = Lines(sheet, headings=tuple(headings), remarks=list(_unknown(grid, sheet, number, headings)))
    for row in sorted(grid.rows):
        line = Line(sheet, grid, row, headings)
        if row > number and not _explains(grid.rows[row]) and _says_something(line):
            found.lines.append(line)
    return found


def _by_file_name(title: str) -> Sheet | None:
    """`giay-to`, `giay-to (1)`, `Giấy tờ - bản cuối`."""
    stem = slug(title)
    fits = [s for s in sheets().values() if f"{stem}-".startswith(f"{slug(s.title)}-")]
    return max(fits, key=lambda sheet: len(sheet.title), default=None)


def _heading_row(grid: Grid, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The number of the row with the most headings of the sheet, and the place of each."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sorted(grid.rows)[:FIRST_ROWS]:
        found: dict[str, int] = {}
        for place, cell in enumerate(grid.rows[row]):
            heading = sheet.heading(cell) if isinstance(cell, str) and cell else None
            if heading is not None:
                found.setdefault(heading.name, place)
        if len(found) > len(best[1]):
            best = (row, found)
    return best


def _unknown(grid: Grid, sheet: Sheet, number: int, headings: dict[str, int]) -> Iterator[Remark]:
    for place, cell in enumerate(grid.rows[number]):
        if place not in headings.values() and cell not in (None, ""):
            known: Heading | None = sheet.heading(str(cell))
            reason = (
                _("stands here twice; the first is read")
                if known
                else _("is no column of this sheet and is not read")
            )
            yield Remark(grid.place(number, place, str(cell)[:60]), reason)


def _explains(row: list[Cell]) -> bool:
    first = next((cell for cell in row if cell not in (None, "")), "")
    return isinstance(first, str) and fold(first).startswith(fold(EXPLAINS))


def _says_something(line: Line) -> bool:
    names: list[Any] = [name for name in line.places if name != Special.GUIDE]
    return any(line.cell(name) not in (None, "") or line.refused(name) for name in [*names, Special.GUIDE])
