"""When a session begins and ends, and how long it is."""

from datetime import datetime, time

from gandan.worktime import VIETNAM
from guides.models import Session


def begins_at(session: Session) -> datetime:
    return datetime.combine(session.date, session.starts, VIETNAM)


def ends_at(session: Session) -> datetime:
    return datetime.combine(session.date, session.ends, VIETNAM)


def has_begun(session: Session, now: datetime) -> bool:
    return begins_at(session) <= now


def is_over(session: Session, now: datetime) -> bool:
    return ends_at(session) <= now


def length(session: Session) -> int:
    """Minutes from its beginning to its end."""
    return max(0, _minutes(session.ends) - _minutes(session.starts))


def facts(session: Session) -> str:
    """Day, hours and place in one word: what a helper must hear of when it changes."""
    return f"{session.date} {session.starts:%H:%M}-{session.ends:%H:%M} {session.place_id}"


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
