"""Finds the sayings of the dictionary in a row of words. Pure.

A word typed with its marks meets only a saying with the same marks; hỏi and ngã count as one, since half the
country does not tell them apart. A word typed without marks meets any.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gandan.search.encoding import accented_words, code
from gandan.search.syllables import is_syllable
from gandan.search.terms import Kind, Term

Word = tuple[str, str]  # folded, as written in lower case


@dataclass(frozen=True)
class Found:
    """A saying at `start` (first word) to `end` (after the last), with the rows of words it may mean."""

    start: int
    end: int
    means: tuple[tuple[Word, ...], ...]
    kind: Kind


class Sayings:
    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Word, ...], Term]]] = {}
        for term in terms:
            said = tuple(accented_words(term.said))
            if said:
                self._by_first.setdefault(said[0][0], []).append((said, term))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The folded words of each saying."""
        for known in self._by_first.values():
            for said, _ in known:
                yield tuple(folded for folded, _ in said)

    def within(self, words: Sequence[Word]) -> list[Found]:
        """All that stand in the row, also those that overlap; at each place the longest first."""
        found = []
        for start, (folded, _) in enumerate(words):
            for said, term in self._by_first.get(folded, ()):
                here = words[start : start + len(said)]
                if len(here) == len(said) and all(map(_meets, here, said)):
                    means = tuple(tuple(accented_words(meaning)) for meaning in term.means)
                    found.append(Found(start, start + len(said), means, term.kind))
        return found


def apart(found: Sequence[Found]) -> list[Found]:
    """Those that do not overlap: the longest are chosen first."""
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _meets(typed: Word, said: Word) -> bool:
    if typed[0] != said[0]:
        return False
    if typed[1] == said[1] or code(typed[1]) is None:
        return True
    return not is_syllable(typed[1]) or _one_tone(typed[1]) == _one_tone(said[1])


@lru_cache(maxsize=4_096)
def _one_tone(word: str) -> str:
    return unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")
