"""What the public search asks of an engine, and what an engine answers: results, counts and facets at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from gandan.search.exact import Literal
from gandan.search.facets import Facets, Filters
from gandan.search.plan import Plan
from gandan.search.statistics import Statistics

BEST, NEWEST = "best", "newest"


@dataclass(frozen=True)
class Asked:
    """One search. Results in `languages` are wanted, those of the first one before the others.

    With `literal` only what holds that row of words is a result. While typing, names alone are looked through.
    `part` is the asked slice of the results; `sort` one of BEST and NEWEST.
    """

    plan: Plan
    statistics: Statistics
    languages: tuple[str, ...]
    now: datetime
    part: slice
    filters: Filters = field(default_factory=Filters)
    sort: str = BEST
    literal: Literal | None = None
    while_typing: bool = False


@dataclass(frozen=True)
class Key:
    """One result: the number of its source in the registry, its primary key, and what it scored.

    `is_promoted` when the commune put it first (`gandan.search.bets`).
    """

    source: int
    pk: int
    score: float
    is_promoted: bool = False


@dataclass(frozen=True)
class Answer:
    """`keys` are the asked part, best first; `reachable` how many can be paged through.

    `total` and `facets` speak of everything that matches, however much of it can be reached. A facet counts what
    each of its values would leave, given what is chosen of the others.
    """

    keys: Sequence[Key] = ()
    total: int = 0
    reachable: int = 0
    facets: Facets = field(default_factory=dict)


class Engine(Protocol):
    """Raises nothing on any plan that holds a variant."""

    def answer(self, asked: Asked) -> Answer: ...
