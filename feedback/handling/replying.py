"""What a resident does with a case, by code and PIN: reply, rate the answer, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import notices, routing
from feedback.handling.steps import demand, move, note, write
from feedback.models import Case, CaseEvent, CaseText, Rating, State
from feedback.promise import calendar_of, promise
from feedback.states import Move, MoveRefused, NotPossible, may
from home.models import Official

Event = CaseEvent.Kind
Role = CaseText.Role


def resident_replies(case: Case, text: str, now: datetime) -> None:
    """The answer to what was asked back; the promise moves by the working days waited."""
    demand(text, _("Please write your reply first."))
    with transaction.atomic():
        if case.state != State.NEED_INFO:
            raise MoveRefused(case.state, State.WORKING)
        before = move(case, Move.RESUME, now)
        write(case, Role.REPLY, text, now)
        note(case, Event.REPLIED, now, None, None, before, State.WORKING)
        notices.tell_official(case, Event.REPLIED, now)


def rate(case: Case, face: str, reason: str, solved: bool, now: datetime) -> Rating:
    """A face, words that may be empty, and whether it is solved. "Not solved" reopens once, for the leader."""
    if face not in Rating.Face.values:
        raise NotPossible(_("Please choose one of the three faces."))
    with transaction.atomic():
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not may(found.state, Move.REOPEN) or found.merged_into_id or found.withdrawn_at:
            raise MoveRefused(found.state, State.REOPENED)
        rating = Rating.objects.create(case=case, at=now, face=face, is_solved=solved)
        if reason.strip():
            write(case, Role.RATING, reason, now)
        note(case, Event.RATED, now)
        if not solved and found.reopened_at is None:
            _reopen(case, now)
        elif found.state != State.CLOSED:
            before = move(case, Move.CLOSE, now, closed_at=now)
            note(case, Event.CLOSED, now, None, None, before, State.CLOSED)
    return rating


def withdraw(case: Case, now: datetime) -> None:
    with transaction.atomic():
        before = move(case, Move.WITHDRAW, now, closed_at=now, withdrawn_at=now, waiting_since=None)
        note(case, Event.WITHDRAWN, now, None, None, before, State.CLOSED)
        notices.tell_official(case, Event.WITHDRAWN, now)


def _reopen(case: Case, now: datetime) -> None:
    """To the leader, with a promise of its own counted from now; the first promise stays on the case."""
    leader = _second_reader(case, now)
    unit = leader.unit if leader else case.unit
    made = promise(calendar_of(unit, timezone.localdate(now)), unit, case.topic.working_days, now)
    before = move(
        case,
        Move.REOPEN,
        now,
        official=leader or case.official,
        unit=unit,
        stands_in_for=None,
        due_at=max(made.due_at, case.due_at),
        answered_at=None,
        closed_at=None,
        reopened_at=now,
    )
    note(case, Event.REOPENED, now, None, leader, before, State.REOPENED)
    notices.tell_official(case, Event.REOPENED, now)


def _second_reader(case: Case, now: datetime) -> Official | None:
    """The leader or who stands in for the leader; None when nobody of them is there."""
    staff, today = routing.Staff.load(), timezone.localdate(now)
    barred = routing.barred_by(staff, case.about)
    for reader in (staff.leader_id, staff.conduct_reader_id if case.about_id else None):
        found = staff.present(staff.official(reader), today, barred)
        if found is not None:
            return found
    return None
