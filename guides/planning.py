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

from gandan.workdays import working_calendar
from gandan.worktime import Calendar
from guides.models import Session, SessionSeries
from guides.models.sessions import WEEKDAYS

AHEAD = timedelta(weeks=8)
LONGEST_MOVE = timedelta(days=14)  # longer than any run of holidays
EVERY_DAY = timedelta(days=1)


def plan_ahead(now: datetime) -> int:
    """The worker's job: plan every series for the coming weeks; how many sessions were added."""
    today = localdate(now)
    calendar = working_calendar(around=today)
    running = SessionSeries.objects.filter(first_day__lte=today + AHEAD, last_day__gte=today)
    return sum(len(plan(series, calendar, today, today + AHEAD)) for series in running)


def plan(series: SessionSeries, calendar: Calendar, first: date, last: date) -> list[Session]:
    """Add what is missing from `first` to `last`, both included; a day once planned is never planned again,
    whatever an editor made of it. Returns the sessions added that take place.
    """
    planned = set(series.sessions.exclude(planned_for=None).values_list("planned_for", flat=True))
    added = []
    for day in _days_of(series, first, last):
        if day not in planned:
            added += _plan_day(series, calendar, day)
    return added


def _days_of(series: SessionSeries, first: date, last: date) -> Iterator[date]:
    wanted = _weekdays(series)
    day, end = max(first, series.first_day), min(last, series.last_day)
    while day <= end:
        if day.weekday() in wanted:
            yield day
        day += EVERY_DAY


def _weekdays(series: SessionSeries) -> set[int]:
    return {number for number, (key, _label) in enumerate(WEEKDAYS) if key in series.weekdays}


@transaction.atomic
def _plan_day(series: SessionSeries, calendar: Calendar, day: date) -> list[Session]:
    if not _is_holiday(calendar, day):
        return [_session(series, day, planned_for=day)]
    new_day = _moved(series, calendar, day) if series.on_holiday == SessionSeries.OnHoliday.MOVE else None
    _session(series, day, planned_for=day, is_cancelled=True, reason=_reason(calendar, day), moved_to=new_day)
    return [_session(series, new_day)] if new_day else []


def _is_holiday(calendar: Calendar, day: date) -> bool:
    return day in calendar.off and day not in calendar.working


def _moved(series: SessionSeries, calendar: Calendar, day: date) -> date | None:
    """The next day that is no holiday and no day of the series itself; None within a fortnight without one."""
    taken, new_day = _weekdays(series), day + EVERY_DAY
    while new_day <= day + LONGEST_MOVE:
        if new_day.weekday() not in taken and not _is_holiday(calendar, new_day):
            return new_day
        new_day += EVERY_DAY
    return None


def _reason(calendar: Calendar, day: date) -> str:
    """In the commune's own language, since it is kept and may be edited."""
    holiday = calendar.off.get(day)
    with override(settings.LANGUAGE_CODE):
        return _("Public holiday: %(holiday)s") % {"holiday": holiday} if holiday else _("Public holiday")


def _session(series: SessionSeries, day: date, **more: object) -> Session:
    return Session.objects.create(
        series=series,
        title=series.title,
        place_id=series.place_id,
        date=day,
        starts=series.starts,
        ends=series.ends,
        equipment=series.equipment,
        needs=series.needs,
        **more,
    )
