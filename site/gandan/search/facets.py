"""By what results can be narrowed, and how many there are of each. Pure; the same for every engine."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAMES = ("kind", "event", "field", "area", "language", "level")
Values = Mapping[str, tuple[str, ...]]  # of one result, by facet; a facet it does not have is missing
Facets = dict[str, dict[str, int]]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Filters:
    """The values wanted of each facet: any of them will do, an empty set asks for nothing.

    `event` and `level` are keys of `guides.models.choices`, `area` a key of an area, `language` a language code,
    `field` the name of a field as guides write it.
    """

    kind: frozenset[str] = NOTHING
    event: frozenset[str] = NOTHING
    field: frozenset[str] = NOTHING
    area: frozenset[str] = NOTHING
    language: frozenset[str] = NOTHING
    level: frozenset[str] = NOTHING

    def __bool__(self) -> bool:
        return any(self.wanted(name) for name in NAMES)

    def wanted(self, name: str) -> frozenset[str]:
        chosen: frozenset[str] = getattr(self, name)
        return chosen

    def keeps(self, values: Values, but: str = "") -> bool:
        """Whether a result passes all filters, or all `but` one."""
        return all(
            name == but or not self.wanted(name) or not self.wanted(name).isdisjoint(values.get(name, ()))
            for name in NAMES
        )


def counted(rows: Iterable[tuple[Values, int]], filters: Filters) -> Facets:
    """How many of the rows (values, times) each value would leave, given what is chosen of the other facets."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for values, times in rows:
        for name, counter in counts.items():
            if filters.keeps(values, but=name):
                counter.update(dict.fromkeys(values.get(name, ()), times))
    return {name: dict(counter.most_common()) for name, counter in counts.items()}
