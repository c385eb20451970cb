"""What is written down beside the moves: titles, notes, looks, hidden and erased words."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from feedback import private_files
from feedback.handling.steps import demand, note_inside, write
from feedback.models import Case, CaseEvent, CaseText, Hideable
from feedback.states import NotPossible
from gandan import outbox
from home.models import User

ONE_LOOK = timedelta(hours=1)  # looks of one person within this time are one look

Event = CaseEvent.Kind


def give_title(case: Case, user: User, title: str, now: datetime) -> None:
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(title=title)
        note_inside(case, Event.TITLED, now, user)
    case.title = title


def add_note(case: Case, user: User, text: str, now: datetime) -> CaseText:
    """For colleagues only; the resident never sees it."""
    demand(text, _("The note is empty."))
    with transaction.atomic():
        note_inside(case, Event.NOTED, now, user)
        return write(case, CaseText.Role.NOTE, text, now, user)


def hide_words(case: Case, user: User, what: str | Hideable, reason: str, now: datetime) -> None:
    """Hides all words of a role, one text or one file, for a reason of `Hideable.Why`. Nothing is erased."""
    if reason not in Hideable.Why.values:
        raise NotPossible(_("Please choose a reason from the list."))
    rows = (
        case.words.filter(role=what)
        if isinstance(what, str)
        else type(what)._default_manager.filter(**{"case": case, "pk": what.pk})
    )
    with transaction.atomic():
        if not rows.filter(hidden_at=None).update(hidden_at=now, hidden_by=user, hidden_reason=reason):
            raise NotPossible(_("It is hidden already, or erased."))
        note_inside(case, Event.HIDDEN, now, user)


def note_look(case: Case, user: User, now: datetime) -> None:
    """Writes down who opened a case, at most once an hour for each person."""
    looks = CaseEvent.objects.filter(case=case, kind=Event.VIEWED, actor=user)
    if not looks.filter(at__gt=now - ONE_LOOK).exists():
        note_inside(case, Event.VIEWED, now, user)


def show_contact(case: Case, user: User, now: datetime) -> list[CaseText]:
    """The resident's contact; every time it is asked for is written down."""
    with transaction.atomic():
        note_inside(case, Event.CONTACT_VIEWED, now, user)
        return list(case.words.filter(role__in=CaseText.CONTACT_ROLES))


def erase_contact(case: Case, now: datetime) -> None:
    """The mails to the resident go with it, wherever they are on their way."""
    with transaction.atomic():
        forget_mail(case, now)
        case.words.filter(role__in=CaseText.CONTACT_ROLES).delete()
        note_inside(case, Event.CONTACT_ERASED, now)


def erase_words(case: Case, now: datetime) -> None:
    with transaction.atomic():
        erase_all_words(case, now)
        note_inside(case, Event.WORDS_ERASED, now)


def erase_all_words(case: Case, now: datetime) -> None:
    """Question, answers, notes, contact, files, title; must run inside a transaction that writes it down."""
    forget_mail(case, now)
    case.words.all().delete()
    private_files.erase(case)
    Case.objects.filter(pk=case.pk).update(title="")


def forget_mail(case: Case, now: datetime) -> None:
    given = case.words.filter(role=CaseText.Role.EMAIL).first()
    if given is not None:
        outbox.forget(f"case-{case.code}-", given.text, now)
