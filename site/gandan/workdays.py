"""The commune's working calendar: Vietnamese holidays from the `holidays` library, then `WorkDay` rows, which win.

The library misses official swaps that are decided late, such as Friday 02/01/2026 for Saturday 10/01/2026.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache

import holidays

from gandan.models import WorkDay
from gandan.worktime import Calendar, Span

WeeklyHours = Mapping[int, tuple[Span, ...]]

OFFICE_HOURS: WeeklyHours = {
    weekday: ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))) for weekday in range(5)
}
MORNING_ENDS = time(12, 0)
YEARS_BEFORE, YEARS_AFTER = 3, 3


def english_holiday(day: date, name: str) -> str:
    """The library's English name of a holiday it knows by this Vietnamese name; empty for an editor's own note."""
    off, _working = _public_holidays(day.year)
    return _english_holidays(day.year).get(day, "") if off.get(day) == name else ""


@lru_cache(maxsize=8)
def _english_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="en_US").items())


@lru_cache(maxsize=8)
def _public_holidays(year: int) -> tuple[dict[date, str], dict[date, str]]:
    """Days off with their Vietnamese names, and weekend days worked instead, around a year."""
    years = range(year - YEARS_BEFORE, year + YEARS_AFTER + 1)
    known = holidays.country_holidays("VN", years=years, language="vi")
    working = {day: "" for day in known.weekend_workdays if day.year in years}
    return dict(known.items()), working


def working_calendar(
    weekly: WeeklyHours | None = None, *, around: date, exceptions: Iterable[WorkDay] | None = None
) -> Calendar:
    """The calendar of a unit or counter; office hours when it has none of its own.

    One query for the editor's exceptions unless they are handed in. Holidays are known three years either way.
    """
    rows = list(WorkDay.objects.all() if exceptions is None else exceptions)
    off, working = _public_holidays(around.year)
    return Calendar(weekly=dict(weekly or OFFICE_HOURS), off=off, working=working).with_exceptions(
        off={row.date: row.note for row in rows if row.kind == WorkDay.Kind.OFF},
        working={row.date: row.note for row in rows if row.kind == WorkDay.Kind.WORKING},
        half={row.date: MORNING_ENDS for row in rows if row.kind == WorkDay.Kind.HALF},
    )
