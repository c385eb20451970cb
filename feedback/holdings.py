"""Everything the commune holds of a case, for the resident who asks with code and PIN: one shape for page and JSON."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from feedback.closing import kept_until
from feedback.consents import words_of
from feedback.models import Case, CaseEvent, CaseText

LOOKS = (CaseEvent.Kind.VIEWED, CaseEvent.Kind.CONTACT_VIEWED)


def held(case: Case) -> dict[str, Any]:
    """Moments are ISO 8601 in Vietnam's time. Notes among officials and names of those who looked are not in it."""
    words = list(case.words.exclude(role=CaseText.Role.NOTE))
    events = list(case.events.all())
    return {
        "code": case.code,
        "kind": case.kind,
        "topic": case.topic.name,
        "area": case.area.name if case.area else None,
        "state": case.state,
        "source": case.source,
        "language": case.language,
        "asked_from_page": case.page_path or None,
        "sent": _moment(case.sent_at),
        "received": _moment(case.received_at),
        "promised_first": _moment(case.first_due_at),
        "promised_now": _moment(case.due_at),
        "answered": _moment(case.answered_at),
        "closed": _moment(case.closed_at),
        "contact": {each.role: each.text for each in words if each.role in CaseText.CONTACT_ROLES},
        "words": [
            {"role": each.role, "text": each.text, "written": _moment(each.written_at)}
            for each in words
            if each.role in CaseText.CONVERSATION and not each.is_hidden
        ],
        "files": [
            {"kind": each.kind, "bytes": each.size, "pages": each.pages, "added": _moment(each.added_at)}
            for each in case.files.filter(hidden_at=None)
        ],
        "consents": [
            {
                "purpose": each.purpose,
                "words": words_of(each),
                "version": each.version,
                "language": each.language,
                "how": each.how,
                "given": _moment(each.given_at),
                "withdrawn": _moment(each.withdrawn_at),
            }
            for each in case.consents.all()
        ],
        "history": [
            {"what": each.kind, "at": _moment(each.at)}
            for each in events
            if each.is_public and each.kind not in LOOKS
        ],
        "looked_at_by_staff": [_moment(each.at) for each in events if each.kind in LOOKS],
        "kept_until": {
            "contact": _day(case, case.topic.contact_days),
            "words": _day(case, case.topic.words_days),
            "days_after_closing": {"contact": case.topic.contact_days, "words": case.topic.words_days},
        },
    }


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _day(case: Case, days: int) -> str | None:
    until = kept_until(case, days)
    return until.isoformat() if until else None
