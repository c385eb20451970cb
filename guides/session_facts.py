"""What a help session is, in plain values: calendar files, structured data and pages all read it here."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse

from gandan.worktime import VIETNAM

SCHEDULED, CHANGED, MOVED, CANCELLED = "scheduled", "changed", "moved", "cancelled"


@dataclass(frozen=True)
class SessionFacts:
    """In the reader's language as far as the commune wrote it; moments are aware, addresses are whole.

    `status`: "changed" takes place at another hour, day or place than announced first; "moved" is cancelled and
    `moved_to_url` leads to the session instead of it, "" when there is none. `announced_starts` is the moment
    announced first.
    """

    name: str
    kind: str
    starts: datetime
    ends: datetime
    announced_starts: datetime
    place: str
    address: str
    hamlet: str
    audience: str
    status: str
    reason: str
    url: str
    moved_to_url: str


def session_facts(session: Any) -> SessionFacts:
    """Asks nothing of the database when place, area, both areas and `replacement` were fetched with the session."""
    return SessionFacts(
        name=session.title,
        kind=session.get_kind_display(),
        starts=moment(session.date, session.starts),
        ends=moment(session.date, session.ends),
        announced_starts=moment(
            session.announced_date or session.date, session.announced_starts or session.starts
        ),
        place=session.place.local_name,
        address=session.place.local_address,
        hamlet=session.hamlet.local_name if session.hamlet else "",
        audience=session.audience,
        status=status_of(session),
        reason=session.reason,
        url=session_url(session.pk),
        moved_to_url=session_url(instead.pk) if (instead := replacement_of(session)) else "",
    )


def status_of(session: Any) -> str:
    if session.is_cancelled:
        return MOVED if session.moved_to or replacement_of(session) else CANCELLED
    return CHANGED if what_changed(session) else SCHEDULED


def what_changed(session: Any) -> set[str]:
    """Of "day", "time" and "place" those that differ from what was announced first; never for one cancelled."""
    if session.is_cancelled:
        return set()
    pairs = {
        "day": (session.announced_date, session.date),
        "time": (_span(session, "announced_"), _span(session, "")),
        "place": (session.announced_place_id, session.place_id),
    }
    return {name for name, (first, present) in pairs.items() if first not in (None, present)}


def _span(session: Any, prefix: str) -> tuple[time, time] | None:
    starts, ends = getattr(session, f"{prefix}starts"), getattr(session, f"{prefix}ends")
    return (starts, ends) if starts and ends else None


def replacement_of(session: Any) -> Any:
    """The session that stands in for a cancelled one; None when there is none or it is cancelled too."""
    found = getattr(session, "replacement", None) if session.is_cancelled else None
    return found if found and not found.is_cancelled else None


def session_path(number: int) -> str:
    return f"{reverse('wagtail_serve', args=['buoi-ho-tro/'])}{number}/"


def session_url(number: int) -> str:
    return settings.BASE_URL.rstrip("/") + session_path(number)


def moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)
