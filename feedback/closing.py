"""What time does to cases: finished ones are closed, and words are erased when their days are over."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from feedback import handling
from feedback.models import Case, CaseText, State, Topic
from feedback.models.cases import CaseQuerySet
from feedback.promise import calendar_of
from feedback.states import MoveRefused
from gandan.models import WorkDay

CLOSED_AFTER = 10  # working days without a word from the resident
FINISHED = (State.ANSWERED, State.REFUSED)


def close_answered(now: datetime) -> int:
    """Closes cases answered or refused more than ten working days ago; the day of the answer is day zero."""
    today, exceptions, closed = timezone.localdate(now), list(WorkDay.objects.all()), 0
    finished = Case.objects.filter(state__in=FINISHED, answered_at__lt=now - timedelta(days=CLOSED_AFTER))
    for case in finished.select_related("unit").iterator():
        assert case.answered_at is not None
        calendar = calendar_of(case.unit, today, exceptions)
        last_day = calendar.add_working_days(timezone.localdate(case.answered_at), CLOSED_AFTER)
        if today > last_day:
            closed += _close(case, now)
    return closed


def erase_overdue(now: datetime) -> int:
    """Erases contact and words so many days after closing as their topic says; the day of closing is day zero.

    On the day itself, from midnight in Vietnam on, whatever the hour at which the case was closed.
    """
    today, erased = timezone.localdate(now), 0
    words = CaseText.objects.filter(case=OuterRef("pk"))
    contact = words.filter(role__in=CaseText.CONTACT_ROLES)
    for topic in Topic.objects.all():
        for case in _closed(topic, today, topic.words_days).filter(Exists(words)).iterator():
            handling.erase_words(case, now)
            erased += 1
        for case in _closed(topic, today, topic.contact_days).filter(Exists(contact)).iterator():
            handling.erase_contact(case, now)
            erased += 1
    return erased


def kept_until(case: Case, days: int) -> date | None:
    """The day on which something kept so many days is erased; None while the case is not closed."""
    return timezone.localdate(case.closed_at) + timedelta(days=days) if case.closed_at else None


def _closed(topic: Topic, today: date, days: int) -> CaseQuerySet:
    """Cases of the topic closed at least so many days ago."""
    next_day = datetime.combine(today - timedelta(days=days - 1), time())
    closed_before = timezone.make_aware(next_day)
    return Case.objects.filter(topic=topic, state=State.CLOSED, closed_at__lt=closed_before)


def _close(case: Case, now: datetime) -> int:
    try:
        handling.close(case, now)
    except MoveRefused:  # reopened, or closed by another worker, since the list was read
        return 0
    return 1
