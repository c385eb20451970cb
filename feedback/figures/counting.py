"""What the public figures count, in one statement: each case once, by month of receipt, topic and area.

On time and late look at the promise in force when the answer came: waiting for the resident has moved it, and so has
a later date given with a reason before the old one had passed, which is counted beside (`extended`). A refusal with a
reason is an answer. Remarks about conduct are in none of these numbers (`feedback.access.countable`), nor is what is
held as perhaps sent by a machine.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from feedback.access import countable
from feedback.models import OPEN_STATES, Case, Extension, Kind, State

Key = TypeVar("Key", bound=Hashable)
ENDED_OTHERWISE = Q(withdrawn_at__isnull=False) | Q(merged_into__isnull=False) | Q(state=State.FORWARDED)


@dataclass(frozen=True)
class Tally:
    """Numbers of cases. The first five are all there is; `reopened` and `extended` are counted among them too."""

    on_time: int = 0
    late: int = 0
    open: int = 0
    open_late: int = 0
    otherwise: int = 0
    reopened: int = 0
    extended: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))

    @property
    def received(self) -> int:
        return self.on_time + self.late + self.open + self.open_late + self.otherwise

    @property
    def judged(self) -> int:
        """Those of which it is known whether the promise was kept: answered, or open and late."""
        return self.on_time + self.late + self.open_late

    @property
    def rate(self) -> float | None:
        """Per cent answered on time of those judged, to one place and never rounded up; None when there is none."""
        return 1000 * self.on_time // self.judged / 10 if self.judged else None


@dataclass(frozen=True)
class Row:
    month: date
    topic: int
    area: int | None
    tally: Tally


def rows_of(year: int, now: datetime) -> list[Row]:
    counted = countable().filter(held_for="", received_at__range=_span(year))
    extended = Extension.objects.filter(case=OuterRef("pk"))
    grouped: Any = (
        counted.annotate(month=TruncMonth("received_at"), has_later_date=Exists(extended))
        .order_by()
        .values("month", "topic", "area")
        .annotate(**{name: Count("pk", filter=which) for name, which in _parts(now).items()})
    )
    return [
        Row(
            timezone.localdate(row["month"]),
            row["topic"],
            row["area"],
            Tally(*(row[f"n_{each.name}"] for each in fields(Tally))),
        )
        for row in grouped
    ]


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def by_key(pairs: Iterable[tuple[Key, Tally]]) -> dict[Key, Tally]:
    found: dict[Key, Tally] = {}
    for key, tally in pairs:
        found[key] = found.get(key, Tally()) + tally
    return found


def conduct_remarks(year: int) -> int:
    return Case.objects.filter(kind=Kind.CONDUCT, held_for="", received_at__range=_span(year)).count()


def first_month(now: datetime) -> date:
    """The first day of the month of the oldest case; of the present month while there is none."""
    first = Case.objects.aggregate(first=Min("received_at"))["first"]
    return timezone.localdate(min(first or now, now)).replace(day=1)


def _parts(now: datetime) -> dict[str, Q]:
    answered = Q(answered_at__isnull=False) & ~ENDED_OTHERWISE
    is_open = Q(state__in=OPEN_STATES) & ~ENDED_OTHERWISE & Q(answered_at=None)
    overdue = Q(waiting_since=None, due_at__lt=now) | Q(due_at__lt=F("waiting_since"))
    return {
        "n_on_time": answered & Q(answered_at__lte=F("due_at")),
        "n_late": answered & Q(answered_at__gt=F("due_at")),
        "n_open": is_open & ~overdue,
        "n_open_late": is_open & overdue,
        "n_otherwise": ENDED_OTHERWISE | (Q(answered_at=None) & ~Q(state__in=OPEN_STATES)),
        "n_reopened": Q(reopened_at__isnull=False),
        "n_extended": Q(has_later_date=True),
    }


def _span(year: int) -> tuple[datetime, datetime]:
    first, last = datetime.combine(date(year, 1, 1), time()), datetime.combine(date(year, 12, 31), time.max)
    return timezone.make_aware(first), timezone.make_aware(last)
