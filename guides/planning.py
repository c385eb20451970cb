"""Sessions of a series, planned some weeks ahead. A holiday is skipped or moved in the open: the day it was meant for
stays listed as cancelled, with the name of the holiday and, when moved, the new day.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from gandan.workdays import english_holiday, working_calendar
from gandan.worktime import Calendar
from guides.models import Session, SessionSeries
from guides.moving import stand_in

AHEAD = timedelta(weeks=8)
LONGEST_MOVE = timedelta(days=14)  # longer than any run of holidays
EVERY_DAY = timedelta(days=1)


def plan_ahead(now: datetime) -> int:
    """The worker's job: plan every series for the coming weeks; how many sessions were added."""
    today = localdate(now)
    calendar = working_calendar(around=today)
    running = SessionSeries.objects.filter(first_day__lte=today + AHEAD, last_day__gte=today)
    return sum(len(plan(series, calendar, today, today + AHEAD)) for series in running)


def plan_series(series: SessionSeries, now: datetime) -> list[Session]:
    """The same for one series, as soon as a clerk has saved it."""
    today = localdate(now)
    return plan(series, working_calendar(around=today), today, today + AHEAD)


def plan(series: SessionSeries, calendar: Calendar, first: date, last: date) -> list[Session]:
    """Add what is missing from `first` to `last`, both included; a day once planned is never planned again,
    whatever an editor made of it. Returns the sessions added that take place.

    A day that became a holiday after it was planned is skipped or moved too, unless somebody changed that session.
    """
    planned = {session.planned_for: session for session in series.sessions.exclude(planned_for=None)}
    added = []
    for day in _days_of(series, first, last):
        session = planned.get(day)
        if session is None or _meets_a_new_holiday(session, calendar):
            added += _plan_day(series, calendar, day, session)
    return added


def _days_of(series: SessionSeries, first: date, last: date) -> Iterator[date]:
    day, end = max(first, series.first_day), min(last, series.last_day)
    while day <= end:
        if series.takes_place_on(day):
            yield day
        day += EVERY_DAY


def _meets_a_new_holiday(session: Session, calendar: Calendar) -> bool:
    as_planned = not session.is_edited and not session.is_cancelled and session.date == session.planned_for
    return as_planned and _is_holiday(calendar, session.date)


@transaction.atomic
def _plan_day(series: SessionSeries, calendar: Calendar, day: date, session: Session | None) -> list[Session]:
    planned = session or Session(series=series, date=day, planned_for=day, **series.shared())
    is_off = _is_holiday(calendar, day)
    if is_off:
        planned.is_cancelled, planned.reason = True, _reason(calendar, day)
        planned.moved_to = _moved(series, calendar, day)
    planned.save()
    if session is None:
        planned.lessons.set(series.lessons.all())
    instead = stand_in(planned)
    return [each for each in (None if is_off else planned, instead) if each]


def _is_holiday(calendar: Calendar, day: date) -> bool:
    return day in calendar.off and day not in calendar.working


def _moved(series: SessionSeries, calendar: Calendar, day: date) -> date | None:
    """The next day that is no holiday, no day of the series and not taken by another session of it; None when
    the series skips holidays or within a fortnight there is none.
    """
    if series.on_holiday != SessionSeries.OnHoliday.MOVE:
        return None
    last = day + LONGEST_MOVE
    taken = set(
        series.sessions.filter(is_cancelled=False, date__range=(day, last)).values_list("date", flat=True)
    )
    new_day = day + EVERY_DAY
    while new_day <= last:
        is_own = new_day.weekday() in series.weekday_numbers or new_day in taken
        if not is_own and not _is_holiday(calendar, new_day):
            return new_day
        new_day += EVERY_DAY
    return None


def _reason(calendar: Calendar, day: date) -> str:
    """In the commune's own language, since it is kept and may be edited. A day off the commune set itself is no
    public holiday.
    """
    name = calendar.off.get(day, "")
    with override(settings.LANGUAGE_CODE):
        if not name:
            return _("Public holiday")
        words = _("Public holiday: %(holiday)s") if english_holiday(day, name) else _("Day off: %(holiday)s")
        return words % {"holiday": name}
