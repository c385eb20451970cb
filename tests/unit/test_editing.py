"""What clerks do in the admin, posted the way their forms post it."""

import json
from collections.abc import Mapping

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from guides.models import FeeState, GuidesIndexPage, ProcedurePage, Situation, Term
from home.groups import APPROVER, COORDINATOR, EDITOR
from home.models import Official, Unit, User
from tests.unit.guides_world import make_complete
from tests.unit.staff_world import found_commune

People = Mapping[str, User]
FORM = "page-edit-form"


@pytest.fixture
def people(db) -> People:
    return found_commune()


@pytest.fixture
def birth(people) -> ProcedurePage:
    """A live guide: a fee of 8.000 đ, and a situation with a time of its own."""
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code="vi")
    page = ProcedurePage(title="Đăng ký khai sinh", slug="dang-ky-khai-sinh", code="1.001193")
    page.situations = [
        Situation(key="trong-60-ngay", label="Trong 60 ngày", sort_order=0),
        Situation(key="qua-60-ngay", label="Quá 60 ngày", sort_order=1),
    ]
    page.terms = [
        Term(time_value=0, fee_state=FeeState.AMOUNT, fee_amount=8000, sort_order=0),
        Term(situation="qua-60-ngay", time_value=1, sort_order=1),
    ]
    index.add_child(instance=make_complete(page))
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(client: Client, page: Page) -> QueryDict:
    """What a browser would send back untouched."""
    form = querydict_from_html(client.get(edit_address(page)).content.decode(), form_id=FORM)
    form._mutable = True
    return form


def errors_of(answer, row: str) -> list[str]:
    formset = answer.context["form"].formsets[row]
    return [message for row_errors in formset.errors for told in row_errors.values() for message in told]


def test_an_approved_change_is_on_the_page_the_list_and_the_search_at_once(people, birth):
    editor, approver, reader = signed_in(people[EDITOR]), signed_in(people[APPROVER]), Client()
    changed = form_of(editor, birth)
    changed["terms-0-fee_amount"] = "12000"
    changed["action-submit"] = "1"
    assert editor.post(edit_address(birth), changed).status_code == 302
    views = (birth.url, f"{birth.url}in/", birth.get_parent().url, "/tim-kiem/?q=dang+ky+khai+sinh")
    assert not any("12.000" in reader.get(view).content.decode() for view in views)
    birth.refresh_from_db()
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[birth.pk, "approve", birth.current_workflow_task_state.pk]
    )
    assert approver.post(approve, {"next": "/admin/"}).status_code == 302
    for view in views:
        assert "12.000" in reader.get(view).content.decode(), view
        assert "8.000" not in reader.get(view).content.decode(), view


def test_a_preview_shows_the_fee_that_was_just_typed(people, birth):
    editor = signed_in(people[EDITOR])
    changed = form_of(editor, birth)
    changed["terms-0-fee_amount"] = "12000"
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[birth.pk])
    assert json.loads(editor.post(address, changed).content)["is_valid"]
    assert "12.000" in editor.get(address).content.decode()


def test_a_row_naming_a_situation_nobody_described_is_refused_beside_the_field(people, birth):
    editor = signed_in(people[EDITOR])
    changed = form_of(editor, birth)
    changed["terms-1-situation"] = "qua-90-ngay"
    answer = editor.post(edit_address(birth), changed)
    assert answer.status_code == 200
    assert "qua-60-ngay" in errors_of(answer, "terms")[0]


def test_a_situation_without_a_key_gets_one_from_its_words(people, birth):
    editor = signed_in(people[EDITOR])
    changed = form_of(editor, birth)
    changed["situations-0-key"] = ""
    changed["situations-0-label"] = "Đúng hạn 60 ngày"
    assert editor.post(edit_address(birth), changed).status_code == 302
    birth.refresh_from_db()
    latest = birth.get_latest_revision_as_object()
    assert latest.situations.first().key == "dung-han-60-ngay"


def test_two_situations_with_one_key_are_refused(people, birth):
    editor = signed_in(people[EDITOR])
    changed = form_of(editor, birth)
    changed["situations-1-key"] = "trong-60-ngay"
    assert errors_of(editor.post(edit_address(birth), changed), "situations")


def test_a_fee_of_an_amount_needs_the_amount(people, birth):
    editor = signed_in(people[EDITOR])
    changed = form_of(editor, birth)
    changed["terms-0-fee_amount"] = ""
    assert errors_of(editor.post(edit_address(birth), changed), "terms")


@pytest.mark.parametrize("typed", ["nguyen thi", "NGUYỄN thị", "một cửa", "lan mot cua"])
def test_a_list_of_the_admin_finds_officials_typed_without_accents(people, typed):
    unit = Unit.objects.create(key="mot-cua", name="Bộ phận Một cửa")
    Official.objects.create(key="lan", name="Nguyễn Thị Lan", title="Công chức Một cửa", unit=unit)
    Official.objects.create(key="binh", name="Trần Văn Bình", title="Trưởng công an", unit=unit)
    coordinator = signed_in(people[COORDINATOR])
    for address in ("/admin/snippets/home/official/", "/admin/snippets/choose/home/official/results/"):
        html = coordinator.get(address, {"q": typed}).content.decode()
        assert "Nguyễn Thị Lan" in html, address
        assert "Trần Văn Bình" not in html, address
