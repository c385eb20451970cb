"""How well a candidate answers a query. Pure; the same for every engine, so that engines agree on the order.

A word found in a name counts most, neighbours of the query that are neighbours there count again, a name that is
nearly all matched counts more than a long one. Words found in few candidates weigh more than words in all.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gandan.search.query import Query

NAME, NAME_PAIRS, BREVITY, WHOLE_NAME = 6.0, 3.0, 1.5, 2.0
TEXT, TEXT_PAIRS = 1.5, 1.0
OTHER_NAME = 0.95  # what people also call it, the official name: a little less than the title
PRIORITY = 0.15  # an editor's step of 0 to 3
LEAST_SHARE = 0.5  # of the query's weight that a result must contain
LEAST_SHARE_BESIDE_FULL = 0.75  # the same once some result has the whole query in a name
LEAST_WEIGHT = 0.3


@dataclass(frozen=True)
class Candidate:
    """What an engine knows of a possible result; names and text are folded."""

    source: int
    pk: int
    language: str
    translation_key: str
    priority: int
    bonus: float
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Scored:
    candidate: Candidate
    score: float
    share: float
    name_share: float


def rank(query: Query, candidates: Sequence[Candidate], *, last_is_prefix: bool = False) -> list[Scored]:
    """The candidates that contain enough of the query, best first."""
    if not candidates or not query.words:
        return []
    weights = _weights(query, candidates)
    needle = _needles(query, last_is_prefix)
    scored = [_scored(query, candidate, weights, needle) for candidate in candidates]
    full_name = any(one.name_share > 0.99 for one in scored)
    wanted = LEAST_SHARE_BESIDE_FULL if full_name else LEAST_SHARE
    least = min(wanted, max(one.share for one in scored)) - 1e-9
    kept = [one for one in scored if one.share >= max(least, 1e-9)]
    return sorted(kept, key=lambda one: (-one.score, one.candidate.source, one.candidate.pk))


Needle = Callable[..., str]


def _needles(query: Query, last_is_prefix: bool) -> Needle:
    """Words and pairs as they stand in padded text; the last word may go on when it is still being typed."""
    last = query.words[-1]

    def needle(*words: str) -> str:
        end = "" if last_is_prefix and words[-1] == last else " "
        return f" {' '.join(words)}{end}"

    return needle


def _weights(query: Query, candidates: Sequence[Candidate]) -> dict[str, float]:
    count = len(candidates)
    weights = {}
    for word in dict.fromkeys(query.words):
        needle = f" {word}"
        found = sum(any(needle in f" {text}" for text in (*one.names, one.text)) for one in candidates)
        rarity = math.log(1 + count / found) / math.log(1 + count) if found else LEAST_WEIGHT
        weights[word] = query.weight(word) * max(LEAST_WEIGHT, rarity)
    return weights


def _scored(query: Query, candidate: Candidate, weights: dict[str, float], needle: Needle) -> Scored:
    texts = [f" {text} " for text in (*candidate.names, candidate.text)]
    total = sum(weights.values())
    in_names = [sum(w for word, w in weights.items() if needle(word) in text) / total for text in texts[:-1]]
    anywhere = sum(w for word, w in weights.items() if any(needle(word) in text for text in texts)) / total
    names = [
        _name_score(query, text, share, weights, needle) * (OTHER_NAME if number else 1)
        for number, (text, share) in enumerate(zip(texts[:-1], in_names, strict=True))
    ]
    in_text = sum(w for word, w in weights.items() if needle(word) in texts[-1]) / total
    score = max(names, default=0.0) + TEXT * in_text + TEXT_PAIRS * _pairs(query, texts[-1], weights, needle)
    score += PRIORITY * candidate.priority + candidate.bonus * anywhere
    return Scored(candidate, score, anywhere, max(in_names, default=0.0))


def _name_score(query: Query, name: str, share: float, weights: dict[str, float], needle: Needle) -> float:
    matched = sum(needle(word) in name for word in weights)
    score = NAME * share + NAME_PAIRS * _pairs(query, name, weights, needle)
    score += BREVITY * share * min(1.0, matched / len(name.split()))
    return score + WHOLE_NAME * (name == f" {' '.join(query.words)} ")


def _pairs(query: Query, text: str, weights: dict[str, float], needle: Needle) -> float:
    """The share of the query's neighbours that are neighbours in the text."""
    pairs = {pair: max(weights[pair[0]], weights[pair[1]]) for pair in pairwise(query.words)}
    if not pairs:
        return 0.0
    return sum(weight for pair, weight in pairs.items() if needle(*pair) in text) / sum(pairs.values())
