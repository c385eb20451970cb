"""The only writer of tallies.

A count has a uuid of its own and is stored once, however often and in whatever order it is sent. Undoing is final:
an undone count stays as a row that is not counted, also when it arrives before the count it undoes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guides.models import Session, Tally
from guides.models.choices import Outcome, Subject
from guides.tally_entry import Entry
from home.models import User

UNDO_OFFERED = timedelta(minutes=10)
UNDO_TAKEN = timedelta(days=1)  # undone on a device that had no signal, and sent later
MOST_ON_PAPER = 500  # of one cell
IN_ONE_GO = 500  # rows
ACCEPTED, KNOWN, REFUSED = "accepted", "known", "refused"

Cell = tuple[str, str]  # subject, outcome


def closed_because(session: Session, today: date) -> str:
    """Why nothing can be counted for this session; empty when it can."""
    if session.is_cancelled:
        return _("This session was cancelled: nothing is counted for it.")
    if today < session.date:
        return _("This session has not begun yet. Counting opens on its day.")
    return ""


def record(
    session: Session, entries: Sequence[Entry], user: User | None, source: str, now: datetime
) -> dict[UUID, str]:
    """`accepted` or `known` for each uuid; the caller has asked `closed_because` and read the entries."""
    asked = {entry.uuid for entry in entries}
    undone = {entry.uuid for entry in entries if entry.is_undone}
    with transaction.atomic():
        known = _present(asked)
        rows = [_row(session, entry, user, source, now) for entry in entries]
        Tally.objects.bulk_create(rows, batch_size=IN_ONE_GO, ignore_conflicts=True)
        if undone and user is not None:
            _mine(session, user, now - UNDO_TAKEN).filter(pk__in=undone).update(is_undone=True)
        stored = _present(asked)
    return {uuid: _state(uuid, known, stored) for uuid in asked}


def undo(session: Session, uuid: UUID, user: User, now: datetime) -> bool:
    """Whether this count of the person's own is undone now; False when too old, somebody else's or not there."""
    return bool(_mine(session, user, now - UNDO_OFFERED).filter(pk=uuid).update(is_undone=True))


def undoable(session: Session, user: User, now: datetime) -> Tally | None:
    """The person's last count of this session, while it can be undone."""
    return _mine(session, user, now - UNDO_OFFERED).order_by("-recorded_at").first()


def paper_uuid(session_pk: int, cell: Cell, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"gan-dan:paper:{session_pk}:{cell[0]}:{cell[1]}:{number}")


@transaction.atomic
def record_paper(session: Session, counts: Mapping[Cell, int], user: User | None, now: datetime) -> None:
    """The session's paper sheet is as these numbers say, however often they are sent; other counts stay."""
    Session.objects.select_for_update().get(pk=session.pk)
    wanted = {
        paper_uuid(session.pk, cell, number): cell
        for cell, count in counts.items()
        for number in range(min(count, MOST_ON_PAPER))
    }
    there = set(_on_paper(session).values_list("pk", flat=True))
    for surplus in _in_parts(sorted(there - set(wanted))):
        _on_paper(session).filter(pk__in=surplus).delete()
    rows = [_paper_row(session, uuid, cell, user, now) for uuid, cell in wanted.items() if uuid not in there]
    Tally.objects.bulk_create(rows, batch_size=IN_ONE_GO, ignore_conflicts=True)


def paper_cells() -> list[Cell]:
    return [(subject, outcome) for subject in Subject.values for outcome in Outcome.values]


def _present(uuids: Iterable[UUID]) -> set[UUID]:
    return set(Tally.objects.filter(pk__in=uuids).values_list("pk", flat=True))


def _state(uuid: UUID, known: set[UUID], stored: set[UUID]) -> str:
    if uuid in known:
        return KNOWN
    return ACCEPTED if uuid in stored else REFUSED


def _mine(session: Session, user: User, since: datetime) -> QuerySet[Tally]:
    own = Tally.objects.counted().filter(session=session, recorded_by=user, recorded_at__gte=since)
    return own.exclude(source=Tally.Source.PAPER)


def _on_paper(session: Session) -> QuerySet[Tally]:
    return Tally.objects.filter(session=session, source=Tally.Source.PAPER)


def _in_parts(uuids: list[UUID]) -> Iterable[list[UUID]]:
    return (uuids[start : start + IN_ONE_GO] for start in range(0, len(uuids), IN_ONE_GO))


def _row(session: Session, entry: Entry, user: User | None, source: str, now: datetime) -> Tally:
    return Tally(
        uuid=entry.uuid,
        session=session,
        subject=entry.subject,
        outcome=entry.outcome,
        obstacle=entry.obstacle,
        minutes=entry.minutes,
        age=entry.age,
        guide_code=entry.guide_code,
        source=source,
        recorded_by=user,
        recorded_at=min(entry.recorded_at or now, now),
        is_undone=entry.is_undone,
    )


def _paper_row(session: Session, uuid: UUID, cell: Cell, user: User | None, now: datetime) -> Tally:
    subject, outcome = cell
    return Tally(
        uuid=uuid,
        session=session,
        subject=subject,
        outcome=outcome,
        source=Tally.Source.PAPER,
        recorded_by=user,
        recorded_at=now,
    )
