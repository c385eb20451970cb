"""The day of the result against a model that walks day by day and hour by hour, for any day of 2025 to 2028."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.workdays import working_calendar
from gandan.worktime import VIETNAM, Calendar
from guides.result_day import result_day
from home.hours import weekly
from tests.unit.test_result_day import OFFICE, POLICE, term

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
TWO_MORNINGS = {"1": "07:30-11:30", "3": "07:30-11:30"}
LIBRARY = working_calendar(weekly(OFFICE), around=date(2026, 6, 1), exceptions=[])
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

days = st.dates(FIRST, LAST)
moments = st.builds(
    lambda day, minutes: datetime.combine(day, time(), VIETNAM) + minutes * MINUTE, days, st.integers(0, 1439)
)
calendars = st.builds(
    lambda hours, off, working, half: Calendar(
        weekly=weekly(hours), off=LIBRARY.off, working=LIBRARY.working
    ).with_exceptions(
        off=dict.fromkeys(off, "Nghỉ"), working=dict.fromkeys(working, ""), half=dict.fromkeys(half, time(12))
    ),
    st.sampled_from([OFFICE, POLICE, TWO_MORNINGS]),
    st.sets(days, max_size=40),
    st.sets(days, max_size=10),
    st.sets(days, max_size=10),
)
cut_offs = st.sampled_from(["", "09:00", "15:00"])


def is_day_of_the_administration(calendar: Calendar, day: date) -> bool:
    if day in calendar.working:
        return True
    return day.weekday() < 5 and day not in calendar.off


def after(day: date) -> Iterator[date]:
    while True:
        day += DAY
        yield day


def first_open_day(calendar: Calendar, day: date) -> date:
    return day if calendar.spans(day) else next(later for later in after(day) if calendar.spans(later))


def taken_in(calendar: Calendar, moment: datetime) -> datetime:
    """The moment itself, or the next at which the doors open, found by looking at every span of every day."""
    day = moment.date()
    while True:
        for opens, closes in calendar.spans(day):
            if moment < datetime.combine(day, closes, VIETNAM):
                return max(moment, datetime.combine(day, opens, VIETNAM))
        day += DAY


def day_zero(calendar: Calendar, opening: datetime, cut_off: str) -> date:
    if cut_off and opening.time() >= time.fromisoformat(cut_off):
        return next(day for day in after(opening.date()) if calendar.spans(day))
    return opening.date()


def naive_due(calendar: Calendar, received: date, value: int, unit: str) -> date:
    if value == 0:
        return received
    if unit == "day":
        ready = received + value * DAY
        while not is_day_of_the_administration(calendar, ready):
            ready += DAY
    else:
        ready, left = received, value
        while left:
            ready += DAY
            left -= is_day_of_the_administration(calendar, ready)
    return first_open_day(calendar, ready)


@settings(max_examples=300, deadline=None)
@given(calendars, moments, st.integers(0, 40), st.sampled_from(["day", "working_day"]), cut_offs)
def test_the_day_is_the_one_that_counting_on_the_fingers_gives(
    calendar: Calendar, moment: datetime, value: int, unit: str, cut_off: str
) -> None:
    found = result_day([term(value, unit, cut_off)], calendar, moment)
    assert found is not None
    opening = taken_in(calendar, moment)
    received = day_zero(calendar, opening, cut_off)
    assert (found.counted_from, found.received) == (opening, received)
    assert found.due == naive_due(calendar, received, value, unit)
    assert found.at == calendar.spans(found.due)[-1][1]


@settings(max_examples=200, deadline=None)
@given(calendars, moments, st.integers(1, 30), st.sampled_from(["day", "working_day"]), cut_offs)
def test_every_day_said_to_be_skipped_is_off_and_none_that_counted_is(
    calendar: Calendar, moment: datetime, value: int, unit: str, cut_off: str
) -> None:
    found = result_day([term(value, unit, cut_off)], calendar, moment)
    assert found is not None
    skipped = {day for day, _reason in found.skipped}
    assert not any(is_day_of_the_administration(calendar, day) for day in skipped)
    if unit == "working_day":
        between = [day for day in run(found.received, found.ready) if day.weekday() < 5]
        assert len(between) - len(skipped & set(between)) <= value
        missing = [day for day in between if not is_day_of_the_administration(calendar, day)]
        assert set(missing) <= skipped


def run(first: date, last: date) -> Iterator[date]:
    """The days after the first, the last included."""
    return (first + n * DAY for n in range(1, (last - first).days + 1))


@settings(max_examples=100, deadline=None)
@given(calendars, moments, st.integers(0, 30))
def test_a_term_in_hours_runs_only_while_the_doors_are_open(
    calendar: Calendar, moment: datetime, value: int
) -> None:
    found = result_day([term(value, "hour")], calendar, moment)
    assert found is not None
    assert open_minutes(calendar, moment, found.moment) == value * 60


def open_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    total = 0
    for day in (start.date(), *run(start.date(), end.date())):
        for opens, closes in calendar.spans(day):
            a = max(start, datetime.combine(day, opens, VIETNAM))
            b = min(end, datetime.combine(day, closes, VIETNAM))
            total += max(0, int((b - a) / MINUTE))
    return total


def test_the_model_itself_knows_the_holiday_of_24_november() -> None:
    calendar: Any = LIBRARY
    assert naive_due(calendar, date(2026, 11, 23), 1, "working_day") == date(2026, 11, 25)
