"""Whether the commune's doors are open, in two sentences: now, and the next usual day that is closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.workdays import english_holiday, working_calendar
from gandan.worktime import VIETNAM, Calendar
from home.hours import read_clock, weekly

LOOK_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Opening:
    is_open: bool
    now: str
    coming: str


def opening(weekly_hours: dict[str, str] | None, now: datetime) -> Opening | None:
    """None for an office whose hours nobody has entered. One statement, for the working calendar's exceptions."""
    hours = weekly(weekly_hours)
    if not hours:
        return None
    return opening_in(working_calendar(hours, around=now.date()), now)


def opening_in(calendar: Calendar, now: datetime) -> Opening:
    here = now.astimezone(VIETNAM)
    closes = calendar.closes_at(here)
    sentence = _open(calendar, here, closes) if closes else _closed(calendar, here)
    return Opening(closes is not None, sentence, _coming_closure(calendar, here.date()))


def _open(calendar: Calendar, here: datetime, closes: datetime) -> str:
    again = calendar.next_open(closes)
    if again.date() == here.date():
        clocks = {"closes": read_clock(closes.time()), "opens": read_clock(again.time())}
        return _("Open now until %(closes)s, again from %(opens)s.") % clocks
    return _("Open now until %(closes)s.") % {"closes": read_clock(closes.time())}


def _closed(calendar: Calendar, here: datetime) -> str:
    opens = calendar.next_open(here)
    words = {"opens": read_clock(opens.time()), "day": _day(opens.date(), here.date())}
    if opens.date() == here.date():
        return _("Closed now. Opens today at %(opens)s.") % words
    if here.date() in calendar.off and not calendar.is_working_day(here.date()):
        words["reason"] = _reason(calendar, here.date())
        return _("Closed today: %(reason)s. Opens %(day)s at %(opens)s.") % words
    return _("Closed now. Opens %(day)s at %(opens)s.") % words


def _coming_closure(calendar: Calendar, today: date) -> str:
    usual = [
        day
        for day, _name in calendar.skipped_days(today, today + LOOK_AHEAD)
        if calendar.weekly.get(day.weekday())
    ]
    if not usual:
        return ""
    day = usual[0]
    words = {"day": capfirst(_day(day, today)), "reason": _reason(calendar, day)}
    return _("%(day)s: closed, %(reason)s.") % words


def _day(day: date, today: date) -> str:
    weekday = date_format(day, "l")
    words = {
        "weekday": weekday[:1].lower() + weekday[1:] if get_language() == "vi" else weekday,
        "date": f"{day:%d/%m}",
    }
    if day - today == timedelta(days=1):
        return _("tomorrow, %(weekday)s %(date)s") % words
    return _("on %(weekday)s %(date)s") % words


def _reason(calendar: Calendar, day: date) -> str:
    """Holidays have Vietnamese names, some of them English ones; an editor's note is Vietnamese."""
    name = calendar.off.get(day, "")
    if get_language() == "vi" and name:
        return name
    if get_language() == "en":
        return english_holiday(day, name) or _("public holiday")
    return _("public holiday")
