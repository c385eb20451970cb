"""By which words a database fetches candidates, so that the cost follows the matches that can matter. Pure.

A word that stands in many documents says little and costs much: it is looked for in names alone, and in texts
only beside its neighbours. The order is the scorer's; this only must not miss.
"""

from dataclasses import dataclass
from itertools import pairwise

from gandan.search.plan import Plan
from gandan.search.statistics import Statistics

LEAST_WEIGHT = 0.2  # a lighter word is a filler
FREQUENT = 600  # documents; a rarer word is looked for everywhere
NAMED = 4  # of the documents that hold a frequent word, about one in four has it in a name
MOST_MATCHES = (
    4_000  # documents fetched for the scorer to choose 200 from, as far as that can be told beforehand
)
FEWEST_PARTS = 4  # words and pairs that are looked for in any case
MOST_PARTS = 60
SHORTEST_PREFIX = 3  # letters, beside other words


@dataclass(frozen=True)
class Sought:
    """Folded words to be found anywhere, in names only, as neighbours, or at the beginning of a name's word."""

    anywhere: tuple[str, ...]
    in_names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()
    names_only: bool = False


def sought(plan: Plan, statistics: Statistics, *, names_only: bool = False) -> Sought:
    tokens = [token for variant in plan.variants for token in variant.tokens]
    telling = [token for token in tokens if token.weight > LEAST_WEIGHT] or tokens
    words = dict.fromkeys(token.fold for token in telling if not token.is_prefix)
    prefixes = dict.fromkeys(token.fold for token in telling if token.is_prefix)
    if words:
        prefixes = {prefix: None for prefix in prefixes if len(prefix) >= SHORTEST_PREFIX}
    frequent = {word for word in words if statistics.holding.get(word, 0) > FREQUENT}
    matches: dict[tuple[str, ...], float] = {
        (word,): statistics.holding.get(word, 0) / (NAMED if word in frequent else 1) for word in words
    }
    for variant in plan.variants:
        for first, second in pairwise(variant.tokens):
            if first.fold in frequent and second.fold in frequent and not second.is_prefix:
                matches[first.fold, second.fold] = statistics.pair(first.fold, second.fold)
    chosen = _rarest(matches)
    return Sought(
        tuple(part[0] for part in chosen if len(part) == 1 and part[0] not in frequent),
        tuple(part[0] for part in chosen if len(part) == 1 and part[0] in frequent),
        tuple((part[0], part[1]) for part in chosen if len(part) == 2),
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
