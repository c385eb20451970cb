"""How well a candidate answers a query. Pure; the same for every engine, so that engines agree on the order.

A word found in a name counts most, neighbours of the query that are neighbours there count again, a name that is
nearly all matched counts more than a long one. Words found in few candidates weigh more than words in all.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gandan.search.query import Query

NAME, NAME_PAIRS, BREVITY, WHOLE_NAME = 6.0, 3.0, 1.5, 2.0
TEXT, TEXT_PAIRS = 1.5, 1.0
OTHER_NAME = 0.95  # what people also call it, the official name: a little less than the title
PRIORITY = 0.15  # an editor's step of 0 to 3
LEAST_SHARE = 0.5  # of the query's weight that a result must contain
LEAST_SHARE_BESIDE_FULL = 0.75  # the same once some result has the whole query in a name
LEAST_AT_ALL = 0.34  # when no result reaches that: less is a chance meeting
LEAST_WHILE_TYPING = 0.6
LEAST_OF_BEST = 0.4  # of the best score; below are pages that hold the words somewhere
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
    """`share` and `name_share`: how much of the query, by its own weights, is found anywhere and in one name."""

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
    at_all = LEAST_WHILE_TYPING if last_is_prefix else LEAST_AT_ALL
    least = max(at_all, min(wanted, max(one.share for one in scored)))
    best = max(one.score for one in scored)
    kept = [one for one in scored if one.share >= least - 1e-9 and one.score >= LEAST_OF_BEST * best]
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
    names = [f" {name} " for name in candidate.names]
    text = f" {candidate.text} "
    found = {word for word in weights if any(needle(word) in where for where in (*names, text))}
    scores = [
        _name_score(query, name, weights, needle) * (OTHER_NAME if number else 1)
        for number, name in enumerate(names)
    ]
    in_text = _part(weights, (word for word in weights if needle(word) in text))
    score = max(scores, default=0.0) + TEXT * in_text + TEXT_PAIRS * _pairs(query, text, weights, needle)
    score += PRIORITY * candidate.priority + candidate.bonus * _part(weights, found)
    plain = {word: query.weight(word) for word in weights}
    in_names = [_part(plain, (word for word in weights if needle(word) in name)) for name in names]
    return Scored(candidate, score, share=_part(plain, found), name_share=max(in_names, default=0.0))


def _part(weights: dict[str, float], words: Iterable[str]) -> float:
    return sum(weights[word] for word in words) / sum(weights.values())


def _name_score(query: Query, name: str, weights: dict[str, float], needle: Needle) -> float:
    matched = [word for word in weights if needle(word) in name]
    share = _part(weights, matched)
    score = NAME * share + NAME_PAIRS * _pairs(query, name, weights, needle)
    score += BREVITY * share * min(1.0, len(matched) / len(name.split()))
    return score + WHOLE_NAME * (name == f" {' '.join(query.words)} ")


def _pairs(query: Query, text: str, weights: dict[str, float], needle: Needle) -> float:
    """The share of the query's neighbours that are neighbours in the text."""
    pairs = {pair: max(weights[pair[0]], weights[pair[1]]) for pair in pairwise(query.words)}
    if not pairs:
        return 0.0
    return sum(weight for pair, weight in pairs.items() if needle(*pair) in text) / sum(pairs.values())
