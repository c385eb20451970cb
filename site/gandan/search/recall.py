"""By which words a database fetches candidates, so that the cost follows the matches that can matter. Pure.

A word that stands in many documents says little and costs much: it is looked for in names alone, and in texts
only beside its neighbours. The order is the scorer's; this only must not miss.
"""

from dataclasses import dataclass
from itertools import pairwise

from gandan.search.plan import Plan
from gandan.search.statistics import Statistics

LEAST_WEIGHT = 0.2  # a lighter word is a filler
FREQUENT = 200  # documents; a rarer word is looked for everywhere
NAMED = 4  # of the documents that hold a frequent word, about one in four has it in a name
MOST_MATCHES = (
    4_000  # documents fetched for the scorer to choose 200 from, as far as that can be told beforehand
)
FEWEST_PARTS = 4  # words and pairs that are looked for in any case
MOST_PARTS = 60
SHORTEST_PREFIX = 3  # letters, beside other words


@dataclass(frozen=True)
class Sought:
    """Folded words, alone or as neighbours, to be found anywhere or in names only; and beginnings of words of names."""

    anywhere: tuple[tuple[str, ...], ...]
    in_names: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    names_only: bool = False


def sought(plan: Plan, statistics: Statistics, *, names_only: bool = False) -> Sought:
    tokens = [token for variant in plan.variants for token in variant.tokens]
    telling = [token for token in tokens if token.weight > LEAST_WEIGHT] or tokens
    words = dict.fromkeys(token.fold for token in telling if not token.is_prefix)
    prefixes = dict.fromkeys(token.fold for token in telling if token.is_prefix)
    if words:
        prefixes = {prefix: None for prefix in prefixes if len(prefix) >= SHORTEST_PREFIX}
    parts: dict[tuple[str, ...], int] = {(word,): statistics.holding.get(word, 0) for word in words}
    frequent = {part for part, times in parts.items() if times > FREQUENT}
    for variant in plan.variants:
        for first, second in pairwise(variant.tokens):
            if (first.fold,) in frequent and (second.fold,) in frequent:
                parts[first.fold, second.fold] = statistics.pair(first.fold, second.fold)
    frequent = {part for part, times in parts.items() if times > FREQUENT}
    chosen = _rarest({part: times / (NAMED if part in frequent else 1) for part, times in parts.items()})
    return Sought(
        tuple(part for part in chosen if part not in frequent),
        tuple(part for part in chosen if part in frequent),
        tuple(prefixes),
        names_only,
    )


def _rarest(matches: dict[tuple[str, ...], float]) -> list[tuple[str, ...]]:
    chosen: list[tuple[str, ...]] = []
    total = 0.0
    for part in sorted(matches, key=lambda part: (matches[part], part)):
        total += matches[part]
        if len(chosen) >= MOST_PARTS or (total > MOST_MATCHES and len(chosen) >= FEWEST_PARTS):
            break
        chosen.append(part)
    return chosen
