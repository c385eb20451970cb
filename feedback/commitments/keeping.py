"""The only writer of commitments: made once, then moved on step by step; nothing said before is ever overwritten."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.models import Commitment, CommitmentStep
from feedback.states import NotPossible
from gandan.text import slug
from home.models import Official, User

State = Commitment.State
KEY_LENGTH = 70


def promise(
    user: User,
    leader: Official,
    title: str,
    meeting: str,
    meeting_on: date,
    promised_on: date,
    now: datetime,
    text: str = "",
    parts: int = 1,
    meeting_path: str = "",
) -> Commitment:
    if promised_on < meeting_on:
        raise NotPossible(_("The promised day lies before the meeting."))
    with transaction.atomic():
        made = Commitment.objects.create(
            key=_free_key(title),
            title=title,
            text=text,
            leader=leader,
            leader_name=f"{leader.name}, {leader.title}",
            meeting=meeting,
            meeting_on=meeting_on,
            meeting_path=meeting_path,
            first_promised_on=promised_on,
            promised_on=promised_on,
            parts=parts,
        )
        _note(made, user, "", now)
    return made


def progress(commitment: Commitment, user: User, done: int, words: str, now: datetime) -> None:
    """`done` of all parts; the last part makes it kept, or kept late."""
    if not 0 <= done <= commitment.parts:
        raise NotPossible(_("So many parts there are not."))
    if done == commitment.parts:
        keep(commitment, user, words, now)
        return
    state = State.CHANGED if commitment.state == State.CHANGED else State.IN_PROGRESS
    _step(commitment, user, words, now, state=state, done=done)


def keep(commitment: Commitment, user: User, words: str, now: datetime) -> None:
    """Late is what comes after the day promised first, also when another day was named later."""
    today = timezone.localdate(now)
    state = State.KEPT if today <= commitment.first_promised_on else State.KEPT_LATE
    _step(commitment, user, words, now, state=state, done=commitment.parts, ended_on=today)


def change(commitment: Commitment, user: User, promised_on: date, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise NotPossible(_("Please say why it is changed."))
    if promised_on <= timezone.localdate(now):
        raise NotPossible(_("The new day must lie ahead."))
    _step(commitment, user, reason, now, state=State.CHANGED, promised_on=promised_on)


def give_up(commitment: Commitment, user: User, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise NotPossible(_("Please say why it is not kept."))
    _step(commitment, user, reason, now, state=State.BROKEN, ended_on=timezone.localdate(now))


def _step(commitment: Commitment, user: User, words: str, now: datetime, **fields: object) -> None:
    """Only where nobody moved it meanwhile; what has ended does not move any more."""
    before = {"state": commitment.state, "done": commitment.done, "promised_on": commitment.promised_on}
    with transaction.atomic():
        unmoved = Commitment.objects.filter(pk=commitment.pk, state__in=Commitment.OPEN, **before)
        if not unmoved.update(**fields):
            raise NotPossible(_("It has moved on since you opened it. Please look at it again."))
        commitment.refresh_from_db()
        _note(commitment, user, words, now)


def _note(commitment: Commitment, user: User, words: str, now: datetime) -> None:
    CommitmentStep.objects.create(
        commitment=commitment,
        at=now,
        by=user,
        state=commitment.state,
        promised_on=commitment.promised_on,
        done=commitment.done,
        parts=commitment.parts,
        words=words.strip(),
    )


def _free_key(title: str) -> str:
    stem = slug(title, KEY_LENGTH) or "cam-ket"
    taken = set(Commitment.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
