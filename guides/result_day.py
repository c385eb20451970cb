"""“Hand it in now: when do I get it?”, from a guide's times and the hours of the counter that takes it.

- Days to come count on the administration's working days, Monday to Friday and make-up days: a counter that also
  opens on Saturday morning takes papers then, but a term of working days does not run on it.
- A term in days or months that ends on a day off ends on the next working day (Civil Code 91/2015/QH13, art. 148).
- Without a stated time or without known hours there is no answer, rather than a guess.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from gandan.workdays import working_calendar
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

    `received` is the day the term is counted from, itself not counted; `skipped` are the days off between, with
    the name of the holiday or "".
    """

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
    if not _can_be_counted(term_time):
        return None
    opening = calendar.next_open(moment)
    received = calendar.received_on(moment, cut_off_of(term_time))
    due, at = _due(term_time, calendar, opening, received)
    return ResultDay(
        due=due,
        at=at,
        received=received,
        counted_from=opening,
        is_after_cut_off=received != opening.date(),
        skipped=[(day, reason or "") for day, reason in calendar.skipped_days(opening.date(), due)],
    )


def promise(sheet: dict[str, Any], now: datetime) -> Promise | None:
    """What the guide's slip promises for the usual way, in no special situation."""
    calendar = calendar_of(sheet, now.astimezone(VIETNAM).date())
    if calendar is None:
        return None
    terms, way = sheet.get("terms", []), usual_way(sheet)
    first = result_day(terms, calendar, now, way)
    if first is None:
        return None
    cut_off = cut_off_of(time_for(terms, way))
    if cut_off is None or first.is_after_cut_off:
        return Promise(now.astimezone(VIETNAM), first, None, None)
    late = result_day(terms, calendar, datetime.combine(first.received, cut_off, VIETNAM), way)
    return Promise(now.astimezone(VIETNAM), first, cut_off, late)


def calendar_of(sheet: dict[str, Any], today: date) -> Calendar | None:
    """The working calendar of the official or unit in charge, one query; None when their hours are not known."""
    hours = (sheet.get("official") or {}).get("hours") or (sheet.get("unit") or {}).get("hours")
    return working_calendar(weekly(hours), around=today) if hours else None


def _can_be_counted(term_time: Time) -> bool:
    value, longest = term_time["value"], LONGEST.get(TimeUnit(term_time["unit"]))
    return value is not None and longest is not None and value <= longest


def _due(term_time: Time, calendar: Calendar, opening: datetime, received: date) -> tuple[date, time]:
    value, unit = term_time["value"] or 0, term_time["unit"]
    if unit == TimeUnit.HOUR:
        start = opening if received == opening.date() else datetime.combine(received, time.min, VIETNAM)
        moment = calendar.add_hours(start, value)
        return moment.date(), moment.time()
    counting = _weekdays_only(calendar)
    if unit == TimeUnit.WORKING_DAY:
        due = counting.add_working_days(received, value)
    else:
        last = _months_after(received, value) if unit == TimeUnit.MONTH else received + timedelta(days=value)
        due = last if counting.is_working_day(last) or value == 0 else counting.add_working_days(last, 1)
    return due, calendar.spans(due)[-1][1]


def _weekdays_only(calendar: Calendar) -> Calendar:
    weekdays = {day: spans for day, spans in calendar.weekly.items() if day < 5}
    return replace(calendar, weekly=weekdays) if weekdays else calendar


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
