"""A help session in the reader's words, for slips and pages. Titles and notes stay in the commune's own language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.workdays import english_holiday
from guides.helping.needs import Missing, missing_in_words
from guides.promise_words import day_in_words, weekday_in_words
from guides.session_facts import replacement_of, session_path, what_changed
from guides.wording import listed
from home.hours import read_clock
from home.models.places import FACILITIES

ICONS = {"wifi": "wifi", "glasses": "glasses", "toilet": "toilet", "printer": "print", "computers": "mobile"}
# What decides whether someone can come or needs to bring something; the rest stands on the session's own page.
DECISIVE = {"wifi", "glasses", "toilet", "ramp", "chargers"}


@dataclass(frozen=True)
class SessionShown:
    """The arguments of components/session_slip.html; `anchor` is the address of the slip on the page.

    `was` says what was announced first where that changed. `instead` is the address of the session that stands in
    for a cancelled one. `language` is set where the title is not in the reader's language, `notes_language` where
    the notes and reasons are not.
    """

    anchor: str
    url: str
    weekday: str
    day: str
    month: str
    iso: str
    title: str
    kind: str
    time: str
    place: str
    note: str
    facilities: list[dict[str, str]]
    missing: str
    was: str
    reason: str
    cancelled: str
    instead: str
    instead_text: SafeString
    language: str
    notes_language: str


def shown(session: Any, missing: Missing) -> SessionShown:
    """`missing`: what `still_needed` says of the session."""
    off, instead = session.is_cancelled, replacement_of(session)
    reason = reason_in_words(session)
    return SessionShown(
        anchor=f"buoi-{session.pk}",
        url=session_path(session.pk),
        weekday=weekday_in_words(session.date),
        day=f"{session.date:%d}",
        month=month_in_words(session.date),
        iso=session.date.isoformat(),
        title=session.title,
        kind=str(session.get_kind_display()),
        time=span(session.starts, session.ends),
        place=session.place.local_name,
        note="" if off else session.equipment,
        facilities=[] if off else facilities(session.place.facilities, DECISIVE),
        missing="" if off else missing_in_words(missing, session.needs),
        was=was_in_words(session),
        reason=reason if what_changed(session) else "",
        cancelled=(reason or _("Cancelled")) if off else "",
        instead=session_path(instead.pk) if instead else "",
        instead_text=moved_in_words(session),
        language=foreign(),
        notes_language=foreign() if not off or reason == session.reason else "",
    )


def foreign() -> str:
    return "" if get_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE


def month_in_words(day: date) -> str:
    month = date_format(day, "F")
    return month.lower() if get_language() == "vi" else month


def span(starts: Any, ends: Any) -> str:
    return f"{read_clock(starts)}–{read_clock(ends)}"


def facilities(keys: list[str], kept: set[str] | None = None) -> list[dict[str, str]]:
    return [
        {"icon": ICONS.get(key, "tick"), "text": str(label)}
        for key, label in FACILITIES
        if key in keys and (kept is None or key in kept)
    ]


def leader_in_words(session: Any) -> str:
    """Name and job title; empty for somebody who is out of office by that day."""
    leader = session.leader
    return f"{leader.name}, {leader.local_title}" if leader and leader.is_active(session.date) else ""


def was_in_words(session: Any) -> str:
    """The day, hours and place announced first, as far as they changed; empty when they stand."""
    changed = what_changed(session)
    pieces = []
    if "day" in changed:
        pieces.append(f"{weekday_in_words(session.announced_date)} {session.announced_date:%d/%m}")
    if "time" in changed:
        pieces.append(span(session.announced_starts, session.announced_ends))
    if "place" in changed:
        pieces.append(session.announced_place.local_name)
    return listed(pieces)


def reason_in_words(session: Any) -> str:
    """As the commune wrote it; a holiday that the planner named is said in the reader's language."""
    for_holiday = session.series_id and session.planned_for and session.is_cancelled
    if for_holiday and get_language() != settings.LANGUAGE_CODE:
        name = session.reason.partition(": ")[2]
        if english_holiday(session.planned_for, name):
            return _holiday_abroad(session.planned_for, name)
    return str(session.reason)


def _holiday_abroad(day: date, name: str) -> str:
    if get_language() == "en":
        return _("Public holiday: %(holiday)s") % {"holiday": english_holiday(day, name)}
    return _("Public holiday")


def moved_in_words(session: Any) -> SafeString:
    """Where a cancelled session went: the day, and the hour and place as far as they are other ones."""
    instead = replacement_of(session)
    if not session.is_cancelled or not (instead or session.moved_to):
        return SafeString("")
    if instead is None:
        return format_html(_("Moved to {day}."), day=day_in_words(session.moved_to))
    same_time = (instead.starts, instead.ends) == (session.starts, session.ends)
    same_place = instead.place_id == session.place_id
    words = {
        "day": day_in_words(instead.date),
        "hours": format_html('<bdi dir="ltr">{}</bdi>', span(instead.starts, instead.ends)),
        "place": format_html("<bdi>{}</bdi>", instead.place.local_name),
    }
    return format_html(_moved(same_time, same_place), **words)


def _moved(same_time: bool, same_place: bool) -> str:
    if same_time and same_place:
        return _("Moved to {day}, same hour, same place.")
    if same_place:
        return _("Moved to {day}, {hours}, same place.")
    if same_time:
        return _("Moved to {day}, same hour, {place}.")
    return _("Moved to {day}, {hours}, {place}.")
