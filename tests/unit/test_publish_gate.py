"""No guide reaches readers without unit, time, papers, law, source and check day, whatever road it takes."""

from collections.abc import Mapping
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import Translation, TranslationSource

from gandan.models import Outbox
from gandan.planned import PublishingRefused, publish_planned
from guides.gate import Stated, gaps
from guides.models import GuidesIndexPage, ProcedurePage
from home.groups import APPROVER, EDITOR
from home.models import User
from tests.unit.guides_world import make_complete
from tests.unit.staff_world import found_commune

People = Mapping[str, User]
ALL_GAPS = ["unit", "terms", "papers", "legal_basis", "source_url", "checked_on"]


@pytest.fixture
def people(db) -> People:
    return found_commune()


def index(language: str = "vi") -> GuidesIndexPage:
    return GuidesIndexPage.objects.get(lists="procedures", locale__language_code=language)


def draft(title: str = "Mượn loa kéo", **fields: object) -> ProcedurePage:
    page = ProcedurePage(title=title, live=False, **fields)
    index().add_child(instance=page)
    page.save_revision()
    return page


def complete_draft(title: str = "Đăng ký khai sinh", **fields: object) -> ProcedurePage:
    page = draft(title, **fields)
    make_complete(page).save()
    page.save_revision()
    return page


def live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def post_form(client: Client, page: Page, **changed: str):
    form = querydict_from_html(client.get(edit(page)).content.decode(), form_id="page-edit-form")
    form._mutable = True
    for name, value in changed.items():
        form[name.replace("__", "-")] = value
    return client.post(edit(page), form)


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def errors(answer) -> list[str]:
    """Names of the fields and of the row groups that carry an error of their own."""
    form = answer.context["form"]
    rows = [name for name, formset in form.formsets.items() if formset.non_form_errors()]
    return sorted([*form.errors, *rows], key=ALL_GAPS.index)


def test_publishing_from_the_edit_form_names_every_gap_beside_its_field(people):
    page = draft()
    answer = post_form(signed_in(people[APPROVER]), page, action__publish="1")
    assert answer.status_code == 200
    assert errors(answer) == ALL_GAPS
    html = answer.content.decode()
    nothing = Stated(*[False] * len(ALL_GAPS))
    assert [reason for _field, reason in gaps(nothing) if reason not in html] == []
    assert not live(page)


@pytest.mark.parametrize("who", [EDITOR, APPROVER])
def test_a_draft_always_saves_however_empty(people, who):
    page = draft()
    answer = post_form(signed_in(people[who]), page, summary="Nháp")
    assert answer.status_code == 302
    assert page.revisions.count() == 2
    assert ProcedurePage.objects.get(pk=page.pk).summary == "Nháp"


def test_an_empty_guide_is_not_submitted_for_approval(people):
    page = draft()
    answer = post_form(signed_in(people[EDITOR]), page, action__submit="1")
    assert errors(answer) == ALL_GAPS
    assert page.workflow_states.count() == 0


def test_a_complete_guide_passes_from_the_form(people):
    page = complete_draft()
    assert post_form(signed_in(people[APPROVER]), page, action__publish="1").status_code == 302
    assert live(page)


def test_a_new_guide_published_from_the_form_of_new_guides_is_held(people):
    client, address = (
        signed_in(people[APPROVER]),
        reverse("wagtailadmin_pages:add", args=["guides", "procedurepage", index().pk]),
    )
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form._mutable = True
    form.update({"title": "Mượn loa kéo", "slug": "muon-loa-keo", "action-publish": "1"})
    answer = client.post(address, form)
    assert answer.status_code == 200
    assert errors(answer) == ALL_GAPS
    assert not ProcedurePage.objects.exists()


def in_review(page: ProcedurePage, editor: User) -> ProcedurePage:
    """Submitted while complete, then the unit went: approving must still refuse."""
    page.get_workflow().start(page, editor)
    page.refresh_from_db()
    return page


def test_final_approval_refuses_and_leads_to_the_field(people):
    page = in_review(draft(), people[EDITOR])
    client = signed_in(people[APPROVER])
    task = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    answer = client.post(approve, {"next": "/admin/"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{edit(page)}#:w:contentpath=unit"
    assert "Mượn loa kéo" in told(answer)
    assert f"{edit(page)}#id_legal_basis-FORMS" in told(answer)
    assert not live(page)
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_publishing_many_at_once_publishes_the_complete_and_names_the_others(people):
    empty, complete = draft(), complete_draft()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = f"{address}?id={empty.pk}&id={complete.pk}&next=/admin/"
    answer = signed_in(people[APPROVER]).post(chosen, {"include_descendants": ""})
    assert answer.status_code == 302
    assert (live(empty), live(complete)) == (False, True)
    assert "Mượn loa kéo" in told(answer)
    assert f"{edit(empty)}#id_papers-FORMS" in told(answer)


def test_publishing_a_section_with_its_drafts_passes_over_the_incomplete(people):
    empty, complete = draft(), complete_draft()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = f"{address}?id={index().pk}&next=/admin/"
    answer = signed_in(people[APPROVER]).post(chosen, {"include_descendants": "on"})
    assert (live(empty), live(complete)) == (False, True)
    assert "Mượn loa kéo" in told(answer)


def planned(page: ProcedurePage, when=timedelta(minutes=-5)) -> ProcedurePage:
    """Its day came while the worker slept; approved when nothing was missing."""
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = (timezone.now() + when).isoformat()
    revision.save()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + when)
    return page


@pytest.mark.parametrize("empty_first", [True, False])
def test_an_incomplete_plan_stays_a_draft_and_holds_up_nobody(people, empty_first):
    pages = [draft(owner=people[EDITOR]), complete_draft()]
    empty, complete = planned(pages[0]), planned(pages[1])
    if not empty_first:
        empty, complete = planned(empty, timedelta(minutes=-4)), planned(complete, timedelta(minutes=-9))
    call_command("work", "--once")
    assert (live(empty), live(complete)) == (False, True)
    assert empty.get_latest_revision().approved_go_live_at is None
    assert publish_planned(timezone.now()) == 0


def test_wagtails_own_command_is_as_patient_as_the_worker(people):
    empty, complete = planned(draft()), planned(complete_draft())
    call_command("publish_scheduled")
    assert (live(empty), live(complete)) == (False, True)


def test_the_owner_of_a_refused_plan_is_told_once_with_the_field_and_the_form(people):
    owner = people[EDITOR]
    owner.email = "bientap@example.vn"
    owner.save()
    page = planned(draft(owner=owner))
    publish_planned(timezone.now())
    publish_planned(timezone.now())
    (mail,) = Outbox.objects.all()
    assert mail.recipients == "bientap@example.vn"
    words = message_from_bytes(mail.body.encode("latin-1")).get_payload(decode=True).decode()
    assert f"/admin/pages/{page.pk}/edit/#id_papers-FORMS" in words
    assert "Mượn loa kéo" in words


def test_a_plan_is_refused_when_it_is_made(people):
    page = draft(go_live_at=timezone.now() + timedelta(days=3))
    with pytest.raises(PublishingRefused):
        page.save_revision().publish()
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_guide_taken_off_the_site_comes_back_only_complete(people):
    page = complete_draft()
    page.get_latest_revision().publish()
    page = ProcedurePage.objects.get(pk=page.pk)
    page.unpublish()
    page.unit = None
    page.save_revision()
    with pytest.raises(PublishingRefused) as refused:
        page.get_latest_revision().publish()
    assert [field for field, _reason in refused.value.gaps] == ["unit"]
    assert not live(page)


def test_an_older_version_published_again_is_held_as_well(people):
    page = draft()
    old = page.get_latest_revision()
    make_complete(page)
    page.save_revision().publish()
    client, address = (
        signed_in(people[APPROVER]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]),
    )
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form._mutable = True
    form["action-publish"] = "1"
    answer = client.post(edit(page), form)
    assert answer.status_code == 200
    assert errors(answer) == ALL_GAPS


def test_a_copy_kept_live_is_held_unless_complete(people):
    page = complete_draft(code="1.001193")
    page.get_latest_revision().publish()
    page = ProcedurePage.objects.get(pk=page.pk)
    client, address = signed_in(people[APPROVER]), reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": index().pk}
    assert client.post(address, {**form, "publish_copies": "on"}).status_code == 302
    copied = ProcedurePage.objects.get(slug="ban-sao")
    assert (copied.live, copied.code) == (True, "")
    ProcedurePage.objects.filter(pk=page.pk).update(source_url="")
    answer = client.post(address, {**form, "new_slug": "ban-sao-2", "publish_copies": "on"})
    assert "Chưa đăng được “Đăng ký khai sinh”" in told(answer)
    assert not ProcedurePage.objects.filter(slug="ban-sao-2").exists()


def test_moving_a_draft_publishes_nothing(people):
    page = draft()
    page.move(index("en"), pos="last-child")
    assert not live(page)


def test_a_translation_is_published_only_complete(people, django_capture_on_commit_callbacks):
    page = complete_draft()
    page.get_latest_revision().publish()
    source, _ = TranslationSource.get_or_create_from_instance(ProcedurePage.objects.get(pk=page.pk))
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    english = ProcedurePage.objects.get(locale__language_code="en")
    assert english.live
    english.unpublish()
    english.papers = []
    english.save()
    with pytest.raises(PublishingRefused):
        english.save_revision().publish()


def test_an_alias_follows_its_guide_without_a_gate_of_its_own(people):
    page = complete_draft()
    page.get_latest_revision().publish()
    alias = ProcedurePage.objects.get(pk=page.pk).create_alias(parent=index("ar"), update_slug="khai-sinh")
    assert alias.live


def test_saving_a_live_guide_without_publishing_asks_nothing(people):
    page = ProcedurePage(title="Từ trước khi có cổng")
    index().add_child(instance=page)
    page.summary = "Vẫn sửa được"
    page.save()
    assert live(page)
