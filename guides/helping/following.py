"""What the worker does for helpers: cancelled and moved sessions reach them, and a reminder the day before.

It looks at how things stand, not at who changed them: an editor, an import and a holiday are all followed. Each helper
is told once, since the row that says so changes in the same transaction as the message is stored.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from guides.helping import notices, taking_part
from guides.helping.evening import facts, has_begun
from guides.models import Helper, Session
from guides.models.helping import HelperQuerySet

REMIND_FROM, REMIND_UNTIL = 8, 20  # hours of the day before
A_DAY = timedelta(days=1)


def follow_sessions(now: datetime) -> int:
    """The worker's job: how many helpers were moved, freed, told or withdrawn."""
    return _follow_closed_accounts(now) + _follow_cancelled(now) + _follow_changed(now)


def remind(now: datetime) -> int:
    """The worker's job: once to each who is confirmed for tomorrow, by day; not to who was confirmed only today."""
    if not REMIND_FROM <= localtime(now).hour < REMIND_UNTIL:
        return 0
    tomorrow, midnight = (
        localdate(now) + A_DAY,
        localtime(now).replace(hour=0, minute=0, second=0, microsecond=0),
    )
    awaited = Helper.objects.confirmed().filter(session__date=tomorrow, session__is_cancelled=False)
    unaware = awaited.filter(_not_reminded(tomorrow), changed_at__lt=midnight)
    return sum(_remind(helper) for helper in unaware.select_related("user", "session__place"))


@transaction.atomic
def _remind(helper: Helper) -> int:
    day = helper.session.date
    rows = Helper.objects.confirmed().filter(_not_reminded(day), pk=helper.pk)
    if not rows.update(reminded_for=day):
        return 0
    notices.remind(helper)
    return 1


def _not_reminded(day: object) -> Q:
    return Q(reminded_for=None) | ~Q(reminded_for=day)


def _coming(now: datetime) -> HelperQuerySet:
    found = Helper.objects.taking_part().filter(session__date__gte=localdate(now))
    return found.select_related("user", "session__place")


def _follow_closed_accounts(now: datetime) -> int:
    gone = [
        helper for helper in _coming(now).filter(user__is_active=False) if not has_begun(helper.session, now)
    ]
    for helper in gone:
        if not helper.session.is_cancelled:
            taking_part.withdraw(helper, now)
    return len(gone)


def _follow_cancelled(now: datetime) -> int:
    return sum(_follow_one(helper, now) for helper in _coming(now).filter(session__is_cancelled=True))


@transaction.atomic
def _follow_one(helper: Helper, now: datetime) -> int:
    instead = _stand_in(helper.session, now)
    if instead is None:
        if not taking_part.free(helper, now):
            return 0
        notices.tell_cancelled(helper)
        return 1
    entered = taking_part.follow(helper, instead, now)
    if entered is not None:
        notices.tell_followed(entered, helper.session)
    return 1


def _stand_in(cancelled: Session, now: datetime) -> Session | None:
    """The session of the same series on the day the cancelled one was moved to."""
    if cancelled.moved_to is None or cancelled.series_id is None:
        return None
    same = Session.objects.filter(series=cancelled.series_id, date=cancelled.moved_to, is_cancelled=False)
    return next((session for session in same if not has_begun(session, now)), None)


def _follow_changed(now: datetime) -> int:
    coming = _coming(now).filter(session__is_cancelled=False)
    stale = [helper for helper in coming if helper.told != facts(helper.session)]
    return sum(_tell_changed(helper) for helper in stale if not has_begun(helper.session, now))


@transaction.atomic
def _tell_changed(helper: Helper) -> int:
    before, known = helper.told, facts(helper.session)
    if not Helper.objects.filter(pk=helper.pk, told=before).update(told=known):
        return 0
    notices.tell_changed(helper)
    return 1
