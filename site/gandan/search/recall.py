"""By which words a database fetches candidates, so that the cost follows the matches that can matter. Pure.

A word that stands in many documents says little and costs much: it is looked for in names alone, and in texts
only beside its neighbours. The order is the scorer's; this only must not miss.
"""

from dataclasses import dataclass
from itertools import pairwise

from gandan.search.plan import Plan, Token
from gandan.search.statistics import Statistics

FREQUENT = 600  # documents; a rarer word is looked for everywhere
SHORTEST_PREFIX = 3  # letters, beside other words
MOST_WORDS = 40


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
    telling = [token for token in tokens if token.weight > 0.2] or tokens
    words = dict.fromkeys(token.fold for token in telling if not token.is_prefix)
    prefixes = dict.fromkeys(token.fold for token in telling if token.is_prefix)
    if words and len(telling) > 1:
        prefixes = {prefix: None for prefix in prefixes if len(prefix) >= SHORTEST_PREFIX} or prefixes
    frequent = {word for word in words if statistics.holding.get(word, 0) > FREQUENT}
    pairs = dict.fromkeys(
        (first.fold, second.fold)
        for variant in plan.variants
        for first, second in pairwise(variant.tokens)
        if _is_pair(first, second, frequent)
    )
    return Sought(
        tuple(word for word in words if word not in frequent)[:MOST_WORDS],
        tuple(word for word in words if word in frequent)[:MOST_WORDS],
        tuple(pairs)[:MOST_WORDS],
        tuple(prefixes),
        names_only,
    )


def _is_pair(first: Token, second: Token, frequent: set[str]) -> bool:
    return first.fold in frequent and second.fold in frequent and not second.is_prefix
