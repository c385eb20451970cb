"""Guides, or a blank template, as the files of a table."""

from collections.abc import Iterable, Iterator

from guides.models import ProcedurePage
from guides.tables.csv_writing import csv_files, zipped
from guides.tables.filling import base_of, blank_grids, filled_grids
from guides.tables.workbook_writing import workbook

CSV_FOLDER = "csv"
TABLES = (".xlsx", ".zip", CSV_FOLDER)


def tables_of(pages: Iterable[ProcedurePage], form: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file; without pages the template."""
    kept = list(pages)
    grids = filled_grids(kept) if kept else blank_grids()
    base = base_of(grids, kept) if kept else None
    if form == ".xlsx":
        yield "", workbook(grids, base)
    elif form == ".zip":
        yield "", zipped(csv_files(grids, base))
    else:
        yield from csv_files(grids, base)
