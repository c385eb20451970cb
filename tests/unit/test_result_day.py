"""When the result is there: counted in working time, with the days off between and why."""

from datetime import date, datetime, time
from typing import Any

import pytest

from gandan.models import WorkDay
from gandan.workdays import working_calendar
from gandan.worktime import VIETNAM, Calendar
from guides.result_day import Promise, calendar_of, promise, result_day
from home.hours import weekly

OFFICE = {str(day): "07:30-11:30, 13:30-17:00" for day in range(5)}
POLICE = {**OFFICE, "5": "07:30-11:30"}


def term(value: int | None, unit: str = "working_day", cut_off: str = "", **where: str) -> dict[str, Any]:
    stated = {"value": value, "unit": unit, "cut_off": cut_off, "note": ""}
    fee = {"state": "unknown", "amount": None, "note": "", "exemptions": ""}
    return {"channel": "", "situation": "", **where, "time": stated, "fee": fee}


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def calendar(hours: dict[str, str] = OFFICE) -> Calendar:
    return working_calendar(weekly(hours), around=date(2026, 11, 23), exceptions=[])


def due(terms: list[dict[str, Any]], moment: datetime, hours: dict[str, str] = OFFICE) -> datetime | None:
    found = result_day(terms, calendar(hours), moment)
    return found.moment if found else None


@pytest.mark.parametrize(
    ("value", "unit", "handed_in", "result"),
    [
        (0, "working_day", at(23, 9), at(23, 17)),
        (0, "hour", at(23, 9), at(23, 9)),
        (1, "working_day", at(23, 9), at(25, 17)),  # 24/11 is Vietnam Culture Day
        (3, "working_day", at(23, 9), at(27, 17)),
        (4, "hour", at(23, 9), at(23, 15)),  # two hours before lunch, two after it
        (7, "day", at(23, 9), at(30, 17)),
        (5, "day", at(23, 9), at(30, 17)),  # the fifth day is a Saturday
        (1, "month", at(23, 9), at(23, 17, month=12)),
        (0, "working_day", at(21, 9), at(23, 17)),  # a Saturday: received on Monday
        (1, "working_day", at(20, 18), at(25, 17)),  # Friday evening: received on Monday
    ],
)
def test_the_result_is_there_on_the_day_that_is_counted(
    value: int, unit: str, handed_in: datetime, result: datetime
) -> None:
    assert due([term(value, unit)], handed_in) == result


def test_papers_handed_in_after_the_cut_off_hour_count_from_the_next_working_day() -> None:
    found = result_day([term(0, cut_off="15:00")], calendar(), at(23, 15))
    assert found is not None
    assert found.is_after_cut_off
    assert found.moment == at(25, 17)
    assert found.skipped == [(date(2026, 11, 24), "Ngày Văn hóa Việt Nam")]


def test_a_saturday_morning_takes_papers_but_is_no_working_day_of_the_term() -> None:
    assert due([term(0)], at(28, 9), POLICE) == at(28, 11, 30)
    assert due([term(1)], at(27, 9), POLICE) == at(30, 17)
    assert due([term(3)], at(28, 9), POLICE) == at(2, 17, month=12)


def test_a_month_from_the_last_day_of_january_ends_on_the_last_day_of_february() -> None:
    found = result_day([term(1, "month")], calendar(), datetime(2028, 1, 31, 9, tzinfo=VIETNAM))
    assert found is not None
    assert found.due == date(2028, 2, 29)


@pytest.mark.parametrize("unknown", [term(None), term(5, "other"), term(4000), term(900, "month")])
def test_a_time_that_cannot_be_counted_gives_no_day(unknown: dict[str, Any]) -> None:
    assert due([unknown], at(23, 9)) is None


def test_a_situation_with_its_own_time_has_its_own_day() -> None:
    terms = [term(0), term(3, situation="abroad")]
    found = result_day(terms, calendar(), at(23, 9), "counter", "abroad")
    assert found is not None
    assert found.due == date(2026, 11, 27)


def sheet(*terms: dict[str, Any], hours: dict[str, str] | None = OFFICE) -> dict[str, Any]:
    return {"terms": list(terms), "official": {"hours": hours} if hours else None, "channels": []}


def promised(kept: dict[str, Any], now: datetime) -> Promise | None:
    return promise(kept, calendar_of(kept, now.date()), now)


@pytest.mark.django_db
def test_the_slip_tells_both_sides_of_the_cut_off_hour() -> None:
    told = promised(sheet(term(0, cut_off="15:00")), at(23, 9))
    assert told is not None
    assert told.is_open_now
    assert told.cut_off == time(15)
    assert told.first.moment == at(23, 17)
    assert told.later is not None
    assert told.later.moment == at(25, 17)


@pytest.mark.django_db
def test_after_the_cut_off_hour_only_the_later_day_is_told() -> None:
    told = promised(sheet(term(0, cut_off="15:00")), at(23, 16))
    assert told is not None
    assert (told.first.moment, told.later) == (at(25, 17), None)


@pytest.mark.django_db
def test_on_sunday_the_slip_counts_from_monday_morning() -> None:
    told = promised(sheet(term(0, cut_off="15:00")), at(22, 20))
    assert told is not None
    assert not told.is_open_now
    assert not told.is_open_today
    assert told.first.counted_from == at(23, 7, 30)


@pytest.mark.django_db
def test_without_known_hours_nothing_is_promised() -> None:
    assert promised(sheet(term(0), hours=None), at(23, 9)) is None


@pytest.mark.django_db
def test_a_day_off_set_by_the_editor_moves_the_result_and_gives_its_reason() -> None:
    WorkDay.objects.create(date=date(2026, 11, 25), kind=WorkDay.Kind.OFF, note="Bầu cử")
    told = promised(sheet(term(1)), at(23, 9))
    assert told is not None
    assert told.first.due == date(2026, 11, 26)
    assert told.first.skipped[1] == (date(2026, 11, 25), "Bầu cử")
