"""Promises already given that today's calendar would count otherwise.

A holiday, a make-up day or other desk hours that come later change no promise: `Case.first_due_at` was stored when it
was given, and stays. Here such promises are listed, so that somebody can decide on an extension with its apology.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from feedback.access import countable
from feedback.models import Case
from feedback.promise import calendar_of, promise
from gandan.models import WorkDay
from gandan.worktime import Calendar


@dataclass(frozen=True)
class Touched:
    """`would_be`: the moment a promise given today for the same sending would name."""

    case: Case
    would_be: datetime


def touched(now: datetime) -> list[Touched]:
    """Open cases whose hour lies ahead, in the order of their promises; remarks about conduct are left out."""
    return list(_touched(now))


def _touched(now: datetime) -> Iterator[Touched]:
    exceptions, calendars = list(WorkDay.objects.all()), dict[int, Calendar]()
    cases = countable().open().filter(first_due_at__gt=now).select_related("unit", "topic", "official")
    for case in cases.order_by("first_due_at").iterator(500):
        if case.unit_id not in calendars:
            calendars[case.unit_id] = calendar_of(case.unit, timezone.localdate(now), exceptions)
        made = promise(calendars[case.unit_id], case.unit, case.working_days, case.sent_at)
        if made.due_at != case.first_due_at:
            yield Touched(case, made.due_at)
