"""The coming help sessions as the public page and the calendar file show them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from gandan.worktime import VIETNAM
from guides.promise_words import weekday_in_words
from home.hours import read_clock
from home.models.places import FACILITIES

KEPT = timedelta(
    days=30
)  # a calendar keeps what just passed, so that a cancelled evening does not look forgotten
# What decides whether someone can come or needs to bring something; the rest stands with the place itself.
ICONS = {"wifi": "wifi", "glasses": "glasses", "toilet": "toilet", "ramp": "tick", "chargers": "tick"}


@dataclass(frozen=True)
class SessionShown:
    """The arguments of components/session_slip.html; `anchor` is the address of the slip on the page."""

    anchor: str
    weekday: str
    day: str
    month: str
    iso: str
    title: str
    time: str
    place: str
    note: str
    facilities: list[dict[str, str]]
    missing: str
    cancelled: str
    lessons: list[Any]


def sessions_context(page: Any, asked: str, now: datetime) -> dict[str, Any]:
    """`asked` is the key of a hamlet, from `?thon=`; an unknown one shows every hamlet."""
    coming = [session for session in _sessions(now) if _is_to_come(session, localtime(now))]
    areas = {session.place.area.key: session.place.area for session in coming if session.place.area}
    kept = [session for session in coming if asked not in areas or _area_key(session) == asked]
    return {
        "sessions": [_shown(session) for session in kept],
        "area_tabs": _tabs(areas, asked),
        "area": asked if asked in areas else "",
    }


def calendar_file(name: str, asked: str, now: datetime) -> bytes:
    """iCalendar; a cancelled evening stays in it as cancelled, under the UID it always had."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gan Dan//Help sessions//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for session in _sessions(now - KEPT):
        if not asked or _area_key(session) == asked:
            calendar.add_component(_event(session, now))
    return bytes(calendar.to_ical())


def _sessions(now: datetime) -> QuerySet[Any]:
    found = apps.get_model("guides", "Session").objects.filter(date__gte=localtime(now).date())
    return found.select_related("place__area").prefetch_related("lessons")


def _is_to_come(session: Any, here: datetime) -> bool:
    return bool(session.date > here.date() or session.ends > here.time())


def _area_key(session: Any) -> str:
    return session.place.area.key if session.place.area else ""


def _tabs(areas: dict[str, Any], asked: str) -> list[dict[str, Any]]:
    if len(areas) < 2:
        return []
    ordered = sorted(areas.values(), key=lambda area: (area.order, area.pk))
    everywhere = {"title": _("Every hamlet"), "url": "?", "count": None, "current": asked not in areas}
    return [
        everywhere,
        *(
            {
                "title": area.local_name,
                "url": f"?thon={area.key}",
                "count": None,
                "current": area.key == asked,
            }
            for area in ordered
        ),
    ]


def _shown(session: Any) -> SessionShown:
    month = date_format(session.date, "F")
    return SessionShown(
        anchor=f"buoi-{session.pk}",
        weekday=weekday_in_words(session.date),
        day=f"{session.date:%d}",
        month=month.lower() if get_language() == "vi" else month,
        iso=session.date.isoformat(),
        title=session.title,
        time=f"{read_clock(session.starts)}–{read_clock(session.ends)}",
        place=session.place.local_name,
        note="" if session.is_cancelled else session.equipment,
        facilities=[] if session.is_cancelled else _facilities(session.place.facilities),
        missing="" if session.is_cancelled else session.needs,
        cancelled=_why(session) if session.is_cancelled else "",
        lessons=[] if session.is_cancelled else [lesson for lesson in session.lessons.all() if lesson.live],
    )


def _facilities(keys: list[str]) -> list[dict[str, str]]:
    return [
        {"icon": ICONS[key], "text": str(label)} for key, label in FACILITIES if key in ICONS and key in keys
    ]


def _why(session: Any) -> str:
    reason = f"{session.reason.rstrip('.')}." if session.reason else _("Cancelled.")
    if session.moved_to is None:
        return reason
    day = f"{weekday_in_words(session.moved_to)} {session.moved_to:%d/%m}"
    return f"{reason} " + _("Moved to %(day)s, same hour, same place.") % {"day": day}


def _event(session: Any, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"buoi-{session.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", _utc(localtime(now).date(), time.min))
    event.add("dtstart", _utc(session.date, session.starts))
    event.add("dtend", _utc(session.date, session.ends))
    event.add("summary", session.title)
    event.add("location", ", ".join(filter(None, [session.place.local_name, session.place.local_address])))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("description", _why(session) if session.is_cancelled else session.equipment)
    return event


def _utc(day: date, clock: time) -> datetime:
    """Việt Nam has no summer time, so UTC spares the file a table of time zones."""
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)
