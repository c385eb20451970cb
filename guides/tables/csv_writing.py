"""Writes grids as CSV files that Excel opens with a double click: UTF-8 with its mark, one file a sheet."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

from guides.tables.cells import text_in
from guides.tables.csv_files import escaped
from guides.tables.grids import Grid
from guides.tables.sheets import sheets

MADE_AT = (1980, 1, 1, 0, 0, 0)  # the same table gives the same bytes


def csv_files(grids: dict[str, Grid], base: Grid | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file."""
    for name, grid in grids.items():
        yield sheets()[name].file_name, csv_file(grid)
    if base is not None:
        yield "goc.csv", csv_file(base)


def csv_file(grid: Grid) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    width = max(len(row) for row in grid.rows.values())
    for number in sorted(grid.rows):
        row = [escaped(text_in(cell)) for cell in grid.rows[number]]
        writer.writerow([*row, *[""] * (width - len(row))])
    return written.getvalue().encode("utf-8-sig")


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, MADE_AT), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
