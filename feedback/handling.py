"""The only writer of cases. Each step is one transaction: the state, its events and the mail it causes.

`receive` is idempotent: the nonce of the form's token is unique, so a double click, a retry a day later or a race
of two workers give the same case. States change by a conditional update whose rows are counted; whoever comes
second gets `MoveRefused`. Who may do what is asked before, in `feedback.access`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback import notices, routing
from feedback.codes import new_code
from feedback.models import Case, CaseEvent, CaseText, Kind, State, Topic
from feedback.promise import calendar_of, promise
from feedback.states import MoveRefused, may_move
from feedback.tokens import hash_pin, pin_of
from home.models import Area, Official, User

TRIES_FOR_A_FREE_CODE = 5
ONE_LOOK = timedelta(hours=1)  # looks of one person within this time are one look
SILENT_HOLDS = (Case.Hold.TRAP, Case.Hold.LIMIT)


@dataclass(frozen=True)
class Submission:
    """What a resident sends. Contact may be given only with consent, which the form has asked for."""

    nonce: str
    topic: Topic
    text: str
    kind: str = Kind.QUESTION
    area: Area | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "vi"
    source: str = Case.Source.WEB
    held_for: str = ""
    page_path: str = ""

    @property
    def contact(self) -> dict[str, str]:
        given = {
            CaseText.Role.NAME: self.name,
            CaseText.Role.PHONE: self.phone,
            CaseText.Role.EMAIL: self.email,
        }
        return {role: text for role, text in given.items() if text}


def receive(submission: Submission, now: datetime) -> Case:
    """The case of this submission, made now or before. Raises `NobodyCanAnswer`, then nothing is stored."""
    for _ in range(TRIES_FOR_A_FREE_CODE):
        sent_before = Case.objects.filter(token_nonce=submission.nonce).first()
        if sent_before is not None:
            return sent_before
        try:
            with transaction.atomic():
                return _store(submission, now)
        except IntegrityError:
            continue
    raise RuntimeError("No free case code was found.")


def accept(case: Case, official: Official | None, user: User, now: datetime) -> None:
    with transaction.atomic():
        before = _move(case, State.ACCEPTED)
        _note(case, CaseEvent.Kind.ACCEPTED, now, user, official, before, State.ACCEPTED)


def answer(case: Case, official: Official | None, user: User, text: str, now: datetime) -> None:
    """Raises `MoveRefused` when somebody answered first; then nothing is stored."""
    with transaction.atomic():
        before = _move(case, State.ANSWERED, answered_at=now)
        CaseText.objects.create(case=case, role=CaseText.Role.ANSWER, text=text, written_at=now, author=user)
        _note(case, CaseEvent.Kind.ANSWERED, now, user, official, before, State.ANSWERED)
        notices.tell_answered(case)


def close(case: Case, now: datetime) -> None:
    with transaction.atomic():
        before = _move(case, State.CLOSED, closed_at=now)
        _note(case, CaseEvent.Kind.CLOSED, now, None, None, before, State.CLOSED)


def give_title(case: Case, user: User, title: str, now: datetime) -> None:
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(title=title)
        _note_inside(case, CaseEvent.Kind.TITLED, now, user)
    case.title = title


def release(case: Case, user: User, now: datetime) -> None:
    """A person looked: this was not sent by a machine. The official hears of it if the mail was held back."""
    with transaction.atomic():
        if not Case.objects.filter(pk=case.pk).held().update(held_for=""):
            return
        if case.held_for in SILENT_HOLDS:
            notices.tell_assigned(case)
        _note_inside(case, CaseEvent.Kind.RELEASED, now, user)
    case.held_for = ""


def note_look(case: Case, user: User, now: datetime) -> None:
    """Writes down who opened a case, at most once an hour for each person."""
    looks = CaseEvent.objects.filter(case=case, kind=CaseEvent.Kind.VIEWED, actor=user)
    if not looks.filter(at__gt=now - ONE_LOOK).exists():
        _note_inside(case, CaseEvent.Kind.VIEWED, now, user)


def show_contact(case: Case, user: User, now: datetime) -> list[CaseText]:
    """The resident's contact; every time it is asked for is written down."""
    with transaction.atomic():
        _note_inside(case, CaseEvent.Kind.CONTACT_VIEWED, now, user)
        return list(case.words.filter(role__in=CaseText.CONTACT_ROLES))


def erase_contact(case: Case, now: datetime) -> None:
    with transaction.atomic():
        case.words.filter(role__in=CaseText.CONTACT_ROLES).delete()
        _note_inside(case, CaseEvent.Kind.CONTACT_ERASED, now)


def erase_words(case: Case, now: datetime) -> None:
    with transaction.atomic():
        case.words.all().delete()
        Case.objects.filter(pk=case.pk).update(title="")
        _note_inside(case, CaseEvent.Kind.WORDS_ERASED, now)


def _store(submission: Submission, now: datetime) -> Case:
    today = timezone.localdate(now)
    decision = routing.decide(routing.Staff.load(), submission.topic, submission.area, submission.kind, today)
    made = promise(calendar_of(decision.unit, today), decision.unit, submission.topic.working_days, now)
    case = Case.objects.create(
        code=new_code(),
        pin_hash=hash_pin(pin_of(submission.nonce)),
        token_nonce=submission.nonce,
        kind=submission.kind,
        source=submission.source,
        language=submission.language,
        topic=submission.topic,
        area=submission.area,
        page_path=submission.page_path,
        unit=decision.unit,
        official=decision.official,
        stands_in_for=decision.deputised_from,
        held_for=submission.held_for,
        sent_at=now,
        received_at=made.received_at,
        working_days=made.working_days,
        due_at=made.due_at,
        first_due_at=made.due_at,
        contact_consent_at=now if submission.contact else None,
    )
    words = {CaseText.Role.QUESTION: submission.text, **submission.contact}
    CaseText.objects.bulk_create(
        CaseText(case=case, role=role, text=text, written_at=now) for role, text in words.items()
    )
    _note(case, CaseEvent.Kind.RECEIVED, now, state_to=State.NEW)
    _note(case, CaseEvent.Kind.ASSIGNED, now, official=decision.official)
    if submission.held_for not in SILENT_HOLDS:
        notices.tell_assigned(case)
    return case


def _move(case: Case, to: str, **fields: datetime) -> str:
    """Moves the case and returns the state before. Must run inside a transaction."""
    before = Case.objects.select_for_update().values_list("state", flat=True).get(pk=case.pk)
    if not may_move(before, to):
        raise MoveRefused(before, to)
    if not Case.objects.filter(pk=case.pk, state=before).update(state=to, **fields):
        raise MoveRefused(before, to)
    case.state = to
    for name, value in fields.items():
        setattr(case, name, value)
    return before


def _note(
    case: Case,
    kind: str,
    now: datetime,
    actor: User | None = None,
    official: Official | None = None,
    state_from: str = "",
    state_to: str = "",
) -> None:
    CaseEvent.objects.create(
        case=case,
        kind=kind,
        at=now,
        actor=actor,
        official=official,
        state_from=state_from,
        state_to=state_to,
    )


def _note_inside(case: Case, kind: str, now: datetime, actor: User | None = None) -> None:
    """An event that the resident is not shown."""
    CaseEvent.objects.create(case=case, kind=kind, at=now, actor=actor, is_public=False)
