import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils.translation import override
from wagtail.models import Revision

from guides.importing.exporting import as_record
from guides.importing.report import RecordReport, Report
from guides.importing.run import Orders, run_import
from guides.importing.storing import Outcome
from guides.importing.values import read_values
from guides.models import ImportedRecord, LegalDocument, ProcedurePage, Step
from home.models import Unit

RECORDS = Path(__file__).parents[1] / "data" / "procedures"
NOW = datetime(2031, 4, 2, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One clean record that a test may change."""
    shutil.copy(RECORDS / "6.900001.json", tmp_path)
    return tmp_path


def run(path: Path, *, write: bool = True, publish: bool = False) -> Report:
    return run_import(path, Orders(write, publish), NOW, lambda records, _total: records)


def only(report: Report) -> RecordReport:
    assert report.refusals == []
    (record,) = report.records
    return record


def change(folder: Path, **changes: object) -> None:
    file = folder / "6.900001.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(raw | changes), encoding="utf-8")


def guide(code: str = "6.900001") -> ProcedurePage:
    return ProcedurePage.objects.get(code=code)


def edited(**changes: object) -> ProcedurePage:
    """What an editor does: open the newest revision, change it, save a draft."""
    page = guide().get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()
    return page


def test_an_imported_record_is_a_draft_below_the_index_of_procedures(folder):
    assert only(run(folder)).outcome is Outcome.NEW
    page = guide()
    assert not page.live
    assert page.get_parent().slug == "thu-tuc"
    assert page.slug == "muon-loa-keo-cua-xa-6-900001"
    assert page.revisions.count() == 1
    assert page.locale.language_code == "vi"


def test_an_import_is_not_a_check(folder):
    run(folder)
    page = guide()
    assert page.checked_on is None
    assert page.unit is None
    assert (page.source_name, page.source_date) == ("Cổng Dịch vụ công quốc gia", date(2031, 3, 5))


def test_a_guide_shows_its_rows_in_its_sheet(folder):
    run(folder)
    sheet = guide().sheet
    assert [row["name"] for row in sheet["papers"]] == ["Phiếu mượn loa kéo", "Thẻ căn cước"]
    assert [row["kind"] for row in sheet["papers"]] == ["submit", "show"]
    assert [row["number"] for row in sheet["law"]] == ["901/2031/NĐ-CP"]
    assert sheet["terms"][0]["fee"]["amount"] == 12_000
    assert len(sheet["steps"]) == 3


def test_a_dry_run_writes_nothing(folder):
    report = run(RECORDS, write=False)
    assert {record.outcome for record in report.records} == {Outcome.NEW}
    assert (ProcedurePage.objects.count(), ImportedRecord.objects.count()) == (0, 0)
    assert (LegalDocument.objects.count(), Revision.objects.count()) == (0, 0)


def test_a_second_run_changes_nothing():
    run(RECORDS)
    before = list(Revision.objects.order_by("pk").values_list("pk", flat=True))
    records = list(ImportedRecord.objects.order_by("pk").values())
    report = run(RECORDS)
    assert {record.outcome for record in report.records} == {Outcome.UNCHANGED}
    assert list(Revision.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert list(ImportedRecord.objects.order_by("pk").values()) == records


def test_what_the_import_reads_back_is_what_it_wrote():
    run(RECORDS)
    for imported in ImportedRecord.objects.select_related("page"):
        for page in (imported.page, imported.page.get_latest_revision_as_object()):
            assert {name: read_values(page)[name] for name in imported.values} == imported.values


def test_a_changed_record_updates_what_no_editor_touched(folder):
    run(folder)
    change(folder, results=["Phiếu mới"], requirements="Có người bảo lãnh")
    done = only(run(folder))
    assert done.outcome is Outcome.UPDATED
    assert set(done.changed) == {"result", "requirements"}
    page = guide()
    assert (page.result, page.requirements) == ("Phiếu mới", "Có người bảo lãnh")
    assert page.revisions.count() == 2
    assert page.get_latest_revision_as_object().result == "Phiếu mới"


def test_a_field_an_editor_touched_is_left_and_listed_every_time(folder):
    run(folder)
    edited(result="Lời của người biên tập")
    change(folder, results=["Phiếu mới"], requirements="Có người bảo lãnh")
    done = only(run(folder))
    assert (done.changed, done.differs) == (("requirements",), ("result",))
    assert guide().get_latest_revision_as_object().result == "Lời của người biên tập"
    again = only(run(folder))
    assert (again.outcome, again.differs) == (Outcome.DIFFERS, ("result",))
    assert guide().revisions.count() == 3


def test_an_editor_who_takes_over_the_new_value_settles_the_difference(folder):
    run(folder)
    edited(result="Lời của người biên tập")
    change(folder, results=["Phiếu mới"])
    run(folder)
    edited(result="Phiếu mới")
    assert only(run(folder)).outcome is Outcome.UNCHANGED
    assert ImportedRecord.objects.get().values["result"] == "Phiếu mới"


def test_an_editor_who_changes_one_step_keeps_all_the_steps(folder):
    run(folder)
    page = guide().get_latest_revision_as_object()
    page.steps = [Step(text="Một bước thôi", sort_order=0)]
    page.save_revision()
    change(folder, steps_raw=[{"name": "", "text": "Bước khác"}], results=["Phiếu mới"])
    done = only(run(folder))
    assert (done.changed, done.differs) == (("result",), ("steps",))
    assert [step.text for step in guide().get_latest_revision_as_object().steps.all()] == ["Một bước thôi"]


def test_new_rows_replace_old_ones_in_place(folder):
    run(folder)
    first = guide().steps.order_by("sort_order").first()
    change(folder, steps_raw=[{"name": "", "text": "Bước một"}])
    assert only(run(folder)).changed == ("steps",)
    (step,) = guide().steps.all()
    assert (step.pk, step.text, step.translation_key) == (first.pk, "Bước một", first.translation_key)
    assert [row["text"] for row in guide().sheet["steps"]] == ["Bước một"]


def test_a_published_guide_keeps_what_readers_see_until_someone_publishes_the_update(folder):
    run(folder)
    unit = Unit.objects.create(key="mot-cua", name="Một cửa")
    edited(unit=unit, checked_on=date(2031, 4, 1)).get_latest_revision().publish()
    change(folder, results=["Phiếu mới"])
    assert only(run(folder)).outcome is Outcome.UPDATED
    page = guide()
    assert page.live
    assert page.has_unpublished_changes
    assert page.result == "Phiếu đồng ý cho mượn."
    assert page.get_latest_revision_as_object().result == "Phiếu mới"


def test_a_guide_made_by_hand_under_the_same_code_is_only_listed(folder):
    run(folder)
    ImportedRecord.objects.all().delete()
    before = Revision.objects.count()
    assert only(run(folder)).outcome is Outcome.BY_HAND
    assert Revision.objects.count() == before
    assert not ImportedRecord.objects.exists()


def test_a_guide_that_an_editor_deleted_comes_back_only_when_asked_for_by_itself(folder):
    run(folder)
    guide().delete()
    assert only(run(folder)).outcome is Outcome.DELETED
    assert not ProcedurePage.objects.exists()
    assert only(run(folder / "6.900001.json")).outcome is Outcome.NEW
    assert guide().result == "Phiếu đồng ý cho mượn."


def test_a_legal_document_of_an_editor_stays_as_it_is(folder):
    LegalDocument.objects.create(number="901/2031/NĐ-CP", title="Tên của người biên tập")
    run(folder)
    (document,) = LegalDocument.objects.all()
    assert document.title == "Tên của người biên tập"
    assert guide().legal_basis.get().document == document


def test_a_record_that_cannot_be_stored_leaves_nothing_and_stops_no_other(folder):
    shutil.copy(RECORDS / "6.900005.json", folder)
    change(folder, name="...")
    report = run(folder)
    assert [record.code for record in report.records] == ["6.900005"]
    assert {refusal.field for refusal in report.refusals} >= {"title"}
    assert [page.code for page in ProcedurePage.objects.all()] == ["6.900005"]
    assert not LegalDocument.objects.filter(citations=None).exists()


def test_what_was_remarked_is_kept_for_the_editor():
    run(RECORDS)
    kept = ImportedRecord.objects.get(code="6.900007").findings
    assert kept[0] == {
        "kind": "not_a_paper",
        "field": "checklist_raw",
        "detail": "Người gửi thư thì kèm phong bì.",
    }


def test_nothing_is_published_that_lacks_a_unit_or_a_check(folder):
    done = only(run(folder, publish=True))
    assert [field for field, _reason in done.missing] == ["unit", "checked_on"]
    assert not done.published
    assert not guide().live


def test_a_draft_that_lacks_nothing_is_published_when_asked(folder):
    run(folder)
    unit = Unit.objects.create(key="mot-cua", name="Một cửa")
    page = edited(unit=unit, checked_on=date(2031, 4, 1))
    assert page.missing_for_publishing() == []
    assert not only(run(folder)).published
    assert only(run(folder, publish=True)).published
    assert guide().live


def test_a_guide_that_an_editor_took_off_the_site_stays_off(folder):
    run(folder)
    unit = Unit.objects.create(key="mot-cua", name="Một cửa")
    edited(unit=unit, checked_on=date(2031, 4, 1)).get_latest_revision().publish()
    guide().unpublish()
    assert not only(run(folder, publish=True)).published
    assert not guide().live


@pytest.mark.parametrize(
    ("field", "value"),
    [("source_url", ""), ("papers", []), ("terms", []), ("legal_basis", [])],
)
def test_the_gate_names_what_is_missing(folder, field, value):
    run(folder)
    page = edited(**{field: value})
    assert [name for name, _reason in page.missing_for_publishing()] == sorted(
        {field, "unit", "checked_on"},
        key=["unit", "terms", "papers", "legal_basis", "source_url", "checked_on"].index,
    )


def test_a_guide_that_needs_no_papers_passes_without_any(folder):
    run(folder)
    page = edited(papers=[], no_papers=True)
    assert "papers" not in dict(page.missing_for_publishing())


def test_an_export_imported_into_an_empty_site_gives_the_same_guides(tmp_path):
    run(RECORDS)
    before = {row.code: row.values for row in ImportedRecord.objects.all()}
    for page in ProcedurePage.objects.all():
        (tmp_path / f"{page.code}.json").write_text(json.dumps(as_record(page)), encoding="utf-8")
    ImportedRecord.objects.all().delete()
    for page in ProcedurePage.objects.all():
        page.delete()
    report = run(tmp_path)
    assert report.refusals == []
    assert {row.code: row.values for row in ImportedRecord.objects.all()} == before
