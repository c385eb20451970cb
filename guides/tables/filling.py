"""Guides as the grids of a table, ready to be written as a workbook or as CSV files."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from guides.importing.legal_documents import DAYS, NamedLaw, as_named_law, with_replacements
from guides.importing.shape import row_kinds
from guides.importing.values import Values, read_values
from guides.models import ProcedurePage
from guides.tables.assembling import assemble
from guides.tables.base import base_grid
from guides.tables.cells import cell_of
from guides.tables.grids import Cell, Grid
from guides.tables.names import Names
from guides.tables.sheets import DOCUMENTS, EXPLAINS, GUIDES, Sheet, Special, sheets
from guides.tables.site import Site
from guides.tables.table import table_of

LONGEST_CELL = 32_000  # characters; Excel takes 32,767
CUT = "…"
FIRST_LINE = 3  # below the headings and what explains them


def blank_grids() -> dict[str, Grid]:
    """Headings and what explains them, by the name of the sheet."""
    return {sheet.name: _headed(sheet) for sheet in sheets().values()}


def filled_grids(pages: Iterable[ProcedurePage]) -> dict[str, Grid]:
    grids, names = blank_grids(), Names()
    documents: dict[str, NamedLaw] = {}
    for page in pages:
        _fill(grids, page, read_values(page), names)
        cited = with_replacements(row.document for row in page.legal_basis.all())
        documents |= {document.number: as_named_law(document) for document in cited}
    for law in documents.values():
        _add(
            grids[DOCUMENTS], [_document_cell(heading.name, law) for heading in sheets()[DOCUMENTS].headings]
        )
    return grids


def base_of(grids: dict[str, Grid], pages: Iterable[ProcedurePage]) -> Grid:
    """What the site holds beside what the table says: the table is read once as it would be read back."""
    read = assemble(table_of(grids.values()), Path(), Names(), Site()).guides
    written = {guide.identity: guide.values for guide in read}
    held = {page.code or page.slug: read_values(page) for page in pages}
    rows: dict[str, list[Any]] = {name: [] for name in row_kinds()}
    return base_grid(held, {guide: {**rows, **values} for guide, values in written.items()})


def _fill(grids: dict[str, Grid], page: ProcedurePage, values: Values, names: Names) -> None:
    guide = page.code or page.slug
    for name, sheet in sheets().items():
        for row in _lines(name, values):
            special: Values = {Special.GUIDE: guide, Special.ADDRESS: page.slug}
            _add(grids[name], list(_cells(sheet, row, special, names)))


def _lines(name: str, values: Values) -> list[Values]:
    if name == DOCUMENTS:
        return []
    return [values] if name == GUIDES else values[name]


def _cells(sheet: Sheet, row: Values, special: Values, names: Names) -> Iterator[Cell]:
    for heading in sheet.headings:
        if heading.column is None:
            yield special[heading.name]
        elif heading.name == "situations":
            yield "; ".join(key.strip() for key in row["situations"].split(",") if key.strip())
        else:
            yield _short(cell_of(heading.column, row[heading.name], names))


def _document_cell(name: str, law: NamedLaw) -> Cell:
    text = getattr(law, name)
    if name in DAYS:
        return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else None
    return text or None


def _short(cell: Cell) -> Cell:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[:LONGEST_CELL] + CUT
    return None if cell == "" else cell


def _headed(sheet: Sheet) -> Grid:
    grid = Grid(sheet.title)
    grid.rows[1] = [heading.label for heading in sheet.headings]
    hints = [heading.hint or None for heading in sheet.headings]
    grid.rows[2] = [f"{EXPLAINS}: {hints[0] or sheet.headings[0].label}", *hints[1:]]
    return grid


def _add(grid: Grid, row: list[Cell]) -> None:
    grid.rows[max(grid.rows) + 1] = row
