"""What residents read about help sessions: by day and hamlet, what is open now, one page a session."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from gandan.search import find
from gandan.worktime import VIETNAM
from guides.coming import sessions_context
from guides.models import Session
from guides.moving import stand_in
from guides.session_facts import session_facts
from home.models import Area, Official, Place
from tests.unit.guides_world import found_commune
from tests.unit.sessions_world import MONDAY, plan_all, series, session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commune() -> Iterator[None]:
    found_commune()
    with override("vi"):  # whatever language a request leaves behind
        yield


def listed(asked: str = "", now: datetime = MONDAY) -> list[Any]:
    return [each for group in sessions_context(asked, now)["days"] for each in group.sessions]


def sentence(asked: str = "", now: datetime = MONDAY) -> str:
    found = sessions_context(asked, now)["sentence"]
    return strip_tags(found.text) if found else ""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=VIETNAM)


def test_a_cancelled_evening_says_why_and_when_instead() -> None:
    plan_all(series())
    with override("en"):
        shown = listed()
    assert shown[0].cancelled.startswith("Public holiday: Vietnam")
    assert strip_tags(shown[0].instead_text) == "Moved to Wednesday 25/11, same hour, same place."
    assert shown[1].cancelled == ""
    assert shown[1].time == "19:00–21:00"


def test_an_evening_that_is_over_is_not_offered_any_more() -> None:
    plan_all(series())
    late = datetime(2026, 11, 26, 21, 1, tzinfo=VIETNAM)
    assert listed(now=late)[0].iso == "2026-12-01"


def test_sessions_stand_under_their_day() -> None:
    session(date=date(2026, 11, 23), starts=time(8), ends=time(11))
    session(date=date(2026, 11, 23))
    session(date=date(2026, 11, 24))
    session(date=date(2026, 11, 28))
    found = sessions_context("", datetime(2026, 11, 23, 7, tzinfo=VIETNAM))["days"]
    assert [strip_tags(group.heading) for group in found] == [
        "Hôm nay, thứ Hai 23/11",
        "Ngày mai, thứ Ba 24/11",
        "Thứ Bảy 28/11",
    ]
    assert [len(group.sessions) for group in found] == [2, 1, 1]


def test_the_list_can_be_kept_to_one_hamlet() -> None:
    plan_all(series())
    plan_all(series(key="doai", place=Place.objects.get(key="nha-van-hoa-doai"), weekdays=["fri"]))
    only = listed("doai")
    assert {each.place for each in only} == {"Nhà văn hóa thôn Đoài"}
    assert len(sessions_context("doai", MONDAY)["area_tabs"]) == 3
    assert len(listed("khong-co")) > len(only)


def test_a_round_from_door_to_door_is_listed_under_the_hamlet_it_visits() -> None:
    session(kind="door", area=Area.objects.get(key="ha"))
    session()
    assert [each.kind for each in listed("ha")] == ["Đến từng nhà"]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(1, 19), "Đang mở đến 21:00 tại Nhà văn hóa thôn Thượng."),
        (at(1, 20, 59), "Đang mở đến 21:00 tại Nhà văn hóa thôn Thượng."),
        (at(1, 21), "Buổi tới: thứ Năm 03/12 lúc 19:00, Nhà văn hóa thôn Đoài."),
        (at(1, 8), "Buổi tới: hôm nay lúc 19:00, Nhà văn hóa thôn Thượng."),
        (at(2, 23), "Buổi tới: ngày mai lúc 19:00, Nhà văn hóa thôn Đoài."),
        (at(3, 21), ""),
    ],
)
def test_one_sentence_says_what_is_open_or_comes_next(now: datetime, words: str) -> None:
    session(date=date(2026, 12, 1))
    session(date=date(2026, 12, 2), is_cancelled=True, reason="Bão")
    session(date=date(2026, 12, 3), place=Place.objects.get(key="nha-van-hoa-doai"))
    assert sentence(now=now) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Open until 21:00"), ("ar", "مفتوح حتى 21:00"), ("vi", "Đang mở đến 21:00")],
)
def test_the_sentence_is_said_in_the_readers_language(language: str, words: str) -> None:
    session(date=date(2026, 12, 1))
    with override(language):
        assert sentence(now=at(1, 20)).startswith(words)


def test_the_next_session_is_the_one_of_the_chosen_hamlet() -> None:
    session(date=date(2026, 12, 1))
    session(date=date(2026, 12, 3), place=Place.objects.get(key="nha-van-hoa-doai"))
    assert "thôn Đoài" in sentence("doai")
    assert "thôn Thượng" in sentence("bai")


def test_a_hamlet_without_sessions_is_told_so_and_shown_the_others(client: Client) -> None:
    session(date=timezone.localdate() + timedelta(days=2))
    page = client.get("/buoi-ho-tro/?thon=bai").content.decode()
    assert "Thôn Bai chưa có buổi nào." in page
    assert "Nhà văn hóa thôn Thượng" in page
    for asked in ("khong-co", "%00", "a" * 400, "x'--"):
        assert "chưa có buổi nào" not in client.get(f"/buoi-ho-tro/?thon={asked}").content.decode()


def test_a_session_has_a_page_of_its_own_with_all_that_one_asks(client: Client) -> None:
    there = session(
        date=timezone.localdate() + timedelta(days=2),
        audience="Ông bà",
        equipment="4 máy",
        partners="Đoàn thanh niên",
        leader=Official.objects.get(key="minh"),
    )
    page = client.get(f"/buoi-ho-tro/{there.pk}/").content.decode()
    for words in (
        "Lớp buổi tối",
        "Ông bà",
        "4 máy",
        "Đoàn thanh niên",
        "Bùi Quang Minh, Công chức",
        "nhà vệ sinh",
    ):
        assert words in page, words
    assert f'href="/buoi-ho-tro/{there.pk}.ics"' in page
    for prefix in ("/en", "/ar"):
        assert client.get(f"{prefix}/buoi-ho-tro/{there.pk}/").status_code == 200


def test_a_leader_out_of_office_by_that_day_is_not_announced(client: Client) -> None:
    day = timezone.localdate() + timedelta(days=2)
    Official.objects.filter(key="minh").update(until=day - timedelta(days=1))
    there = session(date=day, leader=Official.objects.get(key="minh"))
    assert "Bùi Quang Minh" not in client.get(f"/buoi-ho-tro/{there.pk}/").content.decode()


def test_the_page_of_a_session_that_is_over_says_so_and_names_the_next(client: Client) -> None:
    over = session(date=timezone.localdate() - timedelta(days=1))
    session(date=timezone.localdate() + timedelta(days=3), place=Place.objects.get(key="nha-van-hoa-doai"))
    page = strip_tags(client.get(f"/buoi-ho-tro/{over.pk}/").content.decode())
    assert "Buổi này đã qua." in page
    assert "Buổi tới:" in page


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 40, "00", "-1", "1.5"])
def test_the_page_of_no_session_is_not_found(client: Client, number: str) -> None:
    for address in (f"/buoi-ho-tro/{number}/", f"/buoi-ho-tro/{number}.ics"):
        assert client.get(address).status_code == 404


def test_more_sessions_do_not_cost_more_statements(client: Client) -> None:
    today = timezone.localdate()
    moved = session(
        date=today + timedelta(days=1), is_cancelled=True, reason="Bão", moved_to=today + timedelta(days=2)
    )
    stand_in(moved)

    def costs() -> list[int]:
        return [
            _statements(client, path)
            for path in ("/", "/buoi-ho-tro/", f"/buoi-ho-tro/{moved.pk}/", "/buoi-ho-tro.ics")
        ]

    costs()
    few = costs()
    assert max(few[1:]) <= 6
    for number in range(12):
        off = session(
            date=today + timedelta(days=3 + number),
            is_cancelled=True,
            reason="Bão",
            moved_to=today + timedelta(days=4 + number),
        )
        stand_in(off)
    assert costs() == few


def _statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_search_leads_to_the_page_of_the_session() -> None:
    there = session(title="Làm giấy tờ qua mạng", date=date(2026, 11, 26))
    hit = next(hit for hit in find("lam giay to qua mang", now=MONDAY) if hit.kind == "session")
    assert hit.url == f"/buoi-ho-tro/{there.pk}/"


def test_the_facts_of_a_session_say_when_where_and_in_what_state() -> None:
    there = session(title="Làm giấy tờ")
    facts = session_facts(Session.objects.get())
    assert facts.starts == datetime(2026, 12, 1, 19, tzinfo=VIETNAM)
    assert (facts.name, facts.status, facts.place) == ("Làm giấy tờ", "scheduled", "Nhà văn hóa thôn Thượng")
    assert facts.url == f"http://testserver/buoi-ho-tro/{there.pk}/"
    there.starts = time(20)
    there.save()
    assert session_facts(there).status == "changed"
    assert session_facts(there).announced_starts.hour == 19
    there.is_cancelled, there.reason, there.moved_to = True, "Bão", date(2026, 12, 2)
    there.save()
    instead = stand_in(there)
    facts = session_facts(Session.objects.get(pk=there.pk))
    assert facts.status == "moved"
    assert facts.moved_to_url == f"http://testserver/buoi-ho-tro/{instead.pk}/"
    instead.is_cancelled, instead.reason = True, "Vẫn bão"
    instead.save()
    assert session_facts(Session.objects.get(pk=there.pk)).moved_to_url == ""
