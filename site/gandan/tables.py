"""Tables as CSV for a spreadsheet: numbers stay numbers, and no text can be taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"  # by it Excel knows the Vietnamese letters

Cell = str | int | None


def cell(value: Cell) -> str | int:
    """Text that a spreadsheet would reckon with begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    return f"'{value}" if value.startswith(FORMULA) else value


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    response = HttpResponse(
        (BYTE_ORDER_MARK + written.getvalue()).encode(), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
