"""Series and sessions for the tests: Tuesday and Thursday evenings at the culture house of Thượng."""

from datetime import date, datetime, time
from typing import Any

from gandan.workdays import working_calendar
from gandan.worktime import VIETNAM
from guides.models import Session, SessionSeries
from guides.planning import plan
from home.models import Place

MONDAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)


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


def session(**fields: Any) -> Session:
    usual = {
        "title": "Cài VNeID",
        "place": Place.objects.get(key="nha-van-hoa-thuong"),
        "date": date(2026, 12, 1),
        "starts": time(19),
        "ends": time(21),
    }
    return Session.objects.create(**{**usual, **fields})


def days(**wanted: Any) -> list[date]:
    return list(Session.objects.filter(**wanted).values_list("date", flat=True))


def plan_all(of: SessionSeries) -> None:
    plan(of, working_calendar(around=of.first_day), of.first_day, of.last_day)
