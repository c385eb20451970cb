"""What a changed series does to its sessions that are planned already.

Those nobody has touched follow; those an editor changed stay as they are. A session whose day no longer belongs to
the series is cancelled in the open: somebody may have noted it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from guides.models import Session, SessionSeries, TutorialPage
from guides.models.meetings import SHARED

WHERE_AND_WHEN = ("place_id", "area_id", "starts", "ends")


@dataclass(frozen=True)
class Planned:
    """The coming sessions of a series: `following` would change with it, `leaving` fall on no day of it any more,
    `staying` were changed by hand.
    """

    following: list[Session]
    leaving: list[Session]
    staying: list[Session]

    @property
    def is_touched(self) -> bool:
        return bool(self.following or self.leaving)


def planned_sessions(series: SessionSeries, before: Mapping[str, Any], now: datetime) -> Planned:
    """`series` as it is to be, `before` its shared fields as they were."""
    here = localtime(now)
    coming = [
        session
        for session in series.sessions.filter(date__gte=here.date(), is_cancelled=False)
        if session.date > here.date() or session.starts > here.time()
    ]
    free = [session for session in coming if not session.is_edited]
    leaving = [session for session in free if session.planned_for and not series.takes_place_on(session.date)]
    changes = any(before[name] != getattr(series, name) for name in WHERE_AND_WHEN)
    following = [session for session in free if session not in leaving] if changes else []
    return Planned(following, leaving, [session for session in coming if session.is_edited])


@transaction.atomic
def follow(series: SessionSeries, before: Mapping[str, Any], now: datetime) -> None:
    """Field by field: what a session has as the series had it follows, what was set for that evening stays."""
    planned = planned_sessions(series, before, now)
    for session in planned.leaving:
        session.is_cancelled, session.reason = True, _no_longer()
        session.save()
    for session in planned.following:
        _take(session, series, before, SHARED)


@transaction.atomic
def follow_in_words(series: SessionSeries, before: Mapping[str, Any], now: datetime) -> None:
    """Title, equipment, helpers and the like, which keep nobody from coming, follow in any case."""
    words = [name for name in SHARED if name not in WHERE_AND_WHEN]
    if all(before[name] == getattr(series, name) for name in words):
        return
    for session in series.sessions.filter(date__gte=localtime(now).date(), is_cancelled=False):
        _take(session, series, before, words)


@transaction.atomic
def follow_in_lessons(series: SessionSeries, before: set[TutorialPage], now: datetime) -> None:
    present = set(series.lessons.all())
    if present == before:
        return
    for session in series.sessions.filter(date__gte=localtime(now).date()).prefetch_related("lessons"):
        if set(session.lessons.all()) == before:
            session.lessons.set(present)


def _take(session: Session, series: SessionSeries, before: Mapping[str, Any], names: Any) -> None:
    same = [name for name in names if getattr(session, name) == before[name] != getattr(series, name)]
    for name in same:
        setattr(session, name, getattr(series, name))
    if same:
        session.save()


def _no_longer() -> str:
    with override(settings.LANGUAGE_CODE):
        return _("The schedule has changed: no session on this day any more.")
