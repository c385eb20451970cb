"""Whose case it is and where it belongs: another official, another topic, one case with another."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import notices, routing
from feedback.handling.steps import change, move, note, note_inside
from feedback.models import WAITING_STATES, Case, CaseEvent, Kind, State, Topic
from feedback.states import Move, MoveRefused, NotPossible
from home.models import Official, User

Event = CaseEvent.Kind


def reassign(case: Case, user: User, official: Official, now: datetime) -> None:
    """To another official; the promise stays. Raises `MoveRefused` when somebody else gave it away before."""
    staff = routing.Staff.load()
    if not routing.can_answer(official, timezone.localdate(now)):
        raise NotPossible(_("%(name)s is away or no longer in office.") % {"name": official.name})
    if official.pk in routing.barred_by(staff, case.about):
        raise NotPossible(_("This remark must not reach %(name)s.") % {"name": official.name})
    with transaction.atomic():
        _check_unfinished(case)
        change(
            case,
            {"official": case.official_id, "state": case.state},
            official=official,
            unit=official.unit,
            stands_in_for=None,
        )
        note(case, Event.ASSIGNED, now, user, official)
        notices.tell_official(case, Event.ASSIGNED, now)


def hand_over(case: Case, official: Official, now: datetime) -> None:
    """By the worker, from somebody who is gone to whoever stands in; the promise and the unit stay."""
    with transaction.atomic():
        change(
            case,
            {"official": case.official_id, "state": case.state},
            official=official,
            stands_in_for_id=case.official_id,
        )
        note(case, Event.ASSIGNED, now, None, official)
        notices.tell_official(case, Event.ASSIGNED, now)


def retopic(case: Case, user: User, topic: Topic, now: datetime) -> None:
    """To another topic, and to whom its rules name. The promise that was given stays, whatever the topic's own."""
    if topic.pk == case.topic_id:
        raise NotPossible(_("The case has this topic already."))
    if not topic.is_open:
        raise NotPossible(_("This topic is closed."))
    staff, today = routing.Staff.load(), timezone.localdate(now)
    decision = routing.decide(staff, topic, case.area, case.kind, today, case.about)
    moves_on = decision.official.pk != case.official_id and case.kind != Kind.CONDUCT
    person = (
        {
            "official": decision.official,
            "unit": decision.unit,
            "stands_in_for": decision.deputised_from,
        }
        if moves_on
        else {}
    )
    with transaction.atomic():
        _check_unfinished(case)
        change(case, {"topic": case.topic_id, "state": case.state}, topic=topic, **person)
        note(case, Event.RETOPICED, now, user, case.official)
        if moves_on:
            note(case, Event.ASSIGNED, now, user, decision.official)
            notices.tell_official(case, Event.ASSIGNED, now)


def merge(case: Case, user: User, into: Case, now: datetime) -> None:
    """Joins a case with one that says the same and was promised no later; its answer reaches both residents."""
    with transaction.atomic():
        other = Case.objects.select_for_update(of=("self",)).get(pk=into.pk)
        _check_mergeable(case, other)
        before = move(case, Move.MERGE, now, merged_into=other, closed_at=now, waiting_since=None)
        note(case, Event.MERGED, now, user, None, before, State.CLOSED)
        note_inside(other, Event.MERGED, now, user)
        notices.tell_resident(case, Event.MERGED, now)


def release(case: Case, user: User, now: datetime) -> None:
    """A person looked: this was not sent by a machine. The official hears of it if the mail was held back."""
    with transaction.atomic():
        if not Case.objects.filter(pk=case.pk).held().update(held_for=""):
            return
        if case.held_for in notices.SILENT_HOLDS:
            notices.tell_assigned(case)
        note_inside(case, Event.RELEASED, now, user)
    case.held_for = ""


def _check_unfinished(case: Case) -> None:
    if not case.is_open and case.state not in WAITING_STATES:
        raise MoveRefused(case.state, case.state)


def _check_mergeable(case: Case, other: Case) -> None:
    if other.pk == case.pk:
        raise NotPossible(_("A case cannot be joined with itself."))
    if not other.is_open:
        raise NotPossible(_("Only an open case can take in another."))
    if case.merged.exists():
        raise NotPossible(_("Another case was joined with this one; join them the other way round."))
    if Kind.CONDUCT in (case.kind, other.kind):
        raise NotPossible(_("Remarks about conduct are never joined."))
    if other.due_at > case.due_at:
        raise NotPossible(_("That case was promised later. Join it with this one instead."))
