"""Searches are counted by question and day; nobody can be found in the counts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from gandan.models import Outbox, RareSearch, SearchLog
from gandan.search import log, stored, usage, weekly
from home.models import User
from tests.search.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]
PAGE, OPENED = "/tim-kiem/", "/tim-kiem/mo/"


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.COUNTS_SEARCHES = True
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
    stored.refresh(NOW)
    stored.forget()
    log._waiting.clear()
    yield
    log._waiting.clear()
    stored.forget()


def asked(client: Client, text: str, times: int = 1, **headers: str) -> str:
    for _time in range(times):
        page = client.get(PAGE, {"q": text}, headers=headers)
        assert page.status_code == 200
    return page.content.decode()


def logged() -> dict[str, tuple[int, int, int]]:
    log.write()
    return {row.key: (row.searches, row.empty, row.opened) for row in SearchLog.objects.all()}


def test_all_spellings_of_a_question_are_one(client) -> None:
    for text in ("đăng ký khai sinh", "dang ky khai sinh", "đăng kí khai sinh ở đâu"):
        asked(client, text)

    assert logged() == {"dang ki khai sinh": (3, 0, 0)}


def test_a_question_asked_less_than_three_times_is_kept_as_a_keyed_hash_alone(client) -> None:
    asked(client, "khai sinh kết hôn", times=2)

    assert logged() == {}
    rare = RareSearch.objects.get()
    assert rare.searches == 2
    assert "khai" not in rare.digest
    assert "sinh" not in str(vars(rare))


def test_the_third_time_counts_those_before_it_too(client) -> None:
    asked(client, "khai sinh kết hôn", times=2)
    log.write()
    asked(client, "khai sinh kết hôn")

    assert logged() == {"khai sinh ket hon": (3, 0, 0)}
    assert not RareSearch.objects.exists()


PRIVATE = [
    "001099012345 khai sinh",
    "khai sinh 0912 345 678",
    "khai sinh 0912.345.678",
    "khai sinh lan@thu.example",
    "Zrbkq Wqptx khai sinh",
    "khai sinh " * 7,
    "12345678901",
    "!!!",
    "",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_what_may_tell_of_somebody_is_not_counted_at_all(client, text: str) -> None:
    asked(client, text, times=5)

    assert logged() == {}
    assert not RareSearch.objects.exists()


def test_machines_that_say_so_are_not_counted(client) -> None:
    asked(client, "khai sinh", times=5, user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)")

    assert logged() == {}


def test_a_search_itself_writes_nothing(client, django_assert_num_queries) -> None:
    asked(client, "khai sinh")
    with django_assert_num_queries(0):
        log.note("khai sinh", "vi", NOW, log.SEARCHES)
    assert not RareSearch.objects.exists()
    assert not SearchLog.objects.exists()


def test_what_found_nothing_and_what_was_opened_is_counted(client) -> None:
    page = asked(client, "khai sinh", times=3)
    assert f'ping="{OPENED}?k=khai+sinh"' in page
    assert client.post(f"{OPENED}?k=khai+sinh").status_code == 204
    asked(client, "xzq", times=3)

    assert logged() == {"khai sinh": (3, 0, 1), "xzq": (3, 3, 0)}


def test_counting_an_opened_result_needs_no_cookie_and_takes_nothing_private(client) -> None:
    response = client.post(f"{OPENED}?k=001099012345")
    assert response.status_code == 204
    assert not response.cookies
    assert client.get(OPENED).status_code == 405
    assert client.post(f"{OPENED}?k={'x' * 5000}").status_code == 204
    assert logged() == {}


def test_counting_never_fails_and_waits_for_the_database(client, monkeypatch) -> None:
    asked(client, "khai sinh", times=3)

    def refuse(*args: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(log, "_write", refuse)
        assert log.write() == 0
    assert logged() == {"khai sinh": (3, 0, 0)}


def test_after_ninety_days_nothing_is_left() -> None:
    SearchLog.objects.create(day=TODAY - timedelta(days=91), language="vi", key="cu", searches=3)
    SearchLog.objects.create(day=TODAY - timedelta(days=90), language="vi", key="con", searches=3)
    RareSearch.objects.create(digest="x", last_day=TODAY - timedelta(days=91))

    assert log.forget_old(NOW) == 2
    assert [row.key for row in SearchLog.objects.all()] == ["con"]


def count(day: date, key: str, searches: int, empty: int = 0, opened: int = 0) -> None:
    SearchLog.objects.create(day=day, language="vi", key=key, searches=searches, empty=empty, opened=opened)


def test_a_week_tells_how_many_found_and_opened_something() -> None:
    count(date(2026, 11, 16), "khai sinh", 6, 0, 3)
    count(date(2026, 11, 22), "xin viec", 4, 4)
    count(date(2026, 11, 23), "ket hon", 5)

    week = usage.week(date(2026, 11, 16))
    assert (week.searches, week.empty_share, week.opened_share) == (10, 40, 30)
    assert usage.week(date(2026, 11, 2)).empty_share is None


def test_questions_without_result_and_never_opened_are_listed_most_frequent_first() -> None:
    count(TODAY, "xin viec", 4, 4)
    count(TODAY, "vay tien", 9, 9)
    count(TODAY, "khai sinh", 8, 0, 0)
    count(TODAY, "ket hon", 8, 0, 1)
    count(TODAY, "khai tu", 4)

    assert [each.key for each in usage.without_result(TODAY)] == ["vay tien", "xin viec"]
    assert [each.key for each in usage.never_opened(TODAY)] == ["khai sinh"]


def editor(email: str = "bientap@huongdong.example") -> Client:
    user = User.objects.create_user("bientap", password="khong-dung-o-dau", email=email)
    names = ["access_admin", "change_searchterm"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_the_report_lists_them_with_what_an_editor_can_do() -> None:
    clerk = editor()
    count(TODAY, "xin viec", 4, 4)
    page = clerk.get(reverse("search_report")).content.decode()

    assert "xin viec" in page
    assert reverse("wagtailsnippets_gandan_searchterm:add") + "?said=xin+viec&amp;language=vi" in page
    assert reverse("wagtailsnippets_gandan_bestbet:add") in page
    table = clerk.get(reverse("search_report") + "?xuat=csv")
    assert "without_result,xin viec,vi,4,4,0" in table.content.decode()


def test_only_who_keeps_the_dictionary_reads_the_report(client) -> None:
    user = User.objects.create_user("khach", password="khong-dung-o-dau")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)

    assert client.get(reverse("search_report")).status_code in {302, 403}


def test_the_summary_goes_out_on_monday_once() -> None:
    editor()
    count(date(2026, 11, 17), "xin viec", 4, 4)
    early = NOW.replace(hour=7, minute=0)

    assert weekly.send_summary(early) == 0
    assert weekly.send_summary(NOW) == 1
    assert weekly.send_summary(NOW + timedelta(days=2)) == 0
    mail = Outbox.objects.get(key="search-week-20261123")
    assert "xin viec" in mail.body
    assert "bientap@huongdong.example" in mail.recipients


def test_a_week_without_searches_sends_nothing() -> None:
    editor()

    assert weekly.send_summary(NOW) == 0
