"""Help sessions: planned ahead, holidays skipped or moved in the open, one calendar file that keeps its UIDs."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from gandan.workdays import working_calendar
from gandan.worktime import VIETNAM
from guides.coming import calendar_file, sessions_context
from guides.models import Session, SessionSeries
from guides.planning import plan, plan_ahead
from home.models import Place
from tests.unit.guides_world import found_commune

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def commune() -> None:
    found_commune()


def series(**fields: Any) -> SessionSeries:
    usual = {
        "key": "toi-thu-ba",
        "title": "Cài VNeID",
        "place": Place.objects.get(key="nha-van-hoa-thuong"),
        "weekdays": ["tue", "thu"],
        "starts": time(19),
        "ends": time(21),
        "first_day": date(2026, 11, 23),
        "last_day": date(2026, 12, 6),
        "on_holiday": "move",
    }
    return SessionSeries.objects.create(**{**usual, **fields})


def days(**wanted: Any) -> list[date]:
    return list(Session.objects.filter(**wanted).values_list("date", flat=True))


def plan_all(of: SessionSeries) -> None:
    plan(of, working_calendar(around=of.first_day), of.first_day, of.last_day)


def test_a_holiday_moves_the_session_and_both_days_are_listed() -> None:
    plan_all(series())
    assert days(is_cancelled=True) == [date(2026, 11, 24)]
    assert days(is_cancelled=False) == [
        date(2026, 11, 25),
        date(2026, 11, 26),
        date(2026, 12, 1),
        date(2026, 12, 3),
    ]
    cancelled = Session.objects.get(is_cancelled=True)
    assert cancelled.moved_to == date(2026, 11, 25)
    assert "Ngày Văn hóa Việt Nam" in cancelled.reason


def test_a_session_never_moves_onto_another_day_of_its_series() -> None:
    plan_all(series(weekdays=["tue", "wed"]))
    assert Session.objects.get(is_cancelled=True).moved_to == date(2026, 11, 26)


def test_a_skipped_holiday_stays_listed_without_a_new_day() -> None:
    plan_all(series(on_holiday="skip"))
    assert Session.objects.get(is_cancelled=True).moved_to is None
    assert date(2026, 11, 25) not in days()


def test_planning_again_adds_nothing() -> None:
    evening = series()
    plan_all(evening)
    before = days()
    plan_all(evening)
    assert days() == before


def test_what_an_editor_moved_or_cancelled_is_not_planned_again() -> None:
    evening = series()
    plan_all(evening)
    moved = Session.objects.get(date=date(2026, 12, 1))
    moved.date, moved.reason = date(2026, 12, 2), "Mất điện"
    moved.save()
    plan_all(evening)
    assert date(2026, 12, 1) not in days()


def test_the_worker_plans_eight_weeks_ahead_and_no_further() -> None:
    series(last_day=date(2027, 6, 30))
    assert plan_ahead(MONDAY) > 0
    assert max(days()) <= date(2027, 1, 18)
    assert plan_ahead(MONDAY) == 0


def test_a_series_that_is_over_is_left_alone() -> None:
    series(first_day=date(2026, 10, 1), last_day=date(2026, 10, 30))
    assert plan_ahead(MONDAY) == 0


def test_a_cancelled_evening_says_why_and_when_instead() -> None:
    plan_all(series())
    with override("en"):
        shown = sessions_context(None, "", MONDAY)["sessions"]
    assert shown[0].cancelled.endswith("Moved to Wednesday 25/11, same hour, same place.")
    assert shown[1].cancelled == ""
    assert shown[1].time == "19:00–21:00"


def test_an_evening_that_is_over_is_not_offered_any_more() -> None:
    plan_all(series())
    late = datetime(2026, 11, 26, 21, 1, tzinfo=VIETNAM)
    assert sessions_context(None, "", late)["sessions"][0].iso == "2026-12-01"


def test_the_list_can_be_kept_to_one_hamlet() -> None:
    plan_all(series())
    plan_all(series(key="doai", place=Place.objects.get(key="nha-van-hoa-doai"), weekdays=["fri"]))
    only = sessions_context(None, "doai", MONDAY)
    assert {session.place for session in only["sessions"]} == {"Nhà văn hóa thôn Đoài"}
    assert len(only["area_tabs"]) == 3
    assert len(sessions_context(None, "khong-co", MONDAY)["sessions"]) > len(only["sessions"])


def test_the_calendar_file_keeps_uids_and_marks_the_cancelled_evening() -> None:
    plan_all(series())
    events = Calendar.from_ical(calendar_file("Buổi", "", MONDAY)).walk("VEVENT")
    by_day = {event.decoded("dtstart").astimezone(VIETNAM).date(): event for event in events}
    assert str(by_day[date(2026, 11, 24)]["status"]) == "CANCELLED"
    assert str(by_day[date(2026, 11, 25)]["status"]) == "CONFIRMED"
    assert by_day[date(2026, 11, 25)].decoded("dtstart") == datetime(2026, 11, 25, 19, tzinfo=VIETNAM)
    again = Calendar.from_ical(calendar_file("Buổi", "", MONDAY)).walk("VEVENT")
    assert [str(event["uid"]) for event in again] == [str(event["uid"]) for event in events]


def test_the_page_has_an_anchor_a_session_and_leads_to_the_calendar_file(client: Client) -> None:
    today = date.today()
    plan_all(series(first_day=today, last_day=date(today.year + 1, 12, 31), weekdays=["sat"]))
    page = client.get("/buoi-ho-tro/").content.decode()
    assert f'id="buoi-{Session.objects.filter(date__gt=today).first().pk}"' in page
    assert 'href="/buoi-ho-tro.ics"' in page
    for address in ("/buoi-ho-tro.ics", "/buoi-ho-tro/lich.ics?thon=thuong"):
        response = client.get(address)
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert b"BEGIN:VEVENT" in response.content
