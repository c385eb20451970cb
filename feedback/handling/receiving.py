"""Taking a case in: once for each form, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback import consents, notices, private_files, routing
from feedback.attachments import Attached
from feedback.codes import new_code
from feedback.handling.steps import note
from feedback.models import Case, CaseEvent, CaseText, Consent, Kind, State, Topic
from feedback.promise import calendar_of, promise
from feedback.tokens import hash_pin, pin_of
from home.models import Area, Official, User

TRIES_FOR_A_FREE_CODE = 5


@dataclass(frozen=True)
class Submission:
    """What a resident sends. Contact may be given only with consent, which the form has asked for.

    `about` is the official whom a remark about conduct names, if it names one. Where staff write down what somebody
    told them, `filed_by` is who did, `told_at` when it was told, from which the promise counts, and `consent_how` how
    the person agreed to be reached.
    """

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
    about: Official | None = None
    page_path: str = ""
    files: tuple[Attached, ...] = ()
    filed_by: User | None = None
    told_at: datetime | None = None
    consent_how: str = Consent.How.FORM

    @property
    def contact(self) -> dict[str, str]:
        given = {
            CaseText.Role.NAME: self.name,
            CaseText.Role.PHONE: self.phone,
            CaseText.Role.EMAIL: self.email,
        }
        return {role: text for role, text in given.items() if text}


def receive(submission: Submission, now: datetime) -> Case:
    """The case of this submission, made now or before. Raises `NobodyCanAnswer`, then nothing is stored.

    Where the files cannot be written, the case is kept without any of them.
    """
    for _ in range(TRIES_FOR_A_FREE_CODE):
        sent_before = Case.objects.filter(token_nonce=submission.nonce).first()
        if sent_before is not None:
            return sent_before
        try:
            with private_files.with_their_rows() as names, transaction.atomic():
                case = _store(submission, now)
                private_files.keep(case, submission.files, names, now)
                return case
        except IntegrityError:
            continue
    raise RuntimeError("No free case code was found.")


def _store(submission: Submission, now: datetime) -> Case:
    today, told = timezone.localdate(now), submission.told_at or now
    decision = routing.decide(
        routing.Staff.load(), submission.topic, submission.area, submission.kind, today, submission.about
    )
    made = promise(calendar_of(decision.unit, today), decision.unit, submission.topic.working_days, told)
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
        about=submission.about,
        held_for=submission.held_for,
        sent_at=told,
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
    if submission.contact:
        consents.record(case, Consent.Purpose.CONTACT, submission.language, now, submission.consent_how)
    note(case, CaseEvent.Kind.RECEIVED, now, submission.filed_by, state_to=State.NEW)
    note(case, CaseEvent.Kind.ASSIGNED, now, official=decision.official)
    if submission.held_for not in notices.SILENT_HOLDS:
        notices.tell_assigned(case)
    return case
