"""What was exported and is imported into an empty site gives equal guides: everything a guide holds."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document

from guides.importing.shape import kind_of, page_columns, row_kinds
from guides.importing.values import read_values
from guides.importing.whole_export import as_last_saved
from guides.models import ProcedurePage
from guides.models.rows import Row
from home.models import Official, Place, Unit
from tests.unit import guides_world
from tests.unit.demo_world import demo
from tests.unit.export_world import empty_the_site, every_guide, export, made, run

OWN_RECORDS = Path(__file__).parents[1] / "data" / "procedures"

__all__ = ["demo"]


def test_every_field_of_a_guide_travels_or_is_known_to_stay() -> None:
    fields = {*ProcedurePage._meta.local_fields, *ProcedurePage._meta.local_many_to_many}
    edited = {field.name for field in fields if field.editable} - {"page_ptr", "code"}
    assert {field.name for field in fields if field.name in edited and kind_of(field) is None} == set()
    assert edited <= {column.field.name for column in page_columns()}
    assert not {"sheet", "useful_count"} & {column.field.name for column in page_columns()}
    for kind in row_kinds().values():
        own = {f.name for f in kind.model._meta.fields} - {f.name for f in Row._meta.fields} - {"id", "page"}
        assert own <= {column.field.name for column in kind.columns}, kind.name


@pytest.mark.usefixtures("demo")
def test_the_sample_guides_come_back_equal_in_every_language(tmp_path: Path) -> None:
    before = export(tmp_path)
    assert len(before) == 18
    assert set(before["1.001193"]["translations"]) == {"en", "ar"}
    with transaction.atomic():
        empty_the_site()
        report = run(tmp_path)
        assert report.refusals == []
        assert {record.outcome for record in report.records} == {"new"}
        assert [
            found for record in report.records for found in record.findings if "gan_dan" in found.field
        ] == []
        assert every_guide() == before
        assert not ProcedurePage.objects.filter(live=True).exists()
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
def test_guides_made_by_hand_are_left_when_their_own_export_is_imported(tmp_path: Path) -> None:
    before = export(tmp_path)
    report = run(tmp_path)
    assert {record.outcome for record in report.records} == {"by_hand"}
    assert every_guide() == before


@pytest.mark.drill
@pytest.mark.django_db
def test_all_284_official_records_come_back_equal(shared: Path, tmp_path: Path) -> None:
    run(shared / "data" / "procedures")
    before = export(tmp_path)
    assert len(before) == 284
    empty_the_site()
    assert run(tmp_path).refusals == []
    assert every_guide() == before


@pytest.mark.django_db
def test_an_editor_who_saves_a_guide_unchanged_has_touched_nothing(tmp_path: Path) -> None:
    """Browsers send lines as CR LF."""
    run(OWN_RECORDS)
    page = ProcedurePage.objects.get(code="6.900008")
    before = read_values(page)
    assert "\n" in before["channels"][0]["note"]
    channel = page.channels.first()
    channel.note = channel.note.replace("\n", "\r\n")
    channel.save()
    assert read_values(ProcedurePage.objects.get(pk=page.pk)) == before


@pytest.mark.django_db
def test_a_form_whose_file_is_another_or_missing_is_left_out_and_said(tmp_path: Path) -> None:
    guides_world.found_commune()
    form = Document.objects.create(title="Tờ khai", file=ContentFile(b"to khai", name="to-khai.pdf"))
    values = {"title": "Khai", "papers": [{"name": "Tờ khai", "form_file": form.get_file_hash()}]}
    made(values, "6.900900")
    export(tmp_path)
    (file,) = (tmp_path / "forms").iterdir()
    for body in (b"another", None):
        empty_the_site()
        file.write_bytes(body) if body else file.unlink()
        (record,) = run(tmp_path).records
        assert "Tờ khai" in [found.detail for found in record.findings if found.kind == "unknown_word"]
        assert ProcedurePage.objects.get().papers.get().form_file is None
        assert not Document.objects.exists()


@pytest.mark.django_db
def test_what_a_commune_does_not_have_is_left_out_and_said_and_filled_in_later(tmp_path: Path) -> None:
    guides_world.found_commune()
    made({"title": "Khai", "unit": "mot-cua", "places": ["trung-tam", "nha-van-hoa-bai"]}, "6.900900")
    export(tmp_path)
    empty_the_site()
    Official.objects.all().delete()
    Unit.objects.filter(key="mot-cua").delete()
    Place.objects.filter(key="trung-tam").delete()
    (record,) = run(tmp_path).records
    assert {"mot-cua", "trung-tam"} <= {found.detail for found in record.findings}
    page = ProcedurePage.objects.get()
    assert (page.unit, [place.key for place in page.places.all()]) == (None, ["nha-van-hoa-bai"])
    Unit.objects.create(key="mot-cua", name="Một cửa")
    (record,) = run(tmp_path).records
    assert record.changed == ("unit",)
    assert as_last_saved(ProcedurePage.objects.get()).unit.key == "mot-cua"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"version": 2}, "gan_dan.version"),
        ({"guide": {"title": "Khai", "valid_from": "9999-12-31"}}, "gan_dan.guide.valid_from"),
        ({"guide": {"title": "Khai", "valid_from": "31/02/2030"}}, "gan_dan.guide.valid_from"),
        ({"guide": {"title": "Dài " * 100}}, "gan_dan.guide.title"),
        ({"guide": {"title": ""}}, "gan_dan.guide.title"),
        (
            {"guide": {"title": "Khai", "terms": [{"fee_state": "amount"}]}},
            "gan_dan.guide.terms[0].fee_amount",
        ),
        ({"guide": {"title": "Khai", "papers": [{}]}}, "gan_dan.guide.papers[0].name"),
        (
            {"guide": {"title": "Khai", "steps": [{"text": "x", "situation": "z"}]}},
            "gan_dan.guide.steps[0].situation",
        ),
        ({"guide": {"title": "Khai", "steps": ["x"]}}, "gan_dan.guide.steps[0]"),
        ({"guide": []}, "gan_dan.guide"),
        ({"documents": [{"number": "1", "date": "x"}]}, "gan_dan.documents[0].number"),
        ({"forms": [{"sha1": "../../x"}]}, "gan_dan.forms[0].sha1"),
        ({"translations": {"fr": {}}}, "gan_dan.translations.fr."),
    ],
)
def test_a_guide_with_a_fault_is_refused_with_its_place_and_nothing_is_written(
    tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    part = {"version": 1, "slug": "khai", "guide": {"title": "Khai"}, **change}
    document = {"code": "6.900900", "name": "Khai", "gan_dan": part}
    (tmp_path / "6.900900.json").write_text(json.dumps(document), encoding="utf-8")
    report = run(tmp_path)
    assert report.records == []
    assert field in [refusal.field for refusal in report.refusals]
    assert not ProcedurePage.objects.exists()


@pytest.mark.django_db
def test_an_official_record_does_not_overwrite_the_words_of_a_whole_guide(tmp_path: Path) -> None:
    guides_world.found_commune()
    (tmp_path / "official").mkdir()
    official = tmp_path / "official" / "6.900001.json"
    official.write_bytes((OWN_RECORDS / official.name).read_bytes())
    made({"title": "Mượn loa", "result": "Cái loa", "terms": [{"cut_off": time(15).isoformat()}]}, "6.900001")
    export(tmp_path)
    empty_the_site()
    run(tmp_path)
    assert [record.outcome for record in run(official).records] == ["by_hand"]
    assert ProcedurePage.objects.get().result == "Cái loa"


@pytest.mark.django_db
def test_a_whole_guide_may_replace_official_words_that_no_editor_touched(tmp_path: Path) -> None:
    guides_world.found_commune()
    official, whole = tmp_path / "official", tmp_path / "whole"
    official.mkdir()
    whole.mkdir()
    (official / "6.900001.json").write_bytes((OWN_RECORDS / "6.900001.json").read_bytes())
    made({"title": "Mượn loa", "result": "Cái loa", "summary": "Mượn một buổi."}, "6.900001")
    export(whole)
    empty_the_site()
    run(official)
    page = as_last_saved(ProcedurePage.objects.get())
    page.title = "Lời của người biên tập"
    page.save_revision()
    (record,) = run(whole).records
    assert "title" in record.differs
    assert {"result", "summary"} <= set(record.changed)
    page = as_last_saved(ProcedurePage.objects.get())
    assert (page.title, page.result, page.summary) == ("Lời của người biên tập", "Cái loa", "Mượn một buổi.")
    (again,) = run(official).records
    assert "result" not in again.changed
    assert as_last_saved(ProcedurePage.objects.get()).result == "Cái loa"
