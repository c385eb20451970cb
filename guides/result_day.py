"""“Hand it in now: when do I get it?”, from a guide's times and the hours of the counter that takes it.

- Days to come count on the administration's working days, Monday to Friday and make-up days, whatever the hours of
  the counter: one that also opens on Saturday morning takes papers then, but a term of working days does not run on
  it; one that is closed on the last day gives the result at its next opening.
- A term in days or months that ends on a day off ends on the next working day (Civil Code 91/2015/QH13, art. 148).
- Days off inside a term in days or months count like others; only those that push its end are told as skipped.
- Without a stated time or without known hours there is no answer, rather than a guess.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from gandan.workdays import OFFICE_HOURS, working_calendar
from gandan.worktime import VIETNAM, Calendar
from guides.facts import usual_way
from guides.models.choices import TimeUnit
from guides.terms import Term, Time, time_for
from guides.wording import cut_off_of
from home.hours import weekly

LONGEST = {  # beyond about a year the holidays that decide are not announced yet
    TimeUnit.HOUR: 250 * 8,
    TimeUnit.DAY: 365,
    TimeUnit.WORKING_DAY: 250,
    TimeUnit.MONTH: 12,
}


@dataclass(frozen=True)
class ResultDay:
    """`at` is the hour of the result, the closing hour of that day unless the term is counted in hours.

    `received` is the day the term is counted from, itself not counted; `ready` the day it ends, before `due` where
    the counter is closed on it; `skipped` are the days off between that did not count, with the name of the
    holiday or "".
    """

    ready: date
    due: date
    at: time
    received: date
    counted_from: datetime
    is_after_cut_off: bool
    skipped: list[tuple[date, str]]

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.due, self.at, VIETNAM)


@dataclass(frozen=True)
class Promise:
    """What is told now: the result of papers handed in next, and of those that come after the cut-off hour."""

    now: datetime
    first: ResultDay
    cut_off: time | None
    later: ResultDay | None

    @property
    def is_open_today(self) -> bool:
        return self.first.counted_from.date() == self.now.date()

    @property
    def is_open_now(self) -> bool:
        return self.first.counted_from <= self.now


def result_day(
    terms: list[Term], calendar: Calendar, moment: datetime, channel: str = "", situation: str = ""
) -> ResultDay | None:
    """The day for papers handed in at `moment`; None when no term states a time that can be counted."""
    term_time = time_for(terms, channel, situation)
    if not can_be_counted(term_time):
        return None
    opening = calendar.next_open(moment)
    received = calendar.received_on(moment, cut_off_of(term_time))
    ready, due, at = _due(term_time, calendar, opening, received)
    return ResultDay(
        ready=ready,
        due=due,
        at=at,
        received=received,
        counted_from=opening,
        is_after_cut_off=received != opening.date(),
        skipped=_skipped(term_time, calendar, opening.date(), received, ready),
    )


def promise(
    sheet: dict[str, Any], calendar: Calendar | None, now: datetime, situation: str = ""
) -> Promise | None:
    """What the guide's slip promises for the usual way, in the situation or in none."""
    if calendar is None:
        return None
    terms, way = sheet.get("terms", []), usual_way(sheet)
    first = result_day(terms, calendar, now, way, situation)
    if first is None:
        return None
    cut_off = cut_off_of(time_for(terms, way, situation))
    if cut_off is None or first.is_after_cut_off:
        return Promise(now.astimezone(VIETNAM), first, None, None)
    late = result_day(terms, calendar, datetime.combine(first.received, cut_off, VIETNAM), way, situation)
    return Promise(now.astimezone(VIETNAM), first, cut_off, late)


def calendar_of(sheet: dict[str, Any], today: date) -> Calendar | None:
    """The working calendar of the counter, else of the official or unit in charge; None when no hours are known.

    One statement, for the editors' exceptions.
    """
    hours = counter_hours(sheet)
    return working_calendar(weekly(hours), around=today) if hours else None


def counter_hours(sheet: dict[str, Any]) -> dict[str, str]:
    """Hours of the place that takes the papers, as stored; {} when nobody entered any."""
    named = [sheet.get("where"), sheet.get("official"), sheet.get("unit")]
    return next((thing["hours"] for thing in named if thing and thing.get("hours")), {})


def can_be_counted(term_time: Time) -> bool:
    value, longest = term_time["value"], LONGEST.get(TimeUnit(term_time["unit"]))
    return value is not None and longest is not None and value <= longest


def _due(term_time: Time, calendar: Calendar, opening: datetime, received: date) -> tuple[date, date, time]:
    """The day the term ends, the day the counter gives the result, and its hour."""
    if term_time["unit"] == TimeUnit.HOUR:
        start = opening if received == opening.date() else datetime.combine(received, time.min, VIETNAM)
        moment = calendar.add_hours(start, term_time["value"] or 0)
        return moment.date(), moment.date(), moment.time()
    ready = _ready(term_time, calendar, received)
    due = ready if calendar.is_working_day(ready) else calendar.add_working_days(ready, 1)
    return ready, due, calendar.spans(due)[-1][1]


def _ready(term_time: Time, calendar: Calendar, received: date) -> date:
    value, counting = term_time["value"] or 0, _administration(calendar)
    if value == 0:
        return received
    if term_time["unit"] == TimeUnit.WORKING_DAY:
        return counting.add_working_days(received, value)
    last = _last_day(term_time, received)
    return last if counting.is_working_day(last) else counting.add_working_days(last, 1)


def _last_day(term_time: Time, received: date) -> date:
    """The day a term in days or months ends on, day off or not."""
    value = term_time["value"] or 0
    if term_time["unit"] == TimeUnit.MONTH:
        return _months_after(received, value)
    return received + timedelta(days=value)


def _skipped(
    term_time: Time, calendar: Calendar, opened: date, received: date, ready: date
) -> list[tuple[date, str]]:
    found = _administration(calendar).skipped_days(opened, ready)
    if term_time["unit"] in {TimeUnit.DAY, TimeUnit.MONTH}:
        last = _last_day(term_time, received)
        found = [(day, reason) for day, reason in found if day <= received or day >= last]
    return [(day, reason or "") for day, reason in found]


def _administration(calendar: Calendar) -> Calendar:
    """The days on which a term of working days runs: Monday to Friday and make-up days, less the days off."""
    return replace(calendar, weekly=OFFICE_HOURS)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
