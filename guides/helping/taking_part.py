"""Everything that happens to a helper's place: the only writer of `Helper` and of the places taken.

States change by conditional update: of two people who take the last place at once, the second is told. A place is
taken and freed in the same transaction as the helper's state; the helper's own row always comes first, so that two
of us never wait for each other. A swap keeps the place taken throughout: the first is free only when the second has it.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.helping import notices
from guides.helping.evening import facts, has_begun
from guides.models import Helper, Session, SessionNeed
from guides.models.helping import TAKING_PART
from home.models import User

State = Helper.State

FULL = _("Somebody was faster: every place of this role is taken. Thank you for offering.")
NOT_ASKED = _("This session does not look for this role.")
ALREADY = _("You have a part in this session already.")
DECLINED = _("The coordinator has answered this offer already. Choose another role or another session.")
OVER = _("This session has begun or is over. Please call the coordinator.")
CANCELLED = _("This session was cancelled.")
MOVED_ON = _("This has changed since you opened the page. Look at how it stands now.")
NO_SWAP = _("Nobody asks to be replaced there any more. Thank you for offering.")


class Refused(Exception):
    """Says why in words for whoever asked."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


@transaction.atomic
def offer(session: Session, user: User, role: str, now: datetime) -> Helper:
    """Offers to help; where the role is open to all the place is theirs at once."""
    need = _need(session, role)
    _check_open(session, now)
    if need.missing < 1:
        raise Refused(FULL)
    if Helper.objects.filter(session=session, user=user, role=role, state=State.DECLINED).exists():
        raise Refused(DECLINED)
    helper = _enter(session, user, role, State.CONFIRMED if need.is_direct else State.OFFERED, now)
    if need.is_direct:
        _take_place(session, role)
        notices.tell_confirmed(helper)
    return helper


@transaction.atomic
def take_over(asking: Helper, user: User, now: datetime) -> Helper:
    """Offers to take the place of somebody who asks to be replaced."""
    session = asking.session
    _check_open(session, now)
    need = _need(session, asking.role)
    if not need.is_direct:
        if not Helper.objects.asking_to_swap().filter(pk=asking.pk).exists():
            raise Refused(NO_SWAP)
        return _enter(session, user, asking.role, State.OFFERED, now, takes_over_from=asking)
    helper = _enter(session, user, asking.role, State.CONFIRMED, now, takes_over_from=asking)
    if not _hand_over(asking, now):
        raise Refused(NO_SWAP)
    notices.tell_confirmed(helper)
    return helper


@transaction.atomic
def confirm(helper: Helper, now: datetime) -> None:
    """Gives the place of whom the helper takes over from, else a free one."""
    _check_open(helper.session, now)
    if not _change(helper, State.OFFERED, State.CONFIRMED, now, told=facts(helper.session)):
        raise Refused(MOVED_ON)
    asking = helper.takes_over_from
    if asking is None or not _hand_over(asking, now):
        _take_place(helper.session, helper.role)
    notices.tell_confirmed(helper)


@transaction.atomic
def decline(helper: Helper, sentence: str, now: datetime) -> None:
    """Says no to an offer, or gives a confirmed place back, with the reason in a sentence."""
    if _change(helper, State.CONFIRMED, State.DECLINED, now, sentence=sentence, swap_asked_at=None):
        _free_place(helper)
    elif not _change(helper, State.OFFERED, State.DECLINED, now, sentence=sentence):
        raise Refused(MOVED_ON)
    notices.tell_declined(helper)


@transaction.atomic
def add(session: Session, user: User, role: str, now: datetime) -> Helper:
    """The coordinator puts somebody on a place, whatever was answered before; also for an evening that is over."""
    _need(session, role)
    if session.is_cancelled:
        raise Refused(CANCELLED)
    helper = _enter(session, user, role, State.CONFIRMED, now)
    _take_place(session, role)
    if not has_begun(session, now):
        notices.tell_confirmed(helper)
    return helper


@transaction.atomic
def withdraw(helper: Helper, now: datetime) -> None:
    _check_open(helper.session, now)
    if _change(helper, State.CONFIRMED, State.WITHDRAWN, now, swap_asked_at=None):
        _free_place(helper)
        notices.tell_withdrawn(helper)
    elif not _change(helper, State.OFFERED, State.WITHDRAWN, now):
        raise Refused(MOVED_ON)


def ask_to_swap(helper: Helper, now: datetime) -> None:
    """The place stays theirs until somebody has taken it over."""
    _check_open(helper.session, now)
    if not Helper.objects.confirmed().filter(pk=helper.pk).update(swap_asked_at=now):
        raise Refused(MOVED_ON)


def stop_asking(helper: Helper) -> None:
    if not Helper.objects.asking_to_swap().filter(pk=helper.pk).update(swap_asked_at=None):
        raise Refused(MOVED_ON)


def note_minutes(helper: Helper, minutes: int | None, now: datetime) -> None:
    """0: did not come; None: as long as the session was."""
    if not has_begun(helper.session, now):
        raise Refused(_("Hours are noted once the session has begun."))
    if not Helper.objects.confirmed().filter(pk=helper.pk).update(noted_minutes=minutes):
        raise Refused(MOVED_ON)


@transaction.atomic
def free(helper: Helper, now: datetime) -> bool:
    """The session was cancelled: nobody is awaited there. False when somebody else has seen to it."""
    if _change(helper, State.CONFIRMED, State.FREED, now, swap_asked_at=None):
        _free_place(helper)
        return True
    return _change(helper, State.OFFERED, State.FREED, now)


@transaction.atomic
def follow(helper: Helper, session: Session, now: datetime) -> Helper | None:
    """From a cancelled session to the one that stands in for it, with the place when there is one, else as an offer.

    None when they have a part there already, or somebody else has seen to it.
    """
    was_confirmed = helper.is_confirmed
    if not free(helper, now):
        return None
    try:
        with transaction.atomic():
            return _follow(helper, session, State.CONFIRMED if was_confirmed else State.OFFERED, now)
    except Refused:
        return None


def _follow(helper: Helper, session: Session, state: Helper.State, now: datetime) -> Helper:
    places = SessionNeed.objects.filter(session=session, role=helper.role, taken__lt=F("needed"))
    has_place = state == State.CONFIRMED and places.exists()
    entered = _enter(session, helper.user, helper.role, state if has_place else State.OFFERED, now)
    if has_place:
        _take_place(session, helper.role)
    return entered


def _need(session: Session, role: str) -> SessionNeed:
    need = SessionNeed.objects.filter(session=session, role=role).first()
    if need is None:
        raise Refused(NOT_ASKED)
    return need


def _check_open(session: Session, now: datetime) -> None:
    if session.is_cancelled:
        raise Refused(CANCELLED)
    if has_begun(session, now):
        raise Refused(OVER)


def _enter(
    session: Session,
    user: User,
    role: str,
    state: Helper.State,
    now: datetime,
    takes_over_from: Helper | None = None,
) -> Helper:
    """Their one row for this session, made or used again; whoever has a part already is told so."""
    fresh: dict[str, Any] = {
        "role": role,
        "state": state,
        "sentence": "",
        "swap_asked_at": None,
        "takes_over_from": takes_over_from,
        "noted_minutes": None,
        "told": facts(session),
        "changed_at": now,
    }
    helper, is_new = Helper.objects.get_or_create(
        session=session, user=user, defaults={**fresh, "created_at": now}
    )
    if is_new:
        return helper
    if not Helper.objects.filter(pk=helper.pk).exclude(state__in=TAKING_PART).update(**fresh):
        raise Refused(ALREADY)
    helper.refresh_from_db()
    return helper


def _change(helper: Helper, old: Helper.State, new: Helper.State, now: datetime, **more: Any) -> bool:
    values = {"state": new, "changed_at": now, **more}
    if not Helper.objects.filter(pk=helper.pk, state=old).update(**values):
        return False
    for name, value in values.items():
        setattr(helper, name, value)
    return True


def _hand_over(asking: Helper, now: datetime) -> bool:
    """Frees whoever asks to be replaced without freeing the place; False when they do not ask any more."""
    handed = Helper.objects.asking_to_swap().filter(pk=asking.pk)
    if not handed.update(state=State.SWAPPED, swap_asked_at=None, changed_at=now):
        return False
    asking.refresh_from_db()
    notices.tell_taken_over(asking)
    return True


def _take_place(session: Session, role: str) -> None:
    places = SessionNeed.objects.filter(session=session, role=role, taken__lt=F("needed"))
    if not places.update(taken=F("taken") + 1):
        raise Refused(FULL)


def _free_place(helper: Helper) -> None:
    places = SessionNeed.objects.filter(session=helper.session_id, role=helper.role, taken__gt=0)
    places.update(taken=F("taken") - 1)
