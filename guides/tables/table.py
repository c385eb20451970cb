"""A whole table: the lines of each of its sheets, and what it was exported from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from gandan.text import fold
from guides.tables.base import BASE, Base, read_base
from guides.tables.csv_files import is_csv, read_csv, read_zip
from guides.tables.grids import Grid, NotATable, Remark
from guides.tables.lines import Lines, read_lines, sheet_of
from guides.tables.workbooks import read_workbook

READ_FIRST, CHOICES = "Đọc trước", "Danh mục"  # sheets for people and for Excel, not read
OURS = (READ_FIRST, CHOICES)
ENDINGS = (".xlsx", ".csv", ".zip")


@dataclass
class Table:
    sheets: dict[str, Lines] = field(default_factory=dict)
    base: Base = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def is_table(path: Path) -> bool:
    """A file that a spreadsheet saved, or a folder of such files without a single record of the portal."""
    if path.is_dir():
        names = [file.name for file in path.iterdir()]
        return any(map(is_csv, names)) and not any(name.lower().endswith(".json") for name in names)
    return path.suffix.lower() in ENDINGS


def read_table(path: Path) -> Table:
    """`NotATable` when the file as a whole cannot be read."""
    return table_of(_grids(path))


def table_of(grids: Iterable[Grid]) -> Table:
    table = Table()
    for grid in grids:
        if fold(grid.title) in {fold(BASE), *map(fold, OURS)}:
            table.base |= read_base(grid) if fold(grid.title) == fold(BASE) else {}
            continue
        sheet = sheet_of(grid)
        if sheet is None:
            reason = _("is none of the sheets of the template and is not read")
            table.remarks.append(Remark(_("sheet “%(sheet)s”") % {"sheet": grid.title}, reason))
        elif sheet.name in table.sheets:
            raise NotATable(_("Two sheets hold “%(sheet)s”. Keep one of them.") % {"sheet": sheet.title})
        elif grid.rows:
            table.sheets[sheet.name] = read_lines(grid, sheet)
            table.remarks += table.sheets[sheet.name].remarks
    if not table.sheets:
        raise NotATable(
            _("There is no sheet of the template in this file. Download the template and fill it in.")
        )
    return table


def _grids(path: Path) -> list[Grid]:
    try:
        if path.is_dir():
            return [read_csv(file) for file in sorted(path.iterdir()) if is_csv(file.name)]
        reader = {".csv": lambda file: [read_csv(file)], ".zip": read_zip}.get(
            path.suffix.lower(), read_workbook
        )
        return reader(path)
    except OSError as error:
        words = {"path": path.name, "reason": error.strerror}
        raise NotATable(_("%(path)s cannot be read: %(reason)s") % words) from error
