"""The admin's screen for pasted official text, used the way a clerk's browser uses it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from gandan.publishing import publish_new
from guides.models import FeeState, GuidesIndexPage, LegalDocument, Paper, ProcedurePage, Term
from home.groups import APPROVER, COORDINATOR, EDITOR, VOLUNTEER
from home.models import User
from tests.unit.staff_world import found_commune

ADDRESS = "/admin/guides/paste/"
TEXT = (Path(__file__).parents[1] / "data" / "pasting" / "cong.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker) -> Iterator[Mapping[str, User]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_commune()
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@pytest.fixture
def people(commune, db) -> Mapping[str, User]:
    return commune


@pytest.fixture
def editor(people) -> Client:
    return signed_in(people[EDITOR])


@pytest.fixture
def loan(people) -> ProcedurePage:
    """A live guide to the loan of loudspeakers, as it was before the new decision."""
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code="vi")
    page = ProcedurePage(title="Mượn loa kéo", slug="muon-loa-keo", code="6.900101", result="Phiếu giao loa")
    page.terms = [
        Term(
            channel="counter", time_value=5, fee_state=FeeState.AMOUNT, fee_amount=20_000, exemptions="Cụ già"
        )
    ]
    page.papers = [
        Paper(name="Phiếu mượn loa kéo", originals=2, note="Xin ở quầy", sort_order=0),
        Paper(name="Sổ hộ khẩu", sort_order=1),
    ]
    publish_new(index, page)
    return ProcedurePage.objects.get(pk=page.pk)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client: Client, text: str = TEXT, guide: object = "") -> Any:
    return client.post(ADDRESS, {"text": text, "guide": str(guide), "action": "read"})


def take(client: Client, keys: list[str], guide: object = "", text: str = TEXT, **more: Any) -> Any:
    seen = read(client, text, guide).context["seen"]
    posted = {"text": text, "guide": str(guide), "action": "take", "take": keys, "seen": seen, **more}
    return client.post(ADDRESS, posted)


def rows(answer: Any) -> dict[str, Any]:
    return {row.key: row for group in answer.context["groups"] for row in group.rows}


def latest(page: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Page, Revision, LegalDocument))


@pytest.mark.parametrize(
    ("who", "may"), [(EDITOR, True), (APPROVER, True), (COORDINATOR, False), (VOLUNTEER, False)]
)
def test_the_screen_opens_to_those_who_write_guides(people, who, may):
    assert (signed_in(people[who]).get(ADDRESS).status_code == 200) == may


def test_reading_a_text_saves_nothing(editor):
    before = counts()
    answer = read(editor)
    assert answer.status_code == 200
    assert rows(answer)["papers.0"].quote.startswith("Phiếu mượn loa kéo")
    assert counts() == before
    assert not any("loa kéo" in str(value) for value in editor.session.values())


def test_ticked_rows_alone_make_a_new_draft(editor):
    answer = take(editor, ["title", "code", "papers.0", "terms.0.time", "legal_basis.1"])
    page = ProcedurePage.objects.get(code="6.900101")
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.title, page.slug) == (
        *(False, "Mượn loa kéo của nhà văn hóa"),
        "muon-loa-keo-cua-nha-van-hoa-6-900101",
    )
    assert [paper.name for paper in page.papers.all()] == ["Phiếu mượn loa kéo"]
    (term,) = page.terms.all()
    assert (term.time_value, term.cut_off.hour, term.fee_state) == (0, 15, FeeState.UNKNOWN)
    assert (page.official_name, page.result, page.steps.count(), page.channels.count()) == ("", "", 0, 0)
    document = LegalDocument.objects.get()
    assert (document.number, document.issuer, document.date.year) == ("77/2030/QH16", "Quốc hội", 2030)


def test_a_live_guide_gets_a_draft_and_readers_see_no_change(editor, loan):
    assert take(editor, ["terms.0.fee", "papers.0"], loan.pk).status_code == 302
    live = ProcedurePage.objects.get(pk=loan.pk)
    assert (live.live, live.has_unpublished_changes) == (True, True)
    assert live.terms.get().fee_amount == 20_000
    draft = latest(loan)
    term = draft.terms.get()
    assert (term.fee_amount, term.time_value, term.exemptions) == (12_000, 5, "Cụ già")
    assert [(p.name, p.originals, p.note) for p in draft.papers.all()] == [
        ("Phiếu mượn loa kéo", 1, "Xin ở quầy"),
        ("Sổ hộ khẩu", 1, ""),
    ]


def test_a_list_is_replaced_only_when_the_clerk_says_so(editor, loan):
    take(editor, ["papers.0", "papers.2"], loan.pk, replace=["papers"])
    assert [paper.name for paper in latest(loan).papers.all()] == ["Phiếu mượn loa kéo", "Thẻ căn cước"]
    assert latest(loan).terms.get().fee_amount == 20_000


def test_what_the_guide_says_already_is_not_ticked_and_what_differs_shows_both(editor, loan):
    shown = rows(read(editor, guide=loan.pk))
    assert (shown["result"].state, shown["result"].is_ticked) == ("same", False)
    assert (shown["title"].state, shown["title"].now) == ("other", "Mượn loa kéo")
    assert "20.000 đ" in shown["terms.0.fee"].now
    assert (shown["papers.2"].state, shown["papers.2"].is_ticked) == ("", True)


def test_taking_what_is_there_already_makes_no_new_revision(editor, loan):
    before = counts()
    take(editor, ["result"], loan.pk)
    assert counts() == before


def test_a_known_legal_document_is_found_and_left_as_it_is(editor):
    LegalDocument.objects.create(number="901/2031/NĐ-CP", title="Tên do xã ghi")
    assert rows(read(editor))["legal_basis.0"].note == "đã có trong kho văn bản"
    take(editor, ["title", "legal_basis.0"])
    assert LegalDocument.objects.get().title == "Tên do xã ghi"


def test_a_text_changed_after_reading_is_shown_again_and_not_taken(editor):
    seen = read(editor).context["seen"]
    before = counts()
    changed = TEXT.replace("12000", "99000")
    answer = editor.post(ADDRESS, {"text": changed, "action": "take", "take": ["title"], "seen": seen})
    assert answer.status_code == 200
    assert "99.000" in rows(answer)["terms.0.fee"].words
    assert counts() == before


def test_taking_nothing_is_answered_with_a_sentence_and_keeps_the_text(editor):
    answer = take(editor, [])
    assert answer.context["form"].non_field_errors()
    assert "Thủ tục mượn loa kéo" in answer.content.decode()


def test_a_text_too_long_is_told_so_and_kept(editor):
    answer = read(editor, "ă" * 40_001)
    assert "40.001" in answer.context["form"].errors["text"][0]
    assert "ă" * 40_001 in answer.content.decode()
    assert "groups" not in answer.context
    assert read(editor, "\r\n".join(["ă" * 99] * 400)).context["form"].errors == {}


def test_hostile_text_is_shown_as_letters_and_its_hidden_characters_are_named(editor):
    text = "Thành phần hồ sơ:\n- <script>alert(1)</script> \u202ecod.exe\x00"
    answer = read(editor, text)
    html = answer.content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert any("202E" in name for name in answer.context["hidden"])
    assert any("0000" in name for name in answer.context["hidden"])
    take(editor, ["papers.0"], text=text)
    assert ProcedurePage.objects.get().papers.get().name == "<script>alert(1)</script> cod.exe"


def test_the_code_of_another_guide_is_pointed_out_and_refused(editor, loan):
    answer = read(editor)
    assert answer.context["twin"] == loan
    refused = take(editor, ["title", "code"])
    assert refused.context["form"].non_field_errors()
    assert ProcedurePage.objects.count() == 1


def test_a_locked_guide_is_left_alone(editor, loan, people):
    loan.locked, loan.locked_by = True, people[APPROVER]
    loan.save()
    before = counts()
    assert take(editor, ["title"], loan.pk).context["form"].non_field_errors()
    assert counts() == before


def test_rows_that_were_never_shown_are_not_taken(editor):
    take(editor, ["title", "papers.99", "locked", "live", "slug"])
    page = ProcedurePage.objects.get()
    assert (page.live, page.papers.count()) == (False, 0)


def test_the_screen_is_reached_from_the_guide_and_from_the_list(editor, loan):
    assert f"{ADDRESS}?guide={loan.pk}" in editor.get(f"/admin/pages/{loan.pk}/edit/").content.decode()
    assert ADDRESS in editor.get(f"/admin/pages/{loan.get_parent().pk}/").content.decode()
    chosen = editor.get(f"{ADDRESS}?guide={loan.pk}").context["form"]["guide"].value()
    assert chosen == str(loan.pk)
