"""Answers that everybody may read: written anew by staff, checked for what could point to a person, approved by a
second person. The only writer of `PublishedAnswer`.
"""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.access import Reader
from feedback.models import Case, CaseText, Kind, PublishedAnswer, State
from gandan.text import fold, fold_words, slug
from home.models import User

_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
KEY_LENGTH = 60


class SecondEyesNeeded(Exception):
    """Who wrote a text cannot approve it, nor can anybody approve what was changed since they read it."""


def may_publish(case: Case) -> bool:
    """Answered questions alone: remarks concern people or places, and a question withdrawn is nobody's any more."""
    return (
        case.kind == Kind.QUESTION
        and case.state in (State.ANSWERED, State.CLOSED)
        and case.answered_at is not None
        and case.withdrawn_at is None
    )


def may_approve(answer: PublishedAnswer, reader: Reader) -> bool:
    return reader.sees_all and not answer.is_public and answer.written_by_id != reader.user.pk


def points_to_a_person(text: str, case: Case | None, office_phones: set[str]) -> str:
    """A sentence that says what would point to somebody: the resident's contact, a private phone, an e-mail."""
    if case is not None and _holds_contact(text, case):
        return _("This holds the resident's own name, phone or e-mail. Please take it out.")
    offices = {re.sub(r"\D", "", phone) for phone in office_phones}
    phones = {re.sub(r"\D", "", found[0]) for found in _PHONE.finditer(text)}
    if phones - offices:
        return _("This holds a phone number that is not one of the commune's offices. Please take it out.")
    if _EMAIL.search(text):
        return _("This holds an e-mail address. Please take it out.")
    return ""


def _holds_contact(text: str, case: Case) -> bool:
    folded, digits = f" {fold(text)} ", re.sub(r"\D", "", text)
    for words in case.words.filter(role__in=CaseText.CONTACT_ROLES):
        number = re.sub(r"\D", "", words.text)
        if words.role == CaseText.Role.PHONE and number and number in digits:
            return True
        name = fold(words.text)
        if words.role == CaseText.Role.NAME and len(fold_words(name)) > 1 and f" {name} " in folded:
            return True
    return False


def write(
    case: Case, user: User, question: str, answer: str, guide_code: str, now: datetime
) -> PublishedAnswer:
    """A draft: nobody but staff reads it before a second person has approved it."""
    return PublishedAnswer.objects.create(
        key=_free_key(question),
        case=case,
        topic=case.topic,
        question=question,
        answer=answer,
        guide_code=guide_code,
        language=case.language,
        written_by=user,
        written_at=now,
    )


def rewrite(
    answer: PublishedAnswer, user: User, question: str, text: str, guide_code: str, now: datetime
) -> None:
    """Whoever changes it becomes its writer; it is no longer public until somebody else approves it again."""
    answer.question, answer.answer, answer.guide_code = question, text, guide_code
    answer.written_by, answer.written_at = user, now
    answer.approved_by = answer.approved_at = None
    answer.save()


def approve(answer: PublishedAnswer, user: User, read_at: datetime, now: datetime) -> None:
    """`read_at` is the `written_at` of the text that was read. Raises `SecondEyesNeeded`."""
    with transaction.atomic():
        found = PublishedAnswer.objects.select_for_update().get(pk=answer.pk)
        if found.written_by_id == user.pk or found.written_at != read_at or found.is_public:
            raise SecondEyesNeeded
        found.approved_by, found.approved_at = user, now
        found.save()


def take_back(answer: PublishedAnswer) -> None:
    """No longer public; the text stays as a draft."""
    answer.approved_by = answer.approved_at = None
    answer.save()


def _free_key(question: str) -> str:
    stem = slug(question, KEY_LENGTH) or "cau-hoi"
    taken = set(PublishedAnswer.objects.filter(key__startswith=stem).values_list("key", flat=True))
    keys = (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken)
