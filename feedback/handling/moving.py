"""What an official does with a case. Each step is one transaction: state, facts, words, events, and its mail."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import notices
from feedback.handling.steps import change, demand, move, note, write
from feedback.models import Case, CaseEvent, CaseText, Extension, Forwarding, Refusal, State
from feedback.promise import calendar_of
from feedback.states import Move, NotPossible
from home.models import Official, User

Event = CaseEvent.Kind
Role = CaseText.Role


def accept(case: Case, official: Official | None, user: User, now: datetime) -> None:
    with transaction.atomic():
        before = move(case, Move.ACCEPT, now)
        note(case, Event.ACCEPTED, now, user, official, before, State.ACCEPTED)
        notices.tell_resident(case, Event.ACCEPTED, now)


def start_work(case: Case, official: Official | None, user: User, now: datetime) -> None:
    with transaction.atomic():
        before = move(case, Move.START_WORK, now)
        note(case, Event.STARTED, now, user, official, before, State.WORKING)


def ask_more(case: Case, official: Official | None, user: User, text: str, now: datetime) -> None:
    """The clock of the promise stands until the resident replies, or `resume` is called."""
    demand(text, _("Please write what you need to know."))
    with transaction.atomic():
        before = move(case, Move.ASK_MORE, now)
        write(case, Role.ASKED, text, now, user)
        note(case, Event.ASKED, now, user, official, before, State.NEED_INFO)
        notices.tell_resident(case, Event.ASKED, now)


def resume(case: Case, official: Official | None, user: User, now: datetime) -> None:
    """What was waited for came by another way: the clock runs again."""
    with transaction.atomic():
        before = move(case, Move.RESUME, now)
        note(case, Event.RESUMED, now, user, official, before, State.WORKING)


def forward(
    case: Case,
    official: Official | None,
    user: User,
    agency: str,
    paper_number: str,
    sent_on: date,
    expected_on: date,
    text: str,
    now: datetime,
) -> None:
    """To another authority, under a paper. The official is reminded when its answer is overdue."""
    demand(agency, _("Please say to which authority it goes."))
    demand(paper_number, _("Please write the number of the paper it goes with."))
    demand(text, _("Please tell the resident in a sentence why it is forwarded."))
    if sent_on > timezone.localdate(now):
        raise NotPossible(_("The day of sending lies ahead."))
    if expected_on < sent_on:
        raise NotPossible(_("The answer cannot be expected before the paper is sent."))
    with transaction.atomic():
        before = move(case, Move.FORWARD, now)
        Forwarding.objects.create(
            case=case,
            at=now,
            by=user,
            agency=agency.strip(),
            paper_number=paper_number.strip(),
            sent_on=sent_on,
            expected_on=expected_on,
        )
        write(case, Role.FORWARDED, text, now, user)
        note(case, Event.FORWARDED, now, user, official, before, State.FORWARDED)
        notices.tell_resident(case, Event.FORWARDED, now)


def refuse(
    case: Case,
    official: Official | None,
    user: User,
    reason: str,
    text: str,
    where_to_go: str,
    now: datetime,
) -> None:
    """`reason` is one of `Refusal.Reason`; the resident reads the sentence and where to go instead."""
    if reason not in Refusal.Reason.values:
        raise NotPossible(_("Please choose a reason from the list."))
    demand(text, _("Please explain the refusal in a sentence."))
    demand(where_to_go, _("Please say where the resident can go instead."))
    with transaction.atomic():
        before = move(case, Move.REFUSE, now, answered_at=now)
        Refusal.objects.create(case=case, at=now, by=user, reason=reason)
        write(case, Role.REFUSAL, text, now, user)
        write(case, Role.WHERE, where_to_go, now, user)
        note(case, Event.REFUSED, now, user, official, before, State.REFUSED)
        notices.tell_resident(case, Event.REFUSED, now)


def extend(
    case: Case, official: Official | None, user: User, reason: str, new_due: datetime, now: datetime
) -> None:
    """A later date, once for each case and only before the old one has passed; the resident reads an apology."""
    demand(reason, _("Please tell the resident why it takes longer."))
    found = Case.objects.select_related("unit").get(pk=case.pk)
    _check_extension(found, new_due, now)
    with transaction.atomic():
        change(case, {"due_at": found.due_at, "state": found.state}, due_at=new_due)
        Extension.objects.create(case=case, at=now, by=user, old_due_at=found.due_at, new_due_at=new_due)
        write(case, Role.EXTENSION, reason, now, user)
        note(case, Event.EXTENDED, now, user, official)
        notices.tell_resident(case, Event.EXTENDED, now)


def _check_extension(case: Case, new_due: datetime, now: datetime) -> None:
    if not case.is_open or case.waiting_since is not None:
        raise NotPossible(_("Only a case whose clock runs can be given a later date."))
    if now >= case.due_at:
        raise NotPossible(_("The promised time has passed. A late case stays late; please answer it."))
    if new_due <= case.due_at:
        raise NotPossible(_("The new date must be later than the one promised."))
    if case.extensions.exists():
        raise NotPossible(_("A later date was promised before. It can be moved only once."))
    if not calendar_of(case.unit, timezone.localdate(now)).is_working_day(timezone.localdate(new_due)):
        raise NotPossible(_("The unit does not work on that day."))


def answer(case: Case, official: Official | None, user: User, text: str, now: datetime) -> None:
    """Raises `MoveRefused` when somebody answered first; then nothing is stored. Joined cases get it too."""
    demand(text, _("Please write the answer first."))
    with transaction.atomic():
        before = move(case, Move.ANSWER, now, answered_at=now)
        write(case, Role.ANSWER, text, now, user)
        note(case, Event.ANSWERED, now, user, official, before, State.ANSWERED)
        notices.tell_resident(case, Event.ANSWERED, now)
        for joined in case.merged.filter(withdrawn_at=None):
            write(joined, Role.ANSWER, text, now, user)
            note(joined, Event.ANSWERED, now, user, official)
            notices.tell_resident(joined, Event.ANSWERED, now)


def close(case: Case, now: datetime) -> None:
    with transaction.atomic():
        before = move(case, Move.CLOSE, now, closed_at=now)
        note(case, Event.CLOSED, now, None, None, before, State.CLOSED)
