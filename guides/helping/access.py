"""Who may do what about helping at sessions. Pure questions; whoever administers the site may do everything.

Volunteers see their own parts, what still lacks people (numbers, no names), and the names of those confirmed for a
session they are confirmed for themselves. Coordinators see and change everybody's; the leader sees the same and changes
nothing.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from guides.models import Helper, Session
from home.groups import COORDINATOR, LEADER, VOLUNTEER
from home.models import User

AnyUser = User | AnonymousUser


def is_volunteer(user: AnyUser) -> bool:
    """May offer to help, and has hours and a letter of their own."""
    return _is_of(user, [VOLUNTEER, COORDINATOR, LEADER])


def may_oversee(user: AnyUser) -> bool:
    """Sees who helps where and for how long."""
    return _is_of(user, [COORDINATOR, LEADER])


def may_coordinate(user: AnyUser) -> bool:
    """Confirms, declines, adds people and notes hours."""
    return _is_of(user, [COORDINATOR])


def helps_at(user: AnyUser, session: Session) -> bool:
    """Is confirmed for it."""
    return _is_alive(user) and Helper.objects.confirmed().filter(user=user.pk, session=session).exists()


def sees_helpers(user: AnyUser, session: Session) -> bool:
    """The names of those who are confirmed for it."""
    return may_oversee(user) or helps_at(user, session)


def may_tally(user: AnyUser, session: Session) -> bool:
    return may_coordinate(user) or helps_at(user, session)


def _is_alive(user: AnyUser) -> bool:
    return user.is_authenticated and user.is_active


def _is_of(user: AnyUser, groups: Iterable[str]) -> bool:
    return _is_alive(user) and (user.is_superuser or user.groups.filter(name__in=groups).exists())
