import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Page, Revision

from gandan.progress import with_progress
from guides.models import ImportedRecord, LegalDocument, ProcedurePage
from tests.unit.founded_once import once_founded

RECORDS = Path(__file__).parents[1] / "data" / "procedures"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("founded")]


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def founded(db):
    once_founded(date(2031, 4, 1))


def told(*arguments: object) -> str:
    out = StringIO()
    call_command("import_procedures", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> tuple[str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("import_procedures", *map(str, arguments), stdout=out)
    assert stopped.value.returncode == 1
    return out.getvalue(), str(stopped.value)


def test_the_report_lists_contradictions_gaps_notes_and_totals():
    text = told(RECORDS, "--dry-run")
    assert "6.900004  Sửa sân bóng thôn (new draft)" in text
    assert "! different times: ways to hand in 10 ngày làm việc; cases 20 ngày" in text
    assert "- empty: who decides, fee" in text
    assert "- notes that are not papers: 3, the first: Người gửi thư thì kèm phong bì." in text
    assert "Records read: 12" in text
    assert "Records with contradictions: 6" in text
    assert "Nothing was written: this was a dry run." in text


def test_a_dry_run_sends_no_writing_statement():
    with CaptureQueriesContext(
        connection,
    ) as statements:
        told(RECORDS, "--dry-run", "--publish")
    assert [s["sql"] for s in statements if s["sql"].lstrip().upper().startswith(WRITES)] == []


def test_broken_files_are_named_the_good_ones_imported_and_the_command_fails(tmp_path):
    for file in [*RECORDS.glob("6.90000[1-3].json"), *(RECORDS / "broken").glob("*.json")]:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    text, stopped = refused(tmp_path)
    assert stopped == "7 files were not imported, see above."
    assert f"{tmp_path / 'cut-short.json'}: is not complete JSON" in text
    assert f"{tmp_path / 'no-name.json'}, name: is missing" in text
    assert sorted(ProcedurePage.objects.values_list("code", flat=True)) == [
        "6.900001",
        "6.900002",
        "6.900003",
    ]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_without_records_is_refused(tmp_path, name):
    (tmp_path / "empty").mkdir()
    _text, stopped = refused(tmp_path / name)
    assert name in stopped


def test_a_single_record_can_be_imported():
    told(RECORDS / "6.900001.json")
    assert ProcedurePage.objects.get().code == "6.900001"


def test_the_report_can_be_kept_as_json(tmp_path):
    file = tmp_path / "report.json"
    told(RECORDS, "--dry-run", "--report", file)
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["totals"]["outcomes"] == {"new": 12}
    assert report["totals"]["records_with"]["times_differ"] == 3
    assert [r["code"] for r in report["records"] if r["findings"] == []] == ["6.900001", "6.900012"]


def test_a_report_that_cannot_be_written_is_said(tmp_path):
    _text, stopped = refused(RECORDS, "--dry-run", "--report", tmp_path / "no" / "folder.json")
    assert "folder.json" in stopped


def test_what_was_exported_can_be_imported_again_without_a_change(tmp_path):
    told(RECORDS)
    call_command("export_procedures", str(tmp_path / "new" / "folder"), stdout=StringIO())
    before = Revision.objects.count()
    text = told(tmp_path / "new" / "folder")
    assert "unchanged: 12" in text
    assert Revision.objects.count() == before


def test_an_export_into_a_file_is_refused(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_procedures", str(tmp_path / "x"))


def test_progress_is_a_line_every_two_seconds_where_nobody_watches():
    stream, seconds = StringIO(), iter([0.0, 1.0, 2.5, 2.5, 3.0, 5.0, 5.0])
    assert list(with_progress("abcd", 4, stream, lambda: next(seconds))) == list("abcd")
    assert stream.getvalue() == "2/4\n4/4\n"


def test_progress_is_a_bar_on_a_terminal():
    stream = StringIO()
    stream.isatty = lambda: True
    list(with_progress("ab", 2, stream, lambda: 0.0))
    assert stream.getvalue() == f"\r[{'#' * 15}{'.' * 15}] 1/2\r[{'#' * 30}] 2/2\n"


EVERY_TWELFTH = slice(None, None, 12)


@pytest.mark.parametrize("part", [EVERY_TWELFTH, pytest.param(slice(None), marks=pytest.mark.drill)], ids=str)
def test_official_records_become_drafts_and_a_second_run_changes_nothing(shared, tmp_path, part):
    files = sorted((shared / "data" / "procedures").glob("*.json"))
    assert len(files) == 284
    for file in files[part]:
        (tmp_path / file.name).symlink_to(file)
    number = len(files[part])
    text = told(tmp_path)
    assert f"new draft: {number}" in text
    assert "Files not imported: 0" in text
    pages = ProcedurePage.objects.all()
    assert pages.count() == number
    assert not pages.filter(live=True).exists()
    assert len(set(pages.values_list("slug", flat=True))) == number
    assert {page.get_parent().slug for page in pages[:3]} == {"thu-tuc"}
    if number == 284:
        assert max(len(page.official_name) for page in pages) == 1094
        assert max(len(row["name"]) for page in pages for row in page.sheet["papers"]) > 4600
    state = [Page.objects.count(), Revision.objects.count(), LegalDocument.objects.count()]
    records = list(
        ImportedRecord.objects.order_by("pk").values("values", "fingerprint", "imported_at", "findings")
    )
    assert f"unchanged: {number}" in told(tmp_path)
    assert [Page.objects.count(), Revision.objects.count(), LegalDocument.objects.count()] == state
    assert (
        list(ImportedRecord.objects.order_by("pk").values("values", "fingerprint", "imported_at", "findings"))
        == records
    )
    own = [str(pk) for pk in pages.values_list("pk", flat=True)]
    assert Revision.objects.filter(object_id__in=own).count() == number
