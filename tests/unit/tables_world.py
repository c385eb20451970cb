"""Small tables for tests: a workbook from rows, and what an import of it says."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from guides.importing.exporting import guides_to_export
from guides.importing.report import RecordReport, Report
from guides.importing.run import Orders
from guides.models import ProcedurePage
from guides.tables.exporting import tables_of
from guides.tables.run import import_table
from tests.unit import guides_world

NOW = datetime(2031, 4, 2, 3, 0, tzinfo=UTC)
CODE = "6.900900"
GUIDES, PAPERS, TERMS, SITUATIONS = "Thủ tục", "Giấy tờ", "Thời gian và lệ phí", "Các trường hợp"
STEPS, LAW, DOCUMENTS = "Các bước", "Căn cứ pháp lý", "Các văn bản pháp luật"
Rows = Iterable[dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        guides_world.found_commune()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def write(file: Path, **sheets: Rows) -> Path:
    """One sheet for each keyword, named as the constants above; a heading is a key of its rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        found = list(rows)
        headings = list(dict.fromkeys(heading for row in found for heading in row))
        sheet = book.create_sheet(globals()[name])
        sheet.append(headings)
        for row in found:
            sheet.append([row.get(heading) for heading in headings])
    book.save(file)
    return file


def guide(code: str = CODE, **more: Any) -> dict[str, Any]:
    return {"Mã thủ tục": code, "Tiêu đề": "Mượn loa kéo", **more}


def of(code: str = CODE, **cells: Any) -> dict[str, Any]:
    """A row of any other sheet; blanks in headings are written as underscores."""
    return {"Mã thủ tục": code, **{heading.replace("_", " "): value for heading, value in cells.items()}}


def run(path: Path, *, write: bool = True) -> Report:
    return import_table(path, Orders(write=write), NOW, lambda guides, _total: guides)


def only(report: Report) -> RecordReport:
    assert report.refusals == []
    (record,) = report.records
    return record


def faults(report: Report) -> dict[str, str]:
    """Reasons by place."""
    return {refusal.field: refusal.reason for refusal in report.refusals}


def exported(file: Path) -> Path:
    for name, content in tables_of(guides_to_export(), file.suffix or "csv"):
        target = file if file.suffix else file / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    return file


def change(file: Path, sheet: str, row: int, heading: str, value: Any) -> None:
    """As Excel would: open, type into one cell, save."""
    book = load_workbook(file)
    page = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == heading)
    page.cell(row, column).value = value
    book.save(file)


def page(code: str = CODE) -> ProcedurePage:
    found = ProcedurePage.objects.get(code=code)
    return found.get_latest_revision_as_object()
