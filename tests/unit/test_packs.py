"""What one commune packs, another can take: equal guides and lessons, drafts, an editor's work untouched."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import Page, Revision

from gandan.packs import Orders, Pack, parts, receive_pack
from guides.importing.whole_export import as_last_saved
from guides.models import LegalDocument, ProcedurePage, ReceivedLesson, TutorialPage
from guides.packs import columns
from guides.packs.columns import lesson_models, uncarried
from tests.unit.demo_world import demo
from tests.unit.export_world import every_guide
from tests.unit.packs_world import (
    LESSON,
    NOW,
    Commune,
    changed,
    empty_the_site,
    every_lesson,
    lesson,
    outcomes,
    pack_of,
    remarks,
    repacked,
    take,
    with_only,
)

__all__ = ["demo"]


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture(scope="module")
def commune(demo, django_db_blocker) -> Commune:
    with django_db_blocker.unblock():
        cards = [row.translation_key for row in lesson().cards.all()]
        made = Commune(every_guide(), every_lesson(), pack_of(), pack_of(), pack_of("lessons"), cards)
        empty_the_site()
    return made


@pytest.fixture
def site(commune, db) -> Commune:
    """A commune with its people and places, without guides and lessons."""
    return commune


def test_every_field_of_a_lesson_travels():
    assert TutorialPage in lesson_models()
    assert {model.__name__: missing for model in lesson_models() if (missing := uncarried(model))} == {}


def test_a_field_that_cannot_travel_would_be_seen(monkeypatch):
    field = models.DurationField(name="waiting")
    monkeypatch.setattr(columns, "_page_fields", lambda _model: [field])
    assert uncarried(TutorialPage) == ["waiting"]


def test_guides_and_lessons_come_back_equal_in_an_empty_site_and_twice_changes_nothing(site):
    assert (len(site.guides), "vi/quen-mat-khau-vneid" in site.lessons) == (18, True)
    lines = take(site.whole)
    assert outcomes(lines) == {"new draft"}
    assert every_guide() == site.guides
    assert every_lesson() == site.lessons
    assert not Page.objects.type(TutorialPage, ProcedurePage).filter(live=True).exists()
    revisions = Revision.objects.count()
    assert outcomes(take(site.whole)) == {"unchanged"}
    assert Revision.objects.count() == revisions


def test_a_dry_run_writes_nothing_and_foresees_what_the_pack_itself_brings(site):
    counts = [model.objects.count() for model in (Page, Revision, ReceivedLesson, LegalDocument)]
    lines = take(site.whole, write=False)
    assert outcomes(lines) == {"new draft"}
    assert not [remark for remark in remarks(lines) if "this site has no" in remark]
    assert [model.objects.count() for model in (Page, Revision, ReceivedLesson, LegalDocument)] == counts


def test_translations_of_a_lesson_stay_tied_row_by_row(site):
    take(with_only(site.only_lessons, "quen-mat-khau-vneid"))
    here = lesson()
    others = list(TutorialPage.objects.exclude(pk=here.pk))
    assert others
    keys = {row.translation_key for row in here.cards.all()}
    for other in others:
        assert other.translation_key == here.translation_key
        assert {row.translation_key for row in other.cards.all()} == keys
    assert len(site.cards) == len(keys)


def test_the_same_site_gives_the_same_pack(site):
    assert site.whole == site.again
    with zipfile.ZipFile(io.BytesIO(site.whole)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["commune"], manifest["made_on"]) == ("Xã Mẫu", "2031-04-02")
    assert manifest["parts"]["guides"] == 18
    assert Pack(io.BytesIO(site.whole)).json("guides/1.001193.json")["title"] == "Đăng ký khai sinh"


def test_lessons_made_by_hand_are_left_as_they_are(site):
    take(site.only_lessons)
    ReceivedLesson.objects.all().delete()
    lessons, revisions = every_lesson(), Revision.objects.count()
    newer = changed(
        site.only_lessons, LESSON, lambda content: content["languages"]["vi"]["lesson"].update(minutes=77)
    )
    assert outcomes(take(newer)) == {"made by hand, left as it is"}
    assert (every_lesson(), Revision.objects.count()) == (lessons, revisions)


def test_what_no_editor_touched_follows_and_the_rest_is_listed(site):
    take(site.only_lessons)
    page = as_last_saved(lesson())
    page.summary = "Lời của người biên tập"
    page.save_revision()

    def change(content: Any) -> None:
        values = content["languages"]["vi"]["lesson"]
        values.update(summary="Lời mới của xã kia", minutes=45)

    newer = changed(site.only_lessons, LESSON, change)
    lines = take(newer)
    page = as_last_saved(lesson())
    assert (page.summary, page.minutes) == ("Lời của người biên tập", 45)
    assert any("left: summary" in remark for remark in remarks(lines))
    assert [line.outcome for line in lines["lessons"] if line.outcome != "unchanged"] == ["updated"]
    revisions = Revision.objects.count()
    again = take(newer)
    assert [line.outcome for line in again["lessons"] if line.outcome != "unchanged"] == [
        "differs from what an editor wrote"
    ]
    assert Revision.objects.count() == revisions


def test_rows_are_followed_as_a_whole_list(site):
    one = with_only(site.only_lessons, "quen-mat-khau-vneid")
    take(one)
    keys = [row.translation_key for row in lesson().cards.all()]

    def change(content: Any) -> None:
        cards = content["languages"]["vi"]["lesson"]["cards"]
        cards.reverse()
        cards[0]["action"] = "Bấm nút mới"

    take(changed(one, LESSON, change))
    cards = list(as_last_saved(lesson()).cards.all())
    assert cards[0].action == "Bấm nút mới"
    assert [row.translation_key for row in cards] == keys[::-1]


def test_a_lesson_an_editor_deleted_does_not_come_back(site):
    take(site.only_lessons)
    Page.objects.get(pk=lesson().pk).delete()
    lines = take(site.only_lessons)
    assert "deleted by an editor, not brought back" in outcomes(lines)
    assert not TutorialPage.objects.filter(slug="quen-mat-khau-vneid", locale__language_code="vi").exists()


def test_a_live_lesson_keeps_what_readers_see_until_someone_publishes(site):
    one = with_only(site.only_lessons, "quen-mat-khau-vneid")
    take(one, publish=True)
    before = lesson().minutes
    assert lesson().live
    newer = changed(one, LESSON, lambda content: content["languages"]["vi"]["lesson"].update(minutes=77))
    take(newer)
    assert (lesson().minutes, as_last_saved(lesson()).minutes) == (before, 77)
    newest = changed(one, LESSON, lambda content: content["languages"]["vi"]["lesson"].update(minutes=78))
    take(newest, publish=True)
    assert lesson().minutes == before, "an unpublished draft is not published along"


def test_people_and_guides_this_commune_does_not_have_are_left_blank_and_said(site):
    body = changed(
        with_only(site.only_lessons, "quen-mat-khau-vneid"),
        LESSON,
        lambda content: content["languages"]["vi"]["lesson"].update(
            checked_by="nguoi-xa-kia", related=["vi/9.999999"]
        ),
    )
    lines = take(body)
    page = lesson()
    assert (page.checked_by, page.related.count()) == (None, 0)
    said = " ".join(remarks(lines))
    assert "nguoi-xa-kia" in said
    assert "vi/9.999999" in said


def test_publishing_passes_the_gate_of_guides_and_says_what_is_missing(site):
    body = with_only(site.whole, "guides/1.001193", "guides/1.000894")

    def change(content: Any) -> None:
        content["gan_dan"]["guide"]["checked_on"] = None

    lines = take(changed(body, "guides/1.001193.json", change), publish=True)
    birth, marriage = (
        ProcedurePage.objects.get(code=code, locale__language_code="vi") for code in ("1.001193", "1.000894")
    )
    assert (birth.live, marriage.live) == (False, True)
    said = [remark for line in lines["guides"] if "1.001193" in line.title for remark in line.remarks]
    assert any("not published" in remark for remark in said)
    assert all(page.live for page in marriage.get_translations())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda content: content.update(version=2), "no such kind"),
        (lambda content: content.update(kind="user"), "no such kind"),
        (lambda content: content.update(languages=[]), "no language"),
        (lambda content: content["languages"].update(fr={}), "languages.fr"),
        (lambda content: content["languages"]["vi"].update(slug="../../x"), "vi.slug"),
        (lambda content: content["languages"]["vi"]["lesson"].update(title="Dài " * 100), "vi.title"),
        (lambda content: content["languages"]["vi"]["lesson"].update(minutes="nhiều"), "vi.minutes"),
        (lambda content: content["languages"]["vi"]["lesson"].update(cards={}), "vi.cards"),
        (
            lambda content: content["languages"]["vi"]["lesson"]["cards"][0].update(action=7),
            "cards[0].action",
        ),
        (lambda content: content["languages"]["vi"]["lesson"].update(checked_on="hôm qua"), "checked_on"),
        (
            lambda content: content["languages"]["vi"]["lesson"].update(source_url="javascript:1"),
            "source_url",
        ),
    ],
)
def test_a_lesson_with_a_fault_is_refused_with_its_place(site, change, fault):
    body = changed(with_only(site.only_lessons, "vneid"), LESSON, change)
    report = receive_pack(Pack(io.BytesIO(body)), parts(), Orders(), NOW)
    (refused,) = report.refused
    assert fault in " ".join(refused.remarks)
    assert not TutorialPage.objects.filter(slug="quen-mat-khau-vneid").exists()
    assert TutorialPage.objects.exists()


def test_a_part_this_site_does_not_know_is_left_out_and_said(site):
    one = with_only(site.only_lessons, "quen-mat-khau-vneid")
    body = repacked(Pack(io.BytesIO(one)), {"recipes/bun.json": b"{}"})
    report = receive_pack(Pack(io.BytesIO(body)), parts(), Orders(write=False), NOW)
    assert report.unknown == {"recipes": 1}
    assert receive_pack(Pack(io.BytesIO(one)), parts(), Orders(write=False), NOW).unknown == {}


def test_forms_travel_with_their_guides(site):
    body = with_only(site.whole, "guides/1.001193")
    take(body)
    page = as_last_saved(ProcedurePage.objects.get(code="1.001193", locale__language_code="vi"))
    form = Document.objects.create(title="Tờ khai", file=ContentFile(b"%PDF-1.4 to khai", name="to-khai.pdf"))
    papers = list(page.papers.all())
    papers[0].form_file = form
    page.papers = papers
    page.save_revision()
    with_form = pack_of("guides")
    empty_the_site()
    take(with_form)
    papers = as_last_saved(ProcedurePage.objects.get(code="1.001193", locale__language_code="vi")).papers
    (carried,) = [paper.form_file for paper in papers.all() if paper.form_file]
    with carried.open_file() as file:
        assert file.read() == b"%PDF-1.4 to khai"


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_commands_write_a_pack_and_take_it(site, tmp_path: Path):
    file, again = tmp_path / "goi.zip", tmp_path / "goi-2.zip"
    file.write_bytes(with_only(site.whole, "quen-mat-khau-vneid", "guides/1.001193"))
    assert "dry run" in run("import_pack", str(file), "--dry-run")
    assert TutorialPage.objects.count() == 0
    said = run("import_pack", str(file), "--kind", "lessons")
    assert "Xã Mẫu" in said
    assert (
        TutorialPage.objects.filter(slug="quen-mat-khau-vneid").exists(),
        ProcedurePage.objects.count(),
    ) == (True, 0)
    assert str(again) in run("export_pack", str(again), "--kind", "lessons")
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []
    assert Pack(io.BytesIO(again.read_bytes())).json(LESSON) == Pack(io.BytesIO(file.read_bytes())).json(
        LESSON
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["import_pack", "khong-co.zip"], "cannot be opened"),
        (["export_pack", "/khong/co/goi.zip"], "cannot be written"),
        (["import_pack", __file__], "refused"),
        (["export_pack", "goi.zip", "--kind", "recipes"], "no part"),
    ],
)
def test_the_commands_fail_with_a_sentence(db, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        call_command(*arguments)


def test_a_refused_pack_leaves_nothing_behind(site, tmp_path: Path):
    broken = bytearray(site.only_lessons)
    broken[len(broken) // 2] ^= 0xFF
    file = tmp_path / "hong.zip"
    file.write_bytes(broken)
    pages = Page.objects.count()
    with pytest.raises(CommandError):
        call_command("import_pack", str(file))
    assert Page.objects.count() == pages
