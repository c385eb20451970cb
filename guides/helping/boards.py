"""The lists of the volunteers' room and of the coordinators' board. Each costs the same however long it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from guides.helping.evening import has_begun, is_over
from guides.models import Helper, Session, SessionNeed
from guides.models.choices import Role
from home.models import User

LISTED = 60  # sessions on one page of the board
WANTED = 12  # sessions offered to a volunteer at once, soonest first
LOOKED_BACK = timedelta(days=60)


@dataclass
class Wanted:
    """A session with the roles that still lack people, and those in which somebody asks to be replaced."""

    session: Session
    roles: list[SessionNeed] = field(default_factory=list)
    swaps: list[str] = field(default_factory=list)

    @property
    def swap_roles(self) -> list[tuple[str, str]]:
        return [(role, str(Role(role).label)) for role in self.swaps]


@dataclass
class Staffing:
    """A session as coordinators see it; the numbers are of people."""

    session: Session
    needed: int = 0
    taken: int = 0
    offered: int = 0
    swaps: int = 0
    unnoted: int = 0

    @property
    def missing(self) -> int:
        return self.needed - self.taken


def parts_of(user: User, now: datetime) -> list[Helper]:
    """Their parts in sessions that are not over, withdrawn ones left out."""
    parts = Helper.objects.filter(user=user, session__date__gte=localdate(now))
    kept = parts.exclude(state=Helper.State.WITHDRAWN).select_related("session__place")
    return [part for part in kept if not is_over(part.session, now)]


def wanted(user: User, now: datetime) -> list[Wanted]:
    """Sessions to come that lack people and in which the user has no part yet, soonest first."""
    theirs = set(Helper.objects.taking_part().filter(user=user).values_list("session", flat=True))
    found: dict[int, Wanted] = {}
    for need in _needs_to_come(now):
        found.setdefault(need.session_id, Wanted(need.session)).roles.append(need)
    for helper in _swaps_to_come(now):
        row = found.setdefault(helper.session_id, Wanted(helper.session))
        row.swaps = sorted({*row.swaps, helper.role}, key=Role.values.index)
    open_to_them = [
        row for key, row in found.items() if key not in theirs and not has_begun(row.session, now)
    ]
    return sorted(open_to_them, key=_soonest)[:WANTED]


def _soonest(row: Wanted) -> tuple[date, time, int]:
    return row.session.date, row.session.starts, row.session.pk


def wanted_at(session: Session) -> Wanted:
    """The same for one session, whoever asks."""
    needs = SessionNeed.objects.filter(session=session, taken__lt=F("needed"))
    swaps = set(Helper.objects.asking_to_swap().filter(session=session).values_list("role", flat=True))
    return Wanted(session, in_order(needs), sorted(swaps, key=Role.values.index))


def in_order(needs: Iterable[SessionNeed]) -> list[SessionNeed]:
    return sorted(needs, key=lambda need: Role.values.index(need.role))


def staffing_to_come(now: datetime) -> list[Staffing]:
    sessions = Session.objects.filter(date__gte=localdate(now)).order_by("date", "starts", "pk")
    return _staffing(session for session in _with_place(sessions) if not is_over(session, now))


def staffing_over(now: datetime) -> list[Staffing]:
    """The last two months, newest first; sessions nobody was asked for are left out."""
    today = localdate(now)
    sessions = Session.objects.filter(date__range=(today - LOOKED_BACK, today), is_cancelled=False)
    over = [
        session
        for session in _with_place(sessions.order_by("-date", "-starts", "-pk"))
        if is_over(session, now)
    ]
    return [row for row in _staffing(over) if row.needed]


def _with_place(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.select_related("place")[:LISTED]


def _staffing(sessions: Iterable[Session]) -> list[Staffing]:
    rows = {session.pk: Staffing(session) for session in sessions}
    for need in SessionNeed.objects.filter(session__in=rows):
        rows[need.session_id].needed += need.needed
        rows[need.session_id].taken += need.taken
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for helper in Helper.objects.taking_part().filter(session__in=rows):
        counts[helper.session_id].update(_marks(helper))
    for key, row in rows.items():
        row.offered, row.swaps, row.unnoted = (counts[key][mark] for mark in ("offered", "swap", "unnoted"))
    return list(rows.values())


def _marks(helper: Helper) -> Iterable[str]:
    if helper.state == Helper.State.OFFERED:
        yield "offered"
    elif helper.swap_asked_at is not None:
        yield "swap"
    if helper.is_confirmed and helper.noted_minutes is None:
        yield "unnoted"


def _needs_to_come(now: datetime) -> list[SessionNeed]:
    coming = SessionNeed.objects.filter(session__date__gte=localdate(now), session__is_cancelled=False)
    return in_order(coming.filter(taken__lt=F("needed")).select_related("session__place"))


def _swaps_to_come(now: datetime) -> QuerySet[Helper]:
    coming = Helper.objects.asking_to_swap().filter(session__date__gte=localdate(now))
    return coming.filter(session__is_cancelled=False).select_related("session__place")
