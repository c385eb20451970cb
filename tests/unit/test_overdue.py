"""What is to be looked at again: readers' warnings have an owner, who is told once a day, and a list that names all."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email import message_from_bytes
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.test.utils.form_data import querydict_from_html

from gandan.models import Outbox
from guides.models import GuidesIndexPage, LegalBasis, LegalDocument, ProcedurePage, TutorialPage
from guides.overdue import Owners, failing_plans, guides_and_lessons
from guides.overdue_mail import nag
from home.checking import next_check
from home.groups import APPROVER, EDITOR
from home.models import Official, Unit, User
from tests.unit.founded_once import once
from tests.unit.guides_world import make_complete
from tests.unit.staff_world import found_commune

People = Mapping[str, User]
REPORT = "/admin/to-look-at/"


@pytest.fixture
def people(db) -> People:
    found = found_commune()
    for person in found.values():
        person.email = f"{person.username}@example.vn"
        person.save()
    return found


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def guide(title: str, **fields: object) -> ProcedurePage:
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code="vi")
    page = make_complete(ProcedurePage(title=title, **{"checked_on": ago(200), **fields}))
    index.add_child(instance=page)
    return page


def lesson(title: str, **fields: object) -> TutorialPage:
    index = GuidesIndexPage.objects.get(lists="lessons", locale__language_code="vi")
    page = TutorialPage(title=title, **fields)
    index.add_child(instance=page)
    return page


def words(mail: Outbox) -> str:
    return message_from_bytes(mail.body.encode("latin-1")).get_payload(decode=True).decode()


def mails() -> dict[str, str]:
    return {mail.recipients: words(mail) for mail in Outbox.objects.all()}


def official(person: User | None, **fields: object) -> Official:
    unit = Unit.objects.get_or_create(key="mot-cua", defaults={"name": "Một cửa"})[0]
    return Official.objects.create(
        key=f"can-bo-{Official.objects.count()}", name="Nguyễn Thị Lan", unit=unit, user=person, **fields
    )


def test_an_owner_gets_one_mail_a_day_with_all_that_is_overdue(people):
    late = guide("Đăng ký khai sinh", owner=people[EDITOR], check_again_on=ago(3))
    lesson("Quên mật khẩu VNeID", owner=people[EDITOR], check_again_on=ago(1))
    guide("Đăng ký kết hôn", owner=people[EDITOR], check_again_on=ago(0))
    assert nag(timezone.now()) == 1
    ((recipient, told),) = mails().items()
    assert recipient == "editor@example.vn"
    assert "Đăng ký khai sinh" in told
    assert "Quên mật khẩu VNeID" in told
    assert "Đăng ký kết hôn" not in told
    assert f"http://testserver/admin/pages/{late.pk}/edit/" in told


def test_the_mail_comes_once_however_often_the_worker_runs(people):
    guide("Đăng ký khai sinh", owner=people[EDITOR], check_again_on=ago(3))
    for _ in range(3):
        call_command("work", "--once")
    assert Outbox.objects.count() == 1
    assert nag(timezone.now() + timedelta(days=1)) == 1
    assert Outbox.objects.count() == 2


def test_nothing_overdue_means_no_mail(people):
    guide("Đăng ký khai sinh", owner=people[EDITOR], check_again_on=ago(-1))
    assert nag(timezone.now()) == 0


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("checker", {"official@example.vn"}),
        ("checker who left office", {"editor@example.vn"}),
        ("checker whose account is closed", {"editor@example.vn"}),
        ("checker without an account", {"editor@example.vn"}),
        ("nobody", {"approver@example.vn"}),
        ("maker whose account is closed", {"approver@example.vn"}),
        ("maker without an address", {"approver@example.vn"}),
    ],
)
def test_the_checker_is_told_else_the_maker_else_the_approvers(people, case, expected):
    checkers = {
        "checker": lambda: official(people["official"]),
        "checker who left office": lambda: official(people["official"], until=ago(1)),
        "checker whose account is closed": lambda: official(people["official"]),
        "checker without an account": lambda: official(None),
    }
    if case == "checker whose account is closed":
        User.objects.filter(pk=people["official"].pk).update(is_active=False)
    if case == "maker whose account is closed":
        User.objects.filter(pk=people[EDITOR].pk).update(is_active=False)
    if case == "maker without an address":
        User.objects.filter(pk=people[EDITOR].pk).update(email="")
    checker = checkers[case]() if case in checkers else None
    guide(
        "Khai sinh",
        checked_by=checker,
        owner=None if case == "nobody" else people[EDITOR],
        check_again_on=ago(3),
    )
    nag(timezone.now())
    assert set(mails()) == expected


def test_owners_cost_three_statements_for_any_number_of_pages(people, django_assert_max_num_queries):
    for number in range(6):
        guide(f"Thủ tục {number}", owner=people[EDITOR], check_again_on=ago(3))
    pages = list(guides_and_lessons())
    with django_assert_max_num_queries(3):
        owners = Owners(pages, ago(0))
        assert {owners.of(page)[0] for page in pages} == {people[EDITOR]}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def old_law() -> LegalDocument:
    return LegalDocument.objects.create(number="23/2015/NĐ-CP", kind="Nghị định", in_force_to=ago(10))


def citing(title: str, document: LegalDocument) -> ProcedurePage:
    page = guide(title, check_again_on=ago(-100))
    page.legal_basis = [LegalBasis(document=document)]
    page.save()
    return page


@pytest.fixture
def everything(people) -> People:
    """One page for each reason, and one for none."""
    once("to look at", lambda: _everything(people))
    return people


def _everything(people: People) -> None:
    guide("Quá hạn", owner=people[EDITOR], check_again_on=ago(3))
    guide("Sắp đến hạn", check_again_on=ago(-10))
    guide("Còn lâu", check_again_on=ago(-100))
    lesson("Chưa ai xem")
    citing("Luật cũ", old_law())
    waiting = guide("Chờ ngày", check_again_on=ago(-100))
    revision = waiting.get_latest_revision_as_object()
    revision.papers = []
    planned = revision.save_revision()
    type(planned).objects.filter(pk=planned.pk).update(approved_go_live_at=timezone.now() + timedelta(days=2))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Quá hạn", "Sắp đến hạn", "Chưa ai xem", "Luật cũ", "Chờ ngày"}),
        ("?why=overdue", {"Quá hạn"}),
        ("?why=soon", {"Sắp đến hạn"}),
        ("?why=never", {"Chưa ai xem"}),
        ("?why=law", {"Luật cũ"}),
        ("?why=plan", {"Chờ ngày"}),
    ],
)
@pytest.mark.parametrize("who", [EDITOR, APPROVER, "administrator"])
def test_the_report_lists_each_reason(everything, who, query, titles):
    html = signed_in(everything[who]).get(REPORT + query).content.decode()
    listed = {"Quá hạn", "Sắp đến hạn", "Còn lâu", "Chưa ai xem", "Luật cũ", "Chờ ngày"}
    assert {title for title in listed if f">{title}<" in html.replace("\n", "").replace("  ", "")} == titles


def test_the_report_is_a_spreadsheet_too(everything):
    client = signed_in(everything[EDITOR])
    rows = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()
    assert "Quá hạn" in rows
    assert "23/2015" in rows
    book = load_workbook(BytesIO(b"".join(client.get(f"{REPORT}?export=xlsx").streaming_content)))
    titles = [row[0].value for row in book.active.iter_rows(min_row=2)]
    assert "Quá hạn" in titles
    assert len(titles) == 5


@pytest.mark.parametrize("who", ["coordinator", "emergency publisher"])
def test_the_report_shows_nobody_a_page_they_may_not_edit(everything, who):
    answer = signed_in(everything[who]).get(REPORT)
    assert "Luật cũ" not in answer.content.decode()


def test_the_first_page_of_the_admin_counts_what_is_to_be_looked_at(everything):
    html = signed_in(everything[EDITOR]).get("/admin/").content.decode()
    assert "4 trang cần xem lại" in html
    assert REPORT in html


def test_the_report_does_not_cost_more_for_more_pages(everything, django_assert_max_num_queries):
    client = signed_in(everything[EDITOR])
    client.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        client.get(REPORT)
    for number in range(12):
        guide(f"Quá hạn {number}", owner=everything[EDITOR], check_again_on=ago(3))
    with django_assert_max_num_queries(len(few)):
        client.get(REPORT)


def test_a_planned_day_that_passed_without_publishing_is_listed_until_it_is_settled(people):
    page = guide("Khai tử", check_again_on=ago(-100))
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() - timedelta(days=1)
    draft.papers = []
    draft.save_revision()
    (plan,) = failing_plans(timezone.now())
    assert plan.page_id == page.pk
    make_complete(draft)
    draft.save_revision().publish()
    assert failing_plans(timezone.now()) == []


def test_a_draft_written_after_a_planned_version_went_live_is_no_failed_plan(people):
    page = guide("Khai tử", check_again_on=ago(-100))
    page.go_live_at = timezone.now() - timedelta(days=20)
    page.save_revision().publish()
    page = ProcedurePage.objects.get(pk=page.pk)
    page.summary = "Sửa thêm"
    page.save_revision()
    assert failing_plans(timezone.now()) == []


# The next check.


@pytest.mark.parametrize("key", ["dang-ky-khai-sinh", "dang-ky-ket-hon", "", "x" * 255])
def test_the_next_check_is_half_a_year_away_on_a_day_of_its_own(key):
    day = next_check(date(2026, 11, 25), key)
    assert date(2027, 5, 26) <= day < date(2027, 6, 25)
    assert day == next_check(date(2026, 11, 25), key)


def test_checks_of_one_morning_do_not_fall_due_on_one_day():
    days = {next_check(date(2026, 11, 25), f"thu-tuc-{number}") for number in range(100)}
    assert len(days) >= 20


def newest(page: ProcedurePage) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision().as_object()


def form_of(client: Client, page: ProcedurePage):
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    form = querydict_from_html(html, form_id="page-edit-form")
    form._mutable = True
    return form


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, None),
        ({"check_again_on": "01/03/2027"}, date(2027, 3, 1)),
    ],
)
def test_a_new_check_sets_the_next_one_unless_the_editor_did(people, typed, expected):
    page = guide("Khai sinh", check_again_on=ago(3))
    client = signed_in(people[EDITOR])
    form = form_of(client, page)
    form.update({"checked_on": f"{ago(0):%d/%m/%Y}", **typed})
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302
    latest = newest(page)
    assert latest.check_again_on == (expected or next_check(ago(0), page.slug))


def test_saving_without_a_new_check_leaves_an_overdue_day_overdue(people):
    page = guide("Khai sinh", check_again_on=ago(3))
    client = signed_in(people[EDITOR])
    form = form_of(client, page)
    form["summary"] = "Viết lại"
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert newest(page).check_again_on == ago(3)


def test_a_checked_page_made_by_a_program_gets_a_day_too_and_an_unchecked_one_does_not(people):
    assert guide("Khai sinh", checked_on=ago(0)).check_again_on == next_check(ago(0), "khai-sinh")
    assert lesson("Bài học").check_again_on is None


# Planning from the form.


def test_a_text_that_holds_from_a_later_day_waits_for_it(people):
    page = guide("Khai sinh", check_again_on=ago(-100))
    page.save_revision().publish()
    client, begins = signed_in(people[APPROVER]), ago(-5)
    form = form_of(client, page)
    form.update({"valid_from": f"{begins:%d/%m/%Y}", "summary": "Lời mới", "action-publish": "1"})
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(edit, form).status_code == 302
    live = ProcedurePage.objects.get(pk=page.pk)
    assert (live.live, live.summary, live.valid_from) == (True, "", None)
    planned = live.scheduled_revision
    assert timezone.localtime(planned.approved_go_live_at).replace(tzinfo=None) == datetime.combine(
        begins, datetime.min.time()
    )
    html = client.get(edit).content.decode()
    assert f"{begins:%d/%m/%Y}" in html
    assert f"/revisions/compare/live...{planned.pk}/" in html


def test_a_new_guide_that_holds_from_a_later_day_may_be_read_before(people):
    page = guide("Khai sinh", check_again_on=ago(-100), live=False)
    client = signed_in(people[APPROVER])
    form = form_of(client, page)
    form.update({"valid_from": f"{ago(-5):%d/%m/%Y}", "action-publish": "1"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert ProcedurePage.objects.get(pk=page.pk).live


def test_a_correction_of_a_guide_that_holds_from_a_later_day_is_published_at_once(people):
    page = guide("Khai sinh", check_again_on=ago(-100), valid_from=ago(-5))
    page.save_revision().publish()
    client = signed_in(people[APPROVER])
    form = form_of(client, page)
    form.update({"summary": "Lời mới", "action-publish": "1"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert ProcedurePage.objects.get(pk=page.pk).summary == "Lời mới"


# Legal documents.


def test_a_document_says_who_cites_it_and_that_it_is_no_longer_in_force(people):
    document = old_law()
    page = citing("Chứng thực bản sao", document)
    html = signed_in(people[EDITOR]).get(f"/admin/snippets/guides/legaldocument/edit/{document.pk}/").content
    assert f"/admin/pages/{page.pk}/edit/#id_legal_basis-FORMS" in html.decode()
    assert "không còn hiệu lực" in html.decode()


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, True),
        ({"in_force_to": ago(0)}, True),
        ({"in_force_to": ago(1)}, False),
        ({"in_force_from": ago(-1)}, False),
    ],
)
def test_the_last_day_in_force_still_counts(dates, expected):
    assert LegalDocument(number="1", **dates).is_in_force(ago(0)) is expected


def test_a_document_ends_when_what_replaces_it_is_in_force():
    newer = LegalDocument(number="2", in_force_from=ago(0))
    assert not LegalDocument(number="1", replaced_by=newer).is_in_force(ago(0))
    assert LegalDocument(number="1", replaced_by=newer).is_in_force(ago(1))
