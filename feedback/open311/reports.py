"""Reports as everybody may see them: topic, hamlet, unit, state and dates. Never words, names, contact or code.

Of all cases only those of the kind "report" are here: they are about things and places. Questions, praise and
remarks about officials are about people. What a person has still to look at is not here either.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from feedback.access import countable
from feedback.models import Case, Kind, State
from feedback.models.cases import CaseQuerySet
from feedback.open311.numbers import case_of, number_of
from feedback.open311.wire import Refused

SPAN = timedelta(days=90)
MOST = 1000
DONE = (State.ANSWERED, State.REFUSED, State.CLOSED)
STATUSES = {"open": ~Q(state__in=DONE), "closed": Q(state__in=DONE)}


def shown() -> CaseQuerySet:
    return countable().filter(kind=Kind.REPORT, held_for="")


def report(number: str, now: datetime) -> list[dict[str, Any]]:
    """Raises `Refused` for a number that is none or not public."""
    found = _described(shown().filter(pk=case_of(number) or 0), now)
    if not found:
        raise Refused(404, "service_request_id was not found")
    return found


def reports(query: QueryDict, now: datetime) -> list[dict[str, Any]]:
    """As the query asks, newest first. Raises `Refused` for what cannot be read."""
    numbers = _listed(query, "service_request_id")
    if numbers:
        return _described(shown().filter(pk__in=[case_of(number) or 0 for number in numbers[:MOST]]), now)
    start, end = _span(query, now)
    found = shown().filter(sent_at__range=(start, end))
    codes = _listed(query, "service_code")
    if codes:
        found = found.filter(topic__key__in=[code for code in codes[:MOST] if code.isprintable()])
    statuses = _listed(query, "status")
    if not STATUSES.keys() >= set(statuses):
        raise Refused(400, "status must be open, closed or both")
    if len(set(statuses)) == 1:
        found = found.filter(STATUSES[statuses[0]])
    return _described(found, now)


def _listed(query: QueryDict, name: str) -> list[str]:
    """A parameter may be given several times, and hold several values with commas."""
    return [part.strip() for value in query.getlist(name) for part in value.split(",") if part.strip()]


def _span(query: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    start, end = _moment(query, "start_date"), _moment(query, "end_date")
    if start is None and end is None:
        return now - SPAN, now
    first = start or (end or now) - SPAN
    last = end or min(first + SPAN, now)
    if last - first > SPAN:
        raise Refused(400, "start_date and end_date may not span more than 90 days")
    return first, last


def _moment(query: QueryDict, name: str) -> datetime | None:
    typed = query.get(name, "").strip()
    if not typed:
        return None
    try:
        moment = parse_datetime(typed.replace(" ", "+"))  # a plus sign that was not percent-encoded
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1970 < moment.year < 9000:
        raise Refused(400, f"{name} must be a moment with time zone, such as 2026-01-31T00:00:00Z")
    return moment


def _described(cases: CaseQuerySet, now: datetime) -> list[dict[str, Any]]:
    changed = Max("events__at", filter=Q(events__is_public=True))
    related = cases.select_related("topic", "unit", "area").annotate(changed=changed)
    return [_description(case, now) for case in related.order_by("-sent_at", "-pk")[:MOST]]


def _description(case: Any, now: datetime) -> dict[str, Any]:
    state = case.get_state_display()
    return {
        "service_request_id": number_of(case.pk),
        "status": "closed" if case.state in DONE else "open",
        "status_notes": f"{state}. {_('Late')}." if case.is_late(now) else f"{state}.",
        "service_name": case.topic.local_name,
        "service_code": case.topic.key,
        "description": None,
        "agency_responsible": case.unit.local_name,
        "service_notice": None,
        "requested_datetime": _iso(case.sent_at),
        "updated_datetime": _iso(_closed_at(case) or case.changed or case.sent_at),
        "expected_datetime": _iso(case.due_at),
        "address": case.area.local_name if case.area else None,
        "address_id": case.area.key if case.area else None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
        "extended_attributes": {
            "state": case.state,
            "is_late": case.is_late(now),
            "first_expected_datetime": _iso(case.first_due_at),
            "received_datetime": _iso(case.received_at),
        },
    }


def _closed_at(case: Case) -> datetime | None:
    return (case.answered_at or case.closed_at) if case.state in DONE else None


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
