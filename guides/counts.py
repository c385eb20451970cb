"""What the tallies of some sessions add up to. One statement each, whatever the number of rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum, TextChoices

from guides.models import Tally
from guides.models.choices import AgeBand, Obstacle, Outcome, Subject


@dataclass(frozen=True)
class Line:
    """One subject; `cells` are the numbers by outcome, in the order of `Outcome`."""

    label: str
    cells: list[int]

    @property
    def total(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True)
class Counts:
    """`minutes` is the sum where they were noted, `timed` how often that was."""

    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    obstacles: Mapping[str, int] = field(default_factory=dict)
    ages: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0
    timed: int = 0

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def average_minutes(self) -> int | None:
        return int(self.minutes / self.timed + 0.5) if self.timed else None

    def of(self, outcome: str, subject: str = "") -> int:
        return sum(
            count
            for (about, ended), count in self.cells.items()
            if ended == outcome and subject in ("", about)
        )

    @property
    def lines(self) -> list[Line]:
        """Every subject, also those nobody came with: the sheet reads the same every evening."""
        return [
            Line(str(label), [self.cells.get((subject, outcome), 0) for outcome in Outcome.values])
            for subject, label in Subject.choices
        ]

    @property
    def sums(self) -> list[int]:
        return [self.of(outcome) for outcome in Outcome.values]

    @property
    def obstacle_rows(self) -> list[tuple[str, int]]:
        return _rows(Obstacle, self.obstacles)

    @property
    def age_rows(self) -> list[tuple[str, int]]:
        return _rows(AgeBand, self.ages)


def count(tallies: QuerySet[Tally]) -> Counts:
    """One statement. Undone ones are not counted."""
    groups = (
        tallies.filter(is_undone=False)
        .order_by()
        .values("subject", "outcome", "obstacle", "age")
        .annotate(n=Count("pk"), spent=Sum("minutes"), timed=Count("minutes"))
    )
    return add_up(groups)


def add_up(groups: Iterable[Mapping[str, Any]]) -> Counts:
    cells: Counter[tuple[str, str]] = Counter()
    obstacles: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    minutes = timed = 0
    for group in groups:
        cells[group["subject"], group["outcome"]] += group["n"]
        obstacles[group["obstacle"]] += group["n"]
        ages[group["age"]] += group["n"]
        minutes += group["spent"] or 0
        timed += group["timed"]
    return Counts(cells, obstacles, ages, minutes, timed)


def _rows(choices: type[TextChoices], numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(label), numbers[key]) for key, label in choices.choices if numbers.get(key)]
