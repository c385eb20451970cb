"""Which words were meant by those typed: one slip a word, weighed against the words beside it. Pure.

Candidates are words of the indexed texts one letter away (one too many, one missing, another, two swapped) and
those that sound alike somewhere in the country (s/x, ch/tr, d/gi/r, l/n, n/ng/nh at the end, c/t). The path with
the least cost wins; costs are negative natural logarithms. What fits its neighbours stays as it is.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gandan.search.statistics import Statistics
from gandan.search.syllables import could_be_syllable

FEWEST = 2  # a word the texts hold less often is not offered
MOST_CANDIDATES = 8  # a word
PAIR_SHARE = 0.8  # of the probability that comes from the word before, the rest from the word alone
SOUNDS_ALIKE, DOUBLED, SWAPPED, NEAR_KEY, OTHER = 4.0, 4.0, 4.5, 5.0, 6.0
KNOWN_IS_CHANGED = 2.5  # more to change a word that the texts hold as well
ACCENTED_IS_CHANGED = 3.5  # more to change a whole syllable typed with its marks
SHORT_IS_CHANGED = 1.0  # more for a word of two letters
NEVER_SEEN = 0.3  # times counted for a word the texts do not hold
WHOLE_AT_LEAST = 2e-5  # probability of any syllable typed with its marks: language is larger than the texts

_ONSET_SOUNDS = (
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("d", "v"),
    ("l", "n"),
    ("q", "k"),
)
_END_SOUNDS = (
    ("n", "ng"),
    ("n", "nh"),
    ("ng", "nh"),
    ("c", "t"),
    ("i", "y"),
    ("ch", "t"),
    ("iu", "uu"),
    ("uou", "ieu"),
)
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {
    key: (row, column + row * 0.4) for row, keys in enumerate(_KEY_ROWS) for column, key in enumerate(keys)
}


Paths = dict[str, tuple[float, list[str]]]  # by last word: cost and words


@dataclass(frozen=True)
class Typed:
    """A folded word; `is_whole` when it was typed with marks and is a syllable; a `fixed` one stays."""

    fold: str
    is_whole: bool = False
    fixed: bool = False


class Speller:
    """Made once for a set of statistics; `phrases` are folded sayings of the dictionary, known words too."""

    def __init__(self, statistics: Statistics, phrases: Iterable[Sequence[str]] = ()) -> None:
        self._statistics = statistics
        self._said_words: set[str] = set()
        self._said_pairs: set[tuple[str, str]] = set()
        for words in phrases:
            self._said_words.update(words)
            self._said_pairs.update(pairwise(words))
        known = [word for word, count in statistics.counts.items() if count >= FEWEST and word.isalpha()]
        self._shorter: dict[str, list[str]] = {}
        for word in {*known, *(word for word in self._said_words if could_be_syllable(word))}:
            for form in (word, *_without_one(word)):
                self._shorter.setdefault(form, []).append(word)
        self._total = max(statistics.total, 1)

    def knows(self, word: str) -> bool:
        return word in self._statistics.counts or word in self._said_words

    def corrected(self, words: Sequence[Typed]) -> list[str]:
        """As many words as were given, each as it is or as it was probably meant."""
        best: Paths = {"": (0.0, [])}
        for word in words:
            step: Paths = {}
            for choice, change in self._choices(word).items():
                is_whole = word.is_whole and choice == word.fold
                cost, path = self._cheapest(best, choice, is_whole=is_whole)
                step[choice] = cost + change, [*path, choice]
            best = step
        return min(best.values(), key=lambda found: found[0])[1]

    def _cheapest(self, best: Paths, choice: str, *, is_whole: bool) -> tuple[float, list[str]]:
        before = min(best, key=lambda word: best[word][0] + self._cost(word, choice, is_whole=is_whole))
        so_far, path = best[before]
        return so_far + self._cost(before, choice, is_whole=is_whole), path

    def _cost(self, before: str, word: str, *, is_whole: bool = False) -> float:
        counts = self._statistics.counts
        alone = (counts.get(word, 0) + NEVER_SEEN + (word in self._said_words)) / self._total
        if is_whole:
            alone = max(alone, WHOLE_AT_LEAST)
        together = self._statistics.pair(before, word) + ((before, word) in self._said_pairs)
        after = min(together / (counts.get(before, 0) + 1), 1.0) if together else 0.0
        return -math.log(PAIR_SHARE * after + (1 - PAIR_SHARE) * alone)

    def _choices(self, word: Typed) -> dict[str, float]:
        typed = word.fold
        if word.fixed or not typed.isalpha() or len(typed) < 2:
            return {typed: 0.0}
        more = SHORT_IS_CHANGED * (len(typed) < 3)
        if word.is_whole:
            more += ACCENTED_IS_CHANGED
        elif self.knows(typed):
            more += KNOWN_IS_CHANGED
        found = self._near(typed)
        likeliest = sorted(found, key=lambda near: found[near] + self._cost("", near))[:MOST_CANDIDATES]
        return {typed: 0.0, **{near: found[near] + more for near in likeliest}}

    def _near(self, typed: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for form in {typed, *_without_one(typed)}:
            for word in self._shorter.get(form, ()):
                if word != typed and word not in found and (cost := _slip(typed, word)):
                    found[word] = cost
        for word in _sounding_like(typed):
            if word in self._shorter and word in self._shorter[word]:
                found[word] = min(found.get(word, SOUNDS_ALIKE), SOUNDS_ALIKE)
        return found


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))} if len(word) > 1 else set()


def _sounding_like(word: str) -> set[str]:
    onsets = {word} | {
        other + word[len(one) :]
        for pair in _ONSET_SOUNDS
        for one, other in (pair, pair[::-1])
        if word.startswith(one)
    }
    return {
        form[: len(form) - len(one)] + other
        for form in onsets
        for pair in _END_SOUNDS
        for one, other in (pair, pair[::-1])
        if form.endswith(one)
    } | onsets - {word}


def _slip(typed: str, meant: str) -> float:
    """The cost of the one slip that made `typed` of `meant`; 0 when it takes more than one."""
    longer = len(typed) - len(meant)
    if abs(longer) > 1:
        return 0.0
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    if longer == 1:
        if typed[:start] + typed[start + 1 :] != meant:
            return 0.0
        return DOUBLED if start and typed[start] == typed[start - 1] else OTHER - 0.5
    if longer == -1:
        return OTHER - 0.5 if meant[:start] + meant[start + 1 :] == typed else 0.0
    if typed[start + 1 :] == meant[start + 1 :]:
        return NEAR_KEY if _are_near(typed[start], meant[start]) else OTHER
    swapped = typed[start : start + 2][::-1] == meant[start : start + 2]
    return SWAPPED if swapped and typed[start + 2 :] == meant[start + 2 :] else 0.0


def _are_near(one: str, other: str) -> bool:
    if one not in _KEYS or other not in _KEYS:
        return False
    (row, column), (other_row, other_column) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1.2
