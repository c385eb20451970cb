"""Finds the sayings of the dictionary in a row of words. Pure.

A word typed with its marks meets only a saying with the same marks; hỏi and ngã count as one, since half the
country does not tell them apart. A word typed without marks meets any.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gandan.search.encoding import accented_words, code
from gandan.search.syllables import is_syllable
from gandan.search.terms import Kind, Term


class Word(NamedTuple):
    """Folded, as written in lower case, and how much it counts: less for each word of a long meaning."""

    fold: str
    form: str
    weight: float = 1.0


def words_in(text: str) -> list[Word]:
    return [Word(fold, form) for fold, form in accented_words(text)]


@dataclass(frozen=True)
class Found:
    """A saying at `start` (first word) to `end` (after the last), with the rows of words it may mean.

    Its length is that of the saying, without the `between` other words said between its own.
    """

    start: int
    end: int
    means: tuple[tuple[Word, ...], ...]
    kind: Kind
    between: int = 0

    def __len__(self) -> int:
        return self.end - self.start - self.between


MORE = 4
BOOST = 1.0
MOST_BETWEEN = 3  # words said between the words of a saying
LOOSE = {Kind.OLD, Kind.EVERYDAY}
LONG = 3  # words of a saying that one word which tells something may stand between


class Sayings:
    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Word, ...], Term]]] = {}
        self._meanings: dict[Term, tuple[tuple[Word, ...], ...]] = {}
        for term in terms:
            said = tuple(words_in(term.said))
            if said:
                self._by_first.setdefault(said[0].fold, []).append((said, term))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The folded words of each saying."""
        for known in self._by_first.values():
            for said, _ in known:
                yield tuple(word.fold for word in said)

    def within(self, words: Sequence[Word], fillers: Collection[int] | None = None) -> list[Found]:
        """All that stand in the row, also those that overlap; at each place the longest first.

        With the places of the fillers, those too whose words have a few others between them: "sổ đỏ ghi sai tên"
        holds "sổ đỏ sai tên".
        """
        found = []
        for start, word in enumerate(words):
            for said, term in self._by_first.get(word.fold, ()):
                here = words[start : start + len(said)]
                end = start + len(said)
                if len(here) != len(said) or not all(map(_meets, here, said)):
                    is_loose = fillers is not None and term.kind in LOOSE
                    end = _loosely(words, start, said, fillers or ()) if is_loose else 0
                if end:
                    meant = self._meant(term, len(said))
                    found.append(Found(start, end, meant, term.kind, end - start - len(said)))
        return found

    def _meant(self, term: Term, length: int) -> tuple[tuple[Word, ...], ...]:
        known = self._meanings.get(term)
        if known is None:
            known = self._meanings[term] = tuple(_meaning(text, term.kind, length) for text in term.means)
        return known


def _loosely(words: Sequence[Word], start: int, said: Sequence[Word], fillers: Collection[int]) -> int:
    """The place after the saying when its words stand in this order with few others between, else 0."""
    if len(said) < 2 or not _meets(words[start], said[0]):
        return 0
    left = MOST_BETWEEN
    telling = int(len(said) >= LONG)
    place = start + 1
    for wanted in said[1:]:
        while place < len(words) and not _meets(words[place], wanted):
            telling -= place not in fillers
            left -= 1
            place += 1
            if left < 0 or telling < 0:
                return 0
        if place == len(words):
            return 0
        place += 1
    return place


def _meaning(text: str, kind: Kind, length: int) -> tuple[Word, ...]:
    """An abbreviation's words count as if typed; those of another saying together little more than what was said."""
    words = words_in(text)
    if kind is Kind.ABBREVIATION:
        return tuple(word._replace(weight=BOOST) for word in words)
    weight = BOOST * min(1.0, (length + MORE) / max(len(words), 1))
    return tuple(word._replace(weight=weight) for word in words)


def apart(found: Sequence[Found]) -> list[Found]:
    """Those that do not overlap: the longest are chosen first."""
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: (-len(one), one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _meets(typed: Word, said: Word) -> bool:
    if typed.fold != said.fold:
        return False
    if typed.form == said.form or code(typed.form) is None:
        return True
    return not is_syllable(typed.form) or _one_tone(typed.form) == _one_tone(said.form)


@lru_cache(maxsize=4_096)
def _one_tone(word: str) -> str:
    return unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")
