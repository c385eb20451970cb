"""What time does to cases: answered ones are closed, and words are erased when their days are over."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from feedback import handling
from feedback.models import Case, CaseText, State
from feedback.promise import calendar_of
from feedback.states import MoveRefused
from gandan.models import WorkDay

CLOSED_AFTER = 10  # working days without a word from the resident


def close_answered(now: datetime) -> int:
    """Closes cases answered or refused more than ten working days ago; the day of the answer is day zero."""
    today, exceptions, closed = timezone.localdate(now), list(WorkDay.objects.all()), 0
    finished = Case.objects.filter(
        state__in=[State.ANSWERED, State.REFUSED], answered_at__lt=now - timedelta(days=CLOSED_AFTER)
    )
    for case in finished.select_related("unit").iterator():
        assert case.answered_at is not None
        calendar = calendar_of(case.unit, today, exceptions)
        last_day = calendar.add_working_days(timezone.localdate(case.answered_at), CLOSED_AFTER)
        if today > last_day:
            closed += _close(case, now)
    return closed


def erase_overdue(now: datetime) -> int:
    """Erases contact and words so many days after closing as their topic says; the day of closing is day zero."""
    today, erased = timezone.localdate(now), 0
    contact = CaseText.objects.filter(case=OuterRef("pk"), role__in=CaseText.CONTACT_ROLES)
    words = CaseText.objects.filter(case=OuterRef("pk"))
    closed = Case.objects.filter(state=State.CLOSED, closed_at__isnull=False).select_related("topic")
    for case in closed.annotate(has_contact=Exists(contact)).filter(Exists(words)).iterator():
        assert case.closed_at is not None
        kept = (today - timezone.localdate(case.closed_at)).days
        if kept >= case.topic.words_days:
            handling.erase_words(case, now)
            erased += 1
        elif case.has_contact and kept >= case.topic.contact_days:
            handling.erase_contact(case, now)
            erased += 1
    return erased


def _close(case: Case, now: datetime) -> int:
    try:
        handling.close(case, now)
    except MoveRefused:  # reopened, or closed by another worker, since the list was read
        return 0
    return 1
