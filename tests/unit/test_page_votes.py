"""“Was this page useful?”: one tap, an optional line, and it reaches whoever looks after the guide."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from feedback import limits, remarks_mail, voting
from feedback.models import Case, PageVote
from feedback.views.remarks import remarks_for
from gandan.models import Outbox
from gandan.worktime import VIETNAM
from home.models import InfoPage, Official, Unit, User
from tests.unit.staff_world import PASSWORD, found_commune

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=VIETNAM)


@pytest.fixture
def people() -> dict[str, User]:
    return found_commune()


@pytest.fixture
def guide(people: dict[str, User]) -> InfoPage:
    home = Page.objects.get(depth=2, locale__language_code="vi")
    editor = people["editor"]
    editor.email = "bientap@huongdong.example"
    editor.save()
    return home.add_child(instance=InfoPage(title="Giấy bạn sẽ nhận", slug="giay", owner=editor))


def tap(client: Client, guide: Page, useful: str = "yes", **more: str) -> str:
    """The address that thanks."""
    answer = client.post("/phan-anh/trang-nay/", {"page": guide.pk, "useful": useful}, **more)
    assert answer.status_code == 303
    return answer["Location"]


def test_a_tap_counts_on_the_page_and_thanks_without_a_cookie(client: Client, guide: InfoPage) -> None:
    thanks = client.get(tap(client, guide))
    assert thanks.status_code == 200
    assert not client.cookies
    guide.refresh_from_db()
    assert guide.useful_count == 1
    vote = PageVote.objects.get()
    assert (vote.page_title, vote.page_path, vote.is_useful) == ("Giấy bạn sẽ nhận", "/giay/", True)


def test_not_useful_is_kept_and_raises_no_count(client: Client, guide: InfoPage) -> None:
    tap(client, guide, "no")
    guide.refresh_from_db()
    assert guide.useful_count == 0
    assert PageVote.objects.get().is_useful is False


def test_a_double_tap_is_one_vote(client: Client, guide: InfoPage) -> None:
    tap(client, guide)
    tap(client, guide)
    assert PageVote.objects.count() == 1


def test_very_many_votes_from_one_address_are_kept_and_do_not_count(client: Client, guide: InfoPage) -> None:
    for _ in range(limits.MOST_VOTES):
        limits.count_vote("127.0.0.1", NOW.now(VIETNAM))
    tap(client, guide)
    guide.refresh_from_db()
    assert (guide.useful_count, PageVote.objects.get().is_counted) == (0, False)


def test_a_line_is_encrypted_and_opens_no_case(client: Client, guide: InfoPage) -> None:
    address = tap(client, guide, "no")
    client.post(address, {"line": "Thiếu giờ mở cửa thứ Bảy"})
    assert PageVote.objects.get().line == "Thiếu giờ mở cửa thứ Bảy"
    with connection.cursor() as cursor:
        cursor.execute("SELECT line FROM feedback_pagevote")
        assert "thứ Bảy" not in cursor.fetchone()[0]
    assert Case.objects.count() == 0


def test_a_line_with_an_identity_number_comes_back_with_what_was_typed(
    client: Client, guide: InfoPage
) -> None:
    answer = client.post(tap(client, guide), {"line": "Số của tôi 001199012345 bị sai"})
    assert answer.status_code == 200
    assert "data-form-error" in answer.content.decode()
    assert "001199012345 bị sai" in answer.content.decode()
    assert PageVote.objects.get().line == ""


def test_a_second_line_of_the_same_vote_is_not_taken(client: Client, guide: InfoPage) -> None:
    address = tap(client, guide)
    client.post(address, {"line": "Một"})
    client.post(address, {"line": "Hai"})
    assert PageVote.objects.get().line == "Một"


@pytest.mark.parametrize("number", ["", "0", "x", "99999999999999999999", "²"])
def test_a_vote_on_no_page_leads_to_the_doors(client: Client, guide: InfoPage, number: str) -> None:
    answer = client.post("/phan-anh/trang-nay/", {"page": number, "useful": "yes"})
    assert answer["Location"] == "/phan-anh/"
    assert PageVote.objects.count() == 0


def test_nobody_votes_on_a_draft_or_a_private_page(client: Client, guide: InfoPage) -> None:
    guide.unpublish()
    assert voting.page_to_vote_on(str(guide.pk)) is None
    Page.objects.filter(pk=guide.pk).update(live=True)
    PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    assert voting.page_to_vote_on(str(guide.pk)) is None


def test_an_altered_or_old_thanks_address_leads_to_the_doors(client: Client, guide: InfoPage) -> None:
    address = tap(client, guide)
    assert client.get(address[:-2] + "x/").status_code == 302
    assert client.get("/phan-anh/trang-nay/").status_code == 302


def test_the_owner_reads_the_line_and_marks_it_read(
    client: Client, guide: InfoPage, people: dict[str, User]
) -> None:
    client.post(tap(client, guide, "no"), {"line": "Chữ nhỏ quá"})
    for name, sees in (("editor", True), ("approver", False)):
        client.login(username=people[name].username, password=PASSWORD)
        assert ("Chữ nhỏ quá" in client.get("/admin/nhan-xet/").content.decode()) is sees
    assert "Chữ nhỏ quá" in client.get("/admin/nhan-xet/?trang=tat-ca").content.decode()
    client.post("/admin/nhan-xet/", {"vote": PageVote.objects.get().pk})
    assert PageVote.objects.get().seen_by == people["approver"]


def test_who_does_not_edit_pages_reads_no_remarks(
    client: Client, guide: InfoPage, people: dict[str, User]
) -> None:
    for name in ("coordinator", "volunteer", "official", "emergency publisher"):
        client.login(username=people[name].username, password=PASSWORD)
        assert client.get("/admin/nhan-xet/").status_code == 302
    assert not Permission.objects.filter(codename="view_pagevote", group__name="coordinator").exists()


def test_the_owner_is_told_once_a_day_and_never_what_was_written(guide: InfoPage, settings: object) -> None:
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"  # type: ignore[attr-defined]
    vote = voting.vote(guide, "/giay/", NOW, is_useful=False, is_counted=True)
    voting.add_line(vote.pk, "Chữ nhỏ quá")
    assert remarks_mail.tell_owners(NOW.replace(hour=6)) == 0
    for minutes in (0, 60, 600):
        remarks_mail.tell_owners(NOW + timedelta(minutes=minutes))
    mail = Outbox.objects.get()
    assert mail.recipients == "bientap@huongdong.example"
    assert "/admin/nhan-xet/" in mail.body
    assert "nhỏ" not in mail.body


def test_the_official_who_checked_a_page_owns_it_before_its_maker(
    guide: InfoPage, people: dict[str, User]
) -> None:
    unit = Unit.objects.create(key="mot-cua", name="Trung tâm", weekly_hours={})
    lan = Official.objects.create(key="lan", name="Lan", title="Hộ tịch", unit=unit, user=people["official"])
    guide.checked_by = lan
    guide.save()
    voting.add_line(voting.vote(guide, "/giay/", NOW, is_useful=True, is_counted=True).pk, "Rõ ràng")
    assert [each.title for each in remarks_for(people["official"], NOW)] == ["Giấy bạn sẽ nhận"]
    assert remarks_for(people["editor"], NOW) == []


def test_remarks_are_forgotten_after_a_year(guide: InfoPage) -> None:
    voting.vote(guide, "/giay/", NOW - voting.KEPT - timedelta(hours=1), is_useful=True, is_counted=True)
    kept = voting.vote(
        guide, "/giay/", NOW - voting.KEPT + timedelta(hours=1), is_useful=True, is_counted=True
    )
    voting.forget_old(NOW)
    assert list(PageVote.objects.values_list("pk", flat=True)) == [kept.pk]
    call_command("work", once=True, verbosity=0)
