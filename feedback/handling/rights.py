"""A resident's rights over a case, by code and PIN: correct, take consent back, delete, take a copy (Law 91/2025)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from feedback import consents, notices
from feedback.handling.recording import erase_all_words, forget_mail
from feedback.handling.replying import withdraw
from feedback.handling.steps import demand, note, write
from feedback.models import Case, CaseEvent, CaseText, Consent
from feedback.states import Move, NotPossible, may

Event = CaseEvent.Kind
TOO_LATE = _("The commune has answered already. Please send a new question instead.")


def correct_question(case: Case, text: str, now: datetime) -> None:
    """The old words are gone. Only before the answer, which else would answer what nobody asked."""
    demand(text, _("Please write what it is about, in one sentence at least."))
    with transaction.atomic():
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        question = found.words.filter(role=CaseText.Role.QUESTION, hidden_at=None).first()
        if not found.is_open or question is None:
            raise NotPossible(TOO_LATE)
        if question.text == text.strip():
            return
        question.text, question.written_at = text.strip(), now
        question.save(update_fields=["text", "written_at"])
        note(case, Event.CORRECTED, now)
        notices.tell_official(case, Event.CORRECTED, now)


def correct_contact(case: Case, contact: Mapping[str, str], now: datetime) -> None:
    """`contact`: role → text, empty where nothing is to be kept. Some contact needs a consent, which the form asks."""
    with transaction.atomic():
        kept = {words.role: words for words in case.words.filter(role__in=CaseText.CONTACT_ROLES)}
        before = {role: words.text for role, words in kept.items()}
        after = {role: text.strip() for role, text in contact.items() if text.strip()}
        if after == before:
            return
        if before.get(CaseText.Role.EMAIL) != after.get(CaseText.Role.EMAIL):
            forget_mail(case, now)
        case.words.filter(role__in=CaseText.CONTACT_ROLES).delete()
        for role, text in after.items():
            write(case, role, text, now)
        if after:
            consents.record(case, Consent.Purpose.CONTACT, case.language, now)
            _set_consent(case, case.contact_consent_at or now)
        else:
            _end_consents(case, now)
        note(case, Event.CORRECTED, now)


def withdraw_consent(case: Case, now: datetime) -> None:
    """The contact goes with it; the case is answered all the same, to be read with code and PIN."""
    with transaction.atomic():
        forget_mail(case, now)
        case.words.filter(role__in=CaseText.CONTACT_ROLES).delete()
        if _end_consents(case, now):
            note(case, Event.CONSENT_ENDED, now)


def delete_words(case: Case, now: datetime) -> None:
    """Everything written, sent and said in this case; states and dates stay. An open case is withdrawn first."""
    with transaction.atomic():
        state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
        if may(state, Move.WITHDRAW):
            withdraw(case, now)
        if not case.words.exists():
            return
        erase_all_words(case, now)
        _end_consents(case, now)
        note(case, Event.DELETED, now)


def give_data(case: Case, now: datetime) -> None:
    """Writes down that a copy was taken: whoever lost the slip can see that somebody used it."""
    note(case, Event.DATA_GIVEN, now)


def _end_consents(case: Case, now: datetime) -> bool:
    _set_consent(case, None)
    return bool(Consent.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=now))


def _set_consent(case: Case, at: datetime | None) -> None:
    Case.objects.filter(pk=case.pk).update(contact_consent_at=at)
    case.contact_consent_at = at
