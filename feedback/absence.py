"""An official says in two taps to be away; what lies open may be handed to the deputy in the same step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from feedback import handling
from feedback.models import Case, Kind
from feedback.routing import Staff
from feedback.states import MoveRefused, NotPossible
from home.absence import go_away
from home.models import Official, User


@dataclass(frozen=True)
class Handed:
    """How many cases went to the stand-in, and those that stay, by code. Remarks about conduct are never handed on."""

    moved: int
    stays: list[str]


def stand_in(official: Official, today: date) -> Official | None:
    """Who gets this official's new cases while away; None when no deputy is there."""
    staff = Staff.load()
    deputy = staff.official(official.deputy_id)
    return staff.present(deputy, today, barred={official.pk})


def leave(official: Official, user: User, until: date | None, hands_over: bool, now: datetime) -> Handed:
    go_away(official, until)
    deputy = stand_in(official, timezone.localdate(now)) if hands_over else None
    if deputy is None:
        return Handed(0, [])
    cases = list(Case.objects.open().filter(official=official).exclude(kind=Kind.CONDUCT))
    stays = [case.code for case in cases if not _hand(case, user, deputy, now)]
    return Handed(len(cases) - len(stays), stays)


def _hand(case: Case, user: User, deputy: Official, now: datetime) -> bool:
    try:
        handling.reassign(case, user, deputy, now)
    except (MoveRefused, NotPossible):
        return False
    return True
