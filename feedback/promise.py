"""By when: the promise that is shown before sending, printed on the slip and measured afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from gandan.models import WorkDay
from gandan.workdays import working_calendar
from gandan.worktime import Calendar
from home.hours import weekly
from home.models import Unit


@dataclass(frozen=True)
class Promise:
    """`skipped`: days a reader would count and that do not, with the name of the holiday or None."""

    sent_at: datetime
    received_at: datetime
    due_at: datetime
    working_days: int
    skipped: Sequence[tuple[date, str | None]]

    @property
    def is_received_later(self) -> bool:
        """Sent out of hours: the clock starts at the next opening."""
        return self.received_at > self.sent_at


def calendar_of(unit: Unit, around: date, exceptions: Sequence[WorkDay] | None = None) -> Calendar:
    """Desk hours of the unit with the commune's holidays and exceptions; office hours when it has none."""
    return working_calendar(weekly(unit.weekly_hours) or None, around=around, exceptions=exceptions)


def promise(calendar: Calendar, unit: Unit, working_days: int, sent_at: datetime) -> Promise:
    """Received at the next opening, that day is day zero; due at the unit's hour of the n-th working day."""
    received = calendar.next_open(sent_at)
    due = calendar.due_at(received, working_days, unit.answer_by)
    eve = timezone.localdate(sent_at) - timedelta(days=1)
    skipped = calendar.skipped_days(eve, due.date())
    return Promise(sent_at, received, due, working_days, skipped)
