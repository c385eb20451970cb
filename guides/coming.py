"""The coming help sessions as the public pages show them: by day, kept to one hamlet, and each by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from guides.helping.needs import still_needed
from guides.next_near import is_to_come, open_or_next
from guides.promise_words import weekday_in_words
from guides.session_facts import session_facts
from guides.session_words import SessionShown, facilities, foreign, leader_in_words, shown

SHOWN = timedelta(days=14)
ALL = "het"
AREA_KEY = re.compile(r"[a-zA-Z0-9_-]{1,40}")
JOINED = ("place__area", "area", "announced_place", "replacement__place")


@dataclass(frozen=True)
class Day:
    heading: SafeString
    iso: str
    sessions: list[SessionShown]


def sessions_from(day: date) -> QuerySet[Any]:
    """On that day or later, with all that a page or calendar file says of them, in one statement."""
    return apps.get_model("guides", "Session").objects.filter(date__gte=day).select_related(*JOINED)


def sessions_context(asked: str, now: datetime, weeks: str = "") -> dict[str, Any]:
    """`asked` is the key of a hamlet, from `?thon=`. One unknown, or without sessions, shows every hamlet.

    Two weeks are shown, more when `weeks` is ALL or nothing would be left.
    """
    here = localtime(now)
    coming = [session for session in sessions_from(here.date()) if is_to_come(session, here)]
    hamlets = {session.hamlet.key: session.hamlet for session in coming if session.hamlet}
    kept = [session for session in coming if asked not in hamlets or hamlet_key(session) == asked]
    near = kept if weeks == ALL else [row for row in kept if row.date <= here.date() + SHOWN] or kept
    return {
        "days": list(_by_day(near, here.date())),
        "later": len(kept) - len(near),
        "sentence": open_or_next(coming, asked, now),
        "area_tabs": _tabs(hamlets, asked),
        "area": asked if asked in hamlets else "",
        "without": _without(asked, hamlets),
    }


def hamlet_key(session: Any) -> str:
    return session.hamlet.key if session.hamlet else ""


def _by_day(sessions: list[Any], today: date) -> Iterable[Day]:
    needed = still_needed(sessions)
    for day, rows in groupby(sessions, key=lambda session: session.date):
        slips = [shown(session, needed.get(session.pk, [])) for session in rows]
        yield Day(_heading(day, today), day.isoformat(), slips)


def _heading(day: date, today: date) -> SafeString:
    words = {"weekday": date_format(day, "l"), "date": format_html('<bdi dir="ltr">{}</bdi>', f"{day:%d/%m}")}
    if day == today:
        return format_html(_("Today, {weekday} {date}"), **{**words, "weekday": weekday_in_words(day)})
    if day == today + timedelta(days=1):
        return format_html(_("Tomorrow, {weekday} {date}"), **{**words, "weekday": weekday_in_words(day)})
    return format_html("{weekday} {date}", **{**words, "weekday": capfirst(words["weekday"])})


def _without(asked: str, hamlets: dict[str, Any]) -> str:
    """The name of the asked hamlet when it is one of the commune and has no session to come."""
    if asked in hamlets or not AREA_KEY.fullmatch(asked):
        return ""
    area = apps.get_model("home", "Area").objects.filter(key=asked).first()
    return area.local_name if area else ""


def _tabs(hamlets: dict[str, Any], asked: str) -> list[dict[str, Any]]:
    if len(hamlets) < 2:
        return []
    ordered = sorted(hamlets.values(), key=lambda area: (area.order, area.pk))
    everywhere = {"title": _("Every hamlet"), "url": "?", "count": None, "current": asked not in hamlets}
    return [everywhere, *(_tab(area, asked) for area in ordered)]


def _tab(area: Any, asked: str) -> dict[str, Any]:
    return {"title": area.local_name, "url": f"?thon={area.key}", "count": None, "current": area.key == asked}


def session_context(number: int, now: datetime) -> dict[str, Any] | None:
    """The page of one session, past ones too: its address stands on paper. None when there is no such session."""
    here = localtime(now)
    found = apps.get_model("guides", "Session").objects.filter(pk=number)
    session = found.select_related(*JOINED, "leader", "replaces").first()
    if session is None:
        return None
    is_over = not is_to_come(session, here)
    near = sessions_from(here.date()) if is_over or session.is_cancelled else ()
    return {
        "session": session,
        "shown": shown(session, still_needed([session]).get(session.pk, [])),
        "facts": session_facts(session),
        "rows": fact_rows(session),
        "facilities": facilities(session.place.facilities),
        "how_it_works": how_it_works(session.kind),
        "lessons": [] if session.is_cancelled else list(session.lessons.filter(live=True)),
        "is_over": is_over,
        "sentence": open_or_next(near, hamlet_key(session), now),
    }


def fact_rows(session: Any) -> list[dict[str, str]]:
    """What the slip does not say: icon, label, answer, note and `language` where it is not the reader's."""
    facts = session_facts(session)
    rows = [
        _row("where", _("Where"), facts.place, facts.address),
        _row("house", _("Hamlet"), facts.hamlet),
        _row("elder", _("For whom"), session.audience, language=foreign()),
        _equipment(session),
        _row("official", _("Leader present"), leader_in_words(session)),
        _row("marriage", _("With"), session.partners, language=foreign()),
    ]
    return [row for row in rows if row["answer"]]


def _row(icon: str, label: str, answer: str, note: str = "", language: str = "") -> dict[str, str]:
    return {"icon": icon, "label": label, "answer": answer, "note": note, "language": language}


def _equipment(session: Any) -> dict[str, str]:
    """What the session brings along, else what the place has, which is written in every language."""
    if session.equipment:
        return _row("mobile", _("Equipment"), session.equipment, language=foreign())
    return _row("mobile", _("Equipment"), session.place.local_equipment)


def how_it_works(kind: str) -> str:
    return {
        "evening": _("Free. No need to sign up: just come, with or without a phone."),
        "counter": _("Free. A helper sits beside the counter: take a number, or ask at the door."),
        "door": _("Free. Helpers come to the homes of this hamlet. Call the hotline to be visited."),
        "school": _("Free. For pupils, their parents and whoever lives nearby."),
    }[kind]
