"""How well a candidate answers a plan. Pure; the same for every engine that lists candidates.

BM25 over two fields, a name and the rest: a word counts by its rarity in the whole index, in a name several times
as much as in the text, and neighbours of the query that are neighbours there count again. On top of that a name
gains by the part of the query it holds in one run, by how much of itself the query covers, and by the accents it
shares with what was typed. A candidate counts by its best variant, and a little by the others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gandan.search.facets import Values
from gandan.search.plan import Plan, Token, Variant
from gandan.search.special import marks_of, unasked
from gandan.search.statistics import Statistics

TEXT = 0.25  # what a word of the text counts beside one of a name
NAME_TIMES = 3.0
POWER = 0.5
WHOLE = 0.5
FULL = 0.15
OTHER_NAME = 0.95  # what people also call it, the official name: a little less than the title
SATURATION, LENGTH, TEXT_LENGTH = 1.2, 0.5, 250  # of BM25: k1, b, and the usual words of a text
NAME_LENGTH = 12  # usual words of a name
PAIRS = 0.6
RUN, COVERED, ACCENTS = 0.5, 0.25, 0.08  # parts of the whole a name can gain
OTHER_VARIANTS = 0.04
PRIORITY = 0.02  # an editor's step of 0 to 3, as a part of the whole
MOST_NAMES = 5_000  # kept weighed
LEAST_OF_BEST = 0.25  # of the best score; below are pages that hold the words somewhere
UNKNOWN = 0.5  # of its weight: a word that no document holds can hardly be asked of one
LEAST_SHARE = 0.34  # of a variant's weight that a result must hold: less is a chance meeting


@dataclass(frozen=True)
class Candidate:
    """What an engine knows of a possible result; names, text and codes are folded words between spaces.

    `date` is an ISO text, empty where none is shown.
    """

    source: int
    pk: int
    language: str
    translation_key: str
    priority: int
    bonus: float
    names: tuple[str, ...]
    text: str
    codes: frozenset[str] = frozenset()
    facets: Values = field(default_factory=dict)
    date: str = ""


@dataclass(frozen=True)
class Scored:
    """`share`: how much of its best variant, by weight, a candidate holds anywhere."""

    candidate: Candidate
    score: float
    share: float


def rank(plan: Plan, candidates: Sequence[Candidate], statistics: Statistics) -> list[Scored]:
    """The candidates that hold enough of some variant, best first."""
    if not statistics.documents:
        statistics = _counted(plan, candidates)
    variants = [_Weighed(variant, statistics) for variant in plan.variants]
    scored = [_scored(variants, candidate, statistics) for candidate in candidates]
    best = max((one.score for one in scored), default=0.0)
    kept = [one for one in scored if one.share >= LEAST_SHARE and one.score >= LEAST_OF_BEST * best > 0]
    return sorted(kept, key=lambda one: (-one.score, one.candidate.source, one.candidate.pk))


def _counted(plan: Plan, candidates: Sequence[Candidate]) -> Statistics:
    """What stands in for statistics before the first were made: how many candidates hold each word."""
    words = {token.fold for variant in plan.variants for token in variant.tokens}
    texts = [f" {' '.join(candidate.names)} {candidate.text} " for candidate in candidates]
    holding = {word: sum(f" {word} " in text for text in texts) for word in words}
    return Statistics("", len(candidates), {word: count for word, count in holding.items() if count})


class _Weighed:
    """A variant with the weight of each word and pair, and the needles that find them in padded text."""

    def __init__(self, variant: Variant, statistics: Statistics) -> None:
        self.weight = variant.weight
        self.words: dict[str, float] = {}
        self.codes: dict[str, float] = {}
        for token in variant.tokens:
            weight = token.weight * _rarity(token, statistics)
            self.words[_needle(token)] = max(self.words.get(_needle(token), 0.0), weight)
            if token.accented:
                self.codes[token.accented] = weight
        self.pairs = {
            f" {first.fold}{_needle(second)}": math.sqrt(
                self.words[f" {first.fold} "] * self.words[_needle(second)]
            )
            for first, second in pairwise(variant.tokens)
        }
        self.row = [_needle(token) for token in variant.tokens]
        self.said = f" {' '.join(token.fold for token in variant.tokens)} "
        self.total = sum(
            weight if needle.strip() in statistics.holding or not needle.endswith(" ") else UNKNOWN * weight
            for needle, weight in self.words.items()
        )


class _Name:
    """A candidate's name, padded, with what it weighs and how long it is for BM25."""

    def __init__(self, name: str, codes: frozenset[str], statistics: Statistics) -> None:
        self.padded = f" {name} "
        words = name.split()
        self.weight = sum(statistics.idf(word) ** POWER for word in words)
        self.length = 1 - LENGTH + LENGTH * len(words) / NAME_LENGTH
        self.marks = marks_of(name, codes)


def _name(name: str, codes: frozenset[str], statistics: Statistics) -> _Name:
    known = statistics.cache.get(name)
    if known is None:
        if len(statistics.cache) > MOST_NAMES:
            statistics.cache.clear()
        known = statistics.cache[name] = _Name(name, codes, statistics)
    return known


def _needle(token: Token) -> str:
    return f" {token.fold}" if token.is_prefix else f" {token.fold} "


def _rarity(token: Token, statistics: Statistics) -> float:
    return (
        1.5
        if token.is_prefix and token.fold not in statistics.holding
        else statistics.idf(token.fold) ** POWER
    )


def _scored(variants: Sequence[_Weighed], candidate: Candidate, statistics: Statistics) -> Scored:
    names = [_name(name, candidate.codes, statistics) for name in candidate.names or ("",)]
    text = f" {candidate.text} "
    length = 1 - LENGTH + LENGTH * text.count(" ") / TEXT_LENGTH
    in_text: dict[str, float] = {}
    best, share, others = 0.0, 0.0, 0.0
    for variant in variants:
        for needle in (*variant.words, *variant.pairs):
            if needle not in in_text:
                times = text.count(needle)
                in_text[needle] = TEXT * times / (SATURATION * length + times)
        found = max(
            _of_name(variant, name, in_text, candidate.codes) * (OTHER_NAME if number else 1)
            for number, name in enumerate(names)
        )
        held = sum(
            weight
            for word, weight in variant.words.items()
            if in_text[word] or any(word in name.padded for name in names)
        )
        part = held / max(variant.total, 1e-9)
        found *= variant.weight * min(part, 1.0) ** WHOLE
        others += found
        if found > best:
            best, share = found, part
    score = best + OTHER_VARIANTS * (others - best)
    return Scored(candidate, score * (1 + PRIORITY * candidate.priority + 0.02 * candidate.bonus), share)


def _of_name(variant: _Weighed, name: _Name, in_text: dict[str, float], codes: frozenset[str]) -> float:
    padded = name.padded
    score = held = 0.0
    for word, weight in variant.words.items():
        in_name = word in padded
        if in_name:
            held += weight
        score += weight * (
            (NAME_TIMES / (SATURATION * name.length + NAME_TIMES) if in_name else 0.0) + in_text[word]
        )
    for pair, weight in variant.pairs.items():
        in_name = pair in padded
        score += (
            PAIRS
            * weight
            * ((NAME_TIMES / (SATURATION * name.length + NAME_TIMES) if in_name else 0.0) + in_text[pair])
        )
    if held:
        score += RUN * _longest_run(variant, padded)
        score += COVERED * held * min(1.0, held / name.weight)
        score += ACCENTS * sum(weight for code, weight in variant.codes.items() if code in codes)
        if held >= variant.total * 0.99 and len(variant.words) > 1:
            score *= 1 + FULL
        score *= 1 - unasked(name.marks, variant.said)
    return score


def _longest_run(variant: _Weighed, name: str) -> float:
    """The weight of the longest row of the variant's words that stands in the name, from two words on."""
    row = variant.row
    best = 0.0
    for start in range(len(row) - 1):
        run = row[start]
        weight = variant.words[row[start]]
        for needle in row[start + 1 :]:
            run = run.rstrip() + needle
            if run not in name:
                break
            weight += variant.words[needle]
            best = max(best, weight)
    return best
