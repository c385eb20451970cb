"""Open cases do not wait for somebody who is gone.

Whoever left office, whose account was closed, or who is away beyond a promised hour gives the case to the deputy
along the chain who is there, else to whom the rules would send it today. A case that nobody can take stays where it
is, and the coordinators are told daily (`feedback.alarms`).
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from feedback import handling, routing
from feedback.handling import MoveRefused
from feedback.models import OPEN_STATES, Case, State
from feedback.routing import NobodyCanAnswer, Staff
from home.models import Official


def hand_on(now: datetime) -> int:
    staff, today, moved = Staff.load(), timezone.localdate(now), 0
    for case in orphaned(staff, today):
        heir = _heir(staff, case, today)
        if heir is not None:
            moved += _hand(case, heir, now)
    return moved


def unrouted(staff: Staff, today: date) -> list[Case]:
    """Open cases whose official is gone and that nobody else can take."""
    return [case for case in orphaned(staff, today) if _heir(staff, case, today) is None]


def orphaned(staff: Staff, today: date) -> Iterator[Case]:
    gone = [pk for pk, official in staff.officials.items() if not routing.can_answer(official, today)]
    cases = Case.objects.filter(state__in=[*OPEN_STATES, State.FORWARDED], official__in=gone)
    for case in cases.select_related("topic__unit", "area", "about", "unit"):
        official = staff.officials[case.official_id]
        if not routing.is_in_office(official, today) or _misses(official, case):
            yield case


def _misses(official: Official, case: Case) -> bool:
    """Away on the day the answer is due."""
    return official.is_away and official.is_absent(timezone.localdate(case.due_at))


def _heir(staff: Staff, case: Case, today: date) -> Official | None:
    barred = routing.barred_by(staff, case.about)
    deputy = staff.present(staff.official(case.official_id), today, barred)
    if deputy is not None:
        return deputy
    try:
        return routing.decide(staff, case.topic, case.area, case.kind, today, case.about).official
    except NobodyCanAnswer:
        return None


def _hand(case: Case, heir: Official, now: datetime) -> int:
    try:
        handling.hand_over(case, heir, now)
    except MoveRefused:  # answered or given away since the list was read
        return 0
    return 1
