"""Writes grids as a workbook for Excel: fixed headings, lists to choose from, every text typed as text.

A text that opens with "=" stays a text: nothing that was typed into a guide is ever a formula here.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from guides.importing.shape import Column, Kind
from guides.tables.base import BASE
from guides.tables.grids import MOST_ROWS, Cell, Grid
from guides.tables.names import Names
from guides.tables.sheets import LANGUAGE, Heading, Sheet, choice_labels, sheets, yes_and_no
from guides.tables.table import CHOICES, READ_FIRST

HEADING = Font(bold=True)
HEADING_FILL = PatternFill("solid", fgColor="E7DFCF")
HINT = Font(italic=True, color="5F6B66")
WRAPPED = Alignment(wrap_text=True, vertical="top")
DAY = "DD/MM/YYYY"
TEXT = "@"
WIDE, NARROW = 44, 18  # characters
HINT_HEIGHT = 90  # points


def workbook(grids: dict[str, Grid], base: Grid | None = None) -> bytes:
    """`grids` by the name of their sheet; `base` is hidden."""
    book = Workbook(write_only=True)
    _read_first(book)
    lists = _lists()
    for name, grid in grids.items():
        _sheet(book, sheets()[name], grid, lists)
    _hidden(book, CHOICES, _list_rows(lists))
    if base is not None:
        _hidden(book, BASE, (base.rows[number] for number in sorted(base.rows)))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(book: Workbook, sheet: Sheet, grid: Grid, lists: dict[str, list[str]]) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B3"
    for place, heading in enumerate(sheet.headings, start=1):
        dimension = page.column_dimensions[get_column_letter(place)]
        dimension.width = WIDE if _is_long(heading) else NARROW
        dimension.number_format = _format(heading)
    page.row_dimensions[2].height = HINT_HEIGHT
    for number in sorted(grid.rows):
        page.append([_cell(page, number, heading, value) for heading, value in _paired(sheet, grid, number)])
    for validation in _validations(sheet, list(lists)):
        page.data_validations.append(validation)


def _paired(sheet: Sheet, grid: Grid, number: int) -> Iterable[tuple[Heading, Cell]]:
    return zip(sheet.headings, grid.rows[number], strict=False)


def _cell(page: Any, number: int, heading: Heading, value: Cell) -> Any:
    cell = WriteOnlyCell(page, value)
    cell.alignment = WRAPPED
    cell.number_format = _format(heading)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    if number == 1:
        cell.font, cell.fill = HEADING, HEADING_FILL
    elif number == 2:
        cell.font = HINT
    return cell


def _format(heading: Heading) -> str:
    if heading.column is not None and heading.column.kind is Kind.DAY:
        return DAY
    if heading.column is not None and heading.column.kind is Kind.NUMBER:
        return "General"
    return TEXT


def _is_long(heading: Heading) -> bool:
    column = heading.column
    return heading.name == "title" or (
        column is not None and column.kind is Kind.TEXT and not column.choices and _length(column) > 100
    )


def _length(column: Column) -> int:
    return int(column.field.max_length or 1000)


def _list_name(column: Column) -> str:
    """The list a cell is chosen from; empty where anything may be written."""
    if column.kind is Kind.YES_NO:
        return str(Kind.YES_NO)
    if column.kind is Kind.KEY:
        return str(column.related._meta.label)
    if column.choices and column.kind in (Kind.TEXT, Kind.NUMBER):
        return f"{column.field.model._meta.label}.{column.name}"
    return ""


def _lists() -> dict[str, list[str]]:
    names, found = Names(), dict[str, list[str]]()
    columns = [heading.column for sheet in sheets().values() for heading in sheet.headings if heading.column]
    for column in columns:
        name = _list_name(column)
        if not name or name in found:
            continue
        if column.kind is Kind.YES_NO:
            found[name] = list(yes_and_no())
        elif column.kind is Kind.KEY:
            found[name] = names.all(column.related)
        else:
            found[name] = [label for key, label in choice_labels(column).items() if key]
    return {name: words for name, words in found.items() if words}


def _list_rows(lists: dict[str, list[str]]) -> Iterable[list[str]]:
    """One list a column, without a heading: formulas name whole ranges."""
    deepest = max(len(words) for words in lists.values())
    for place in range(deepest):
        yield [words[place] if place < len(words) else "" for words in lists.values()]


def _validations(sheet: Sheet, lists: list[str]) -> Iterable[DataValidation]:
    for place, heading in enumerate(sheet.headings, start=1):
        name = _list_name(heading.column) if heading.column else ""
        if name in lists:
            yield _chosen_from(lists.index(name) + 1, get_column_letter(place))


def _chosen_from(list_place: int, column: str) -> DataValidation:
    letter = get_column_letter(list_place)
    formula = f"{quote_sheetname(CHOICES)}!${letter}$1:${letter}$500"
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    with override(LANGUAGE):
        validation.error = _("Choose one of the words of the list.")
        validation.errorTitle = _("Not on the list")
    validation.showErrorMessage = True
    validation.add(f"{column}3:{column}{MOST_ROWS}")
    return validation


def _hidden(book: Workbook, title: str, rows: Iterable[list[Any]]) -> None:
    page = book.create_sheet(title)
    page.sheet_state = "hidden"
    for row in rows:
        cells = [WriteOnlyCell(page, value or None) for value in row]
        for cell in cells:
            cell.data_type = "s" if cell.value is not None else "n"
        page.append(cells)


def _read_first(book: Workbook) -> None:
    page = book.create_sheet(READ_FIRST)
    page.column_dimensions["A"].width = 110
    for number, line in enumerate(guidance()):
        cell = WriteOnlyCell(page, line)
        cell.alignment = WRAPPED
        cell.font = HEADING if number == 0 else Font()
        page.append([cell])


def guidance() -> list[str]:
    """What a clerk reads before filling the table in."""
    with override(LANGUAGE):
        return [
            _("How to fill in this table"),
            _(
                "One row on the first sheet is one guide. On the other sheets one row is one paper, one way, one step."
            ),
            _("Every row names its guide by the procedure code, in the first column."),
            _("Leave empty what you do not know: it is shown as not known, never as free."),
            _(
                "Write days like 31/12/2027 and amounts like 8000. Write values, no formulas; do not merge cells."
            ),
            _("Do not rename or delete columns of an exported table. The grey row only explains; it may go."),
            _(
                "Guides come in as drafts. Nothing is published, and what a colleague changed meanwhile stays."
            ),
        ]
