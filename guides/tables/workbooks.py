"""Reads an XLSX file into grids: values only, nothing evaluated, one sheet after another.

A formula is refused where it stands. Cells merged downwards hold their value in each row, as whoever merged them
meant; cells merged across columns are refused.
"""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from guides.tables import safe_zip
from guides.tables.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, NotATable, too_long

_MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_ROW = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"
_BROKEN = (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError)
_RANGE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")


def read_workbook(file: Path) -> list[Grid]:
    safe_zip.check_size(file)
    with file.open("rb") as stream:
        if stream.read(4) == safe_zip.OLD_OFFICE:
            raise NotATable(
                _("An old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
            )
    with safe_zip.opened(file) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise NotATable(_("The file is no Excel workbook (.xlsx)."))
        safe_zip.refuse_definitions(archive)
        return _grids(archive, file)


def _grids(archive: ZipFile, file: Path) -> list[Grid]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions it does not keep
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                return [_grid(archive, sheet) for sheet in book.worksheets]
            finally:
                book.close()
    except _BROKEN as error:
        raise NotATable(_("The file is damaged: Excel would have to repair it.")) from error


def _grid(archive: ZipFile, sheet: Any) -> Grid:
    grid = Grid(sheet.title)
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise too_long(sheet.title)
        row = [_value(grid, number, place, cell) for place, cell in enumerate(cells)]
        while row and row[-1] is None and (number, len(row) - 1) not in grid.refused:
            row.pop()
        if row:
            grid.rows[number] = row
    for ends in _merged(archive, sheet):
        _unmerge(grid, *ends)
    return grid


def _value(grid: Grid, row: int, place: int, cell: Any) -> Cell:
    if cell.data_type == "f":
        grid.refused[row, place] = _("holds a formula; put its value there instead")
        return None
    if cell.data_type == "e":
        grid.refused[row, place] = _("holds an error of Excel (%(text)s)") % {"text": cell.value}
        return None
    value: Cell = cell.value
    return value


def _merged(archive: ZipFile, sheet: Any) -> Iterator[tuple[int, int, int, int]]:
    """(first column, first row, last column, last row) of each merged area, all from 1."""
    with archive.open(sheet._worksheet_path) as stream:
        for _event, element in iterparse(stream):  # noqa: S314  # definitions were refused before
            if element.tag == _MERGED and _RANGE.fullmatch(element.get("ref", "")):
                first, top, last, bottom = range_boundaries(element.get("ref"))
                yield int(first or 1), int(top or 1), int(last or 1), int(bottom or 1)
            if element.tag == _ROW:
                element.clear()


def _unmerge(grid: Grid, first: int, top: int, last: int, bottom: int) -> None:
    if top not in grid.rows or first > len(grid.rows[top]):
        return
    value = grid.rows[top][first - 1]
    if last > first:
        grid.refused[top, first - 1] = _("is merged across columns; unmerge it")
        return
    for number in range(top + 1, min(bottom, MOST_ROWS) + 1):
        if number in grid.rows:
            row = grid.rows[number]
            row += [None] * (first - len(row))
            row[first - 1] = value
