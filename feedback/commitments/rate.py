"""How many promises of a year were kept: kept on the day first promised, of all whose day has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feedback.models import Commitment

State = Commitment.State


@dataclass(frozen=True)
class Rate:
    """`due`: kept, kept late, not kept, and those still open after their first day; `open`: whose day lies ahead."""

    kept: int
    kept_late: int
    broken: int
    overdue: int
    open: int

    @property
    def due(self) -> int:
        return self.kept + self.kept_late + self.broken + self.overdue

    @property
    def percent(self) -> int | None:
        """Never rounded up; None while nothing is due."""
        return 100 * self.kept // self.due if self.due else None


def rate_of(commitments: Iterable[Commitment], today: date) -> Rate:
    found = list(commitments)
    states = [each.state for each in found]
    waiting = [each for each in found if each.is_open]
    overdue = sum(each.is_due(today) for each in waiting)
    return Rate(
        kept=states.count(State.KEPT),
        kept_late=states.count(State.KEPT_LATE),
        broken=states.count(State.BROKEN),
        overdue=overdue,
        open=len(waiting) - overdue,
    )
