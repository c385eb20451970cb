"""What every step of a case is made of: a move under the table of states, an event, words."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from feedback.models import WAITING_STATES, Case, CaseEvent, CaseText
from feedback.promise import calendar_of
from feedback.states import MOVES, MoveRefused, NotPossible, may
from home.models import Official, User


def move(case: Case, by: str, now: datetime, **fields: Any) -> str:
    """Moves the case and returns the state before. Must run inside a transaction; raises `MoveRefused`.

    Where the case was waiting, the promise is shifted by the working days waited; where it now waits, the clock
    stands from `now` on.
    """
    found = Case.objects.select_related("unit").select_for_update(of=("self",)).get(pk=case.pk)
    to = MOVES[by].to
    if not may(found.state, by):
        raise MoveRefused(found.state, to)
    if found.waiting_since is not None:
        fields = {"due_at": due_after_waiting(found, now), "waiting_since": None, **fields}
    if to in WAITING_STATES:
        fields["waiting_since"] = now
    change(case, {"state": found.state, "due_at": found.due_at}, state=to, **fields)
    return found.state


def due_after_waiting(case: Case, now: datetime) -> datetime:
    """The promise shifted by the working days from the day the wait began to the next opening."""
    if case.waiting_since is None or case.due_at < case.waiting_since:
        return case.due_at
    began = timezone.localdate(case.waiting_since)
    calendar = calendar_of(case.unit, began)
    return calendar.shift(case.due_at, calendar.between(began, calendar.received_on(now)))


def change(case: Case, expected: dict[str, Any], **fields: Any) -> None:
    """Writes the fields where the row still is as expected; raises `MoveRefused` where somebody was faster."""
    if not Case.objects.filter(pk=case.pk, **expected).update(**fields):
        state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
        raise MoveRefused(state, fields.get("state", state))
    for name, value in fields.items():
        setattr(case, name, value)


def note(
    case: Case,
    kind: str,
    now: datetime,
    actor: User | None = None,
    official: Official | None = None,
    state_from: str = "",
    state_to: str = "",
) -> CaseEvent:
    return CaseEvent.objects.create(
        case=case,
        kind=kind,
        at=now,
        actor=actor,
        official=official,
        state_from=state_from,
        state_to=state_to,
    )


def note_inside(case: Case, kind: str, now: datetime, actor: User | None = None) -> CaseEvent:
    """An event that the resident is not shown."""
    return CaseEvent.objects.create(case=case, kind=kind, at=now, actor=actor, is_public=False)


def write(case: Case, role: str, text: str, now: datetime, author: User | None = None) -> CaseText:
    return CaseText.objects.create(case=case, role=role, text=text.strip(), written_at=now, author=author)


def demand(text: str, sentence: Any) -> None:
    """Raises `NotPossible` with the sentence when the text is empty."""
    if not text.strip():
        raise NotPossible(sentence)
