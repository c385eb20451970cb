"""One sentence for whoever wants to go now: what is open, else what comes next, the reader's own hamlet first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from guides.promise_words import day_in_words
from guides.session_facts import session_path
from home.hours import read_clock


@dataclass(frozen=True)
class Sentence:
    text: SafeString
    url: str
    is_open: bool


def is_to_come(session: Any, here: datetime) -> bool:
    """Not over yet; cancelled ones count until the hour they would have ended."""
    return bool(session.date > here.date() or (session.date == here.date() and session.ends > here.time()))


def open_or_next(sessions: Iterable[Any], hamlet: str, now: datetime) -> Sentence | None:
    """`sessions` in order of time; `hamlet` is the key of an area, "" for none. None when nothing is to come."""
    here = localtime(now)
    coming = [each for each in sessions if not each.is_cancelled and is_to_come(each, here)]
    near = [each for each in coming if hamlet and each.hamlet and each.hamlet.key == hamlet]
    found = next(iter(near or coming), None)
    return _sentence(found, here) if found else None


def _sentence(session: Any, here: datetime) -> Sentence:
    is_open = session.date == here.date() and session.starts <= here.time()
    words = {
        "until": _clock(session.ends),
        "hour": _clock(session.starts),
        "day": _day(session.date, here.date()),
        "place": format_html("<bdi>{}</bdi>", session.place.local_name),
    }
    form = _("Open until {until} at {place}.") if is_open else _("Next session: {day} at {hour}, {place}.")
    return Sentence(format_html(form, **words), session_path(session.pk), is_open)


def _clock(moment: Any) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', read_clock(moment))


def _day(day: date, today: date) -> SafeString | str:
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return day_in_words(day)
