"""What a typed text may mean: a few weighted readings of it, the same for every engine. Pure.

An engine turns a `Plan` into its own query: a result counts by its best variant. The text as it was typed is
always one of the variants, so that nothing understood wrongly hides what was asked.

The way: keys of Telex or VNI left in a word are taken back (`syllables`), abbreviations written out, slips
corrected beside their neighbours (`spelling`), people's words joined by the administration's (`sayings`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gandan.search.accents import restored
from gandan.search.encoding import accented_words, code
from gandan.search.query import Query, fillers_of, read, weights_of
from gandan.search.sayings import Found, Sayings, Word, apart
from gandan.search.spelling import Speller, Typed
from gandan.search.statistics import Statistics
from gandan.search.syllables import is_syllable, repaired
from gandan.search.terms import Dictionary, Kind

MOST_VARIANTS = 8
MOST_TOKENS = 24  # of one variant: sixteen words with their abbreviations written out

MEANT, SAID, INNER, OTHER_MEANING, AS_TYPED = 1.0, 0.97, 0.93, 0.95, 0.85  # weights of variants


@dataclass(frozen=True)
class Token:
    """One word sought. `accented` is its code in the index (`encoding.code`) when its accents are known.

    `weight` is 1 for a word that tells something, less for the fillers of a question. With `is_prefix` the word
    may go on; only the last of a variant does, while somebody is typing.
    """

    fold: str
    accented: str | None = None
    weight: float = 1.0
    is_prefix: bool = False


@dataclass(frozen=True)
class Variant:
    """One reading. Neighbours in `tokens` were neighbours in the text. `weight` is at most 1."""

    weight: float
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Plan:
    """`variants` best first, none when nothing was typed that can be sought.

    `typed` is what was typed, cut to what is read of it. `key` is the same for all spellings of one question
    (folded, corrected, fillers out): for promotions and counts. `understood` is the accented text the search
    is really for where that differs from `typed`, else None.
    """

    typed: str
    key: str
    variants: tuple[Variant, ...]
    understood: str | None = None
    was_cut: bool = False


def plan(
    text: str | Query,
    language: str,
    statistics: Statistics | None = None,
    dictionary: Dictionary | None = None,
    *,
    while_typing: bool = False,
) -> Plan:
    """The readings of any text. While typing, the last word may be cut short."""
    reader = _reader(statistics or Statistics(), dictionary or Dictionary("", ()), language)
    query = text if isinstance(text, Query) else read(text, language)
    return reader.plan(query, while_typing=while_typing)


_readers: dict[str, "Reader"] = {}


def _reader(statistics: Statistics, dictionary: Dictionary, language: str) -> "Reader":
    known = _readers.get(language)
    if known is None or known.statistics is not statistics or known.dictionary is not dictionary:
        known = _readers[language] = Reader(statistics, dictionary, language)
    return known


class Reader:
    """Reads texts by one set of statistics and one dictionary; costly to make, cheap to ask."""

    def __init__(self, statistics: Statistics, dictionary: Dictionary, language: str) -> None:
        self.statistics = statistics
        self.dictionary = dictionary
        self.language = language
        terms = [term for term in dictionary.terms if term.language in {language, "vi"}]
        self._short = Sayings(term for term in terms if term.kind is Kind.ABBREVIATION)
        self._said = Sayings(term for term in terms if term.kind is not Kind.ABBREVIATION)
        self._speller = Speller(statistics, [*self._short, *self._said])

    def plan(self, query: Query, *, while_typing: bool) -> Plan:
        typed = accented_words(query.text)[: len(query.words)]
        if not typed:
            return Plan(query.text, "", (), was_cut=query.was_cut)
        words = self._without_keys(typed, while_typing=while_typing)
        words = self._corrected(words, while_typing=while_typing)
        readings = [*self._readings(words), (AS_TYPED, typed)]
        variants = self._variants(readings, while_typing=while_typing)
        understood = self._understood(typed, words)
        return Plan(query.text, self._key(words), variants, understood, query.was_cut)

    def _without_keys(self, words: Sequence[Word], *, while_typing: bool) -> list[Word]:
        if self.language != "vi":
            return list(words)
        last = len(words) - 1 if while_typing else len(words)
        return [self._without_its_keys(word) if place != last else word for place, word in enumerate(words)]

    def _without_its_keys(self, word: Word) -> Word:
        if self._speller.knows(word[0]):
            return word
        meant = repaired(word[1])
        return accented_words(meant)[0] if meant else word

    def _corrected(self, words: list[Word], *, while_typing: bool) -> list[Word]:
        fillers = fillers_of(words, self.language)
        known = [found for sayings in (self._short, self._said) for found in sayings.within(words)]
        fixed = {place for found in known for place in range(found.start, found.end)}
        if while_typing:
            fixed.add(len(words) - 1)
        meant = self._speller.corrected(
            [
                Typed(folded, is_whole=whole, fixed=place in fixed or place in fillers)
                for place, ((folded, _), whole) in enumerate(zip(words, self._are_whole(words), strict=True))
            ]
        )
        return [
            word if word[0] == folded else (folded, folded) for word, folded in zip(words, meant, strict=True)
        ]

    def _are_whole(self, words: list[Word]) -> list[bool]:
        """Which words are syllables typed with all their marks: with some, or beside many that have some."""
        marked = [code(form) is not None for _, form in words]
        with_marks = sum(marked) * 2 >= len(words)
        return [
            (has or with_marks) and is_syllable(form) for (_, form), has in zip(words, marked, strict=True)
        ]

    def _readings(self, words: list[Word]) -> list[tuple[float, list[Word]]]:
        """Weighted rows of words: abbreviations written out, then each saying kept or put another way."""
        written_out = self._short.within(words)
        readings = []
        for meaning in range(_most_meanings(written_out)):
            whole = _put(words, apart(written_out), meaning)
            readings += [
                (weight * (OTHER_MEANING if meaning else MEANT), row)
                for weight, row in self._otherwise(whole)
            ]
        return readings

    def _otherwise(self, words: list[Word]) -> list[tuple[float, list[Word]]]:
        found = self._said.within(words)
        if not found:
            return [(MEANT, words)]
        chosen = apart(found)
        readings = [(MEANT, _put(words, chosen, 0)), (SAID, words)]
        readings += [
            (OTHER_MEANING, _put(words, chosen, meaning)) for meaning in range(1, _most_meanings(chosen))
        ]
        inner = apart([one for one in found if one not in chosen])
        if inner:
            readings.append((INNER, _put(words, inner, 0)))
        if len(chosen) > 1:
            readings += [(INNER, _put(words, [one], 0)) for one in chosen]
        return readings

    def _variants(
        self, readings: Iterable[tuple[float, Sequence[Word]]], *, while_typing: bool
    ) -> tuple[Variant, ...]:
        best: dict[tuple[str, ...], Variant] = {}
        for weight, words in readings:
            kept = words[:MOST_TOKENS]
            key = tuple(folded for folded, _ in kept)
            if key not in best:
                best[key] = Variant(weight, self._tokens(kept, while_typing=while_typing))
        ranked = sorted(best.values(), key=lambda variant: -variant.weight)
        *others, as_typed = list(best.values())
        return tuple([*[one for one in ranked if one is not as_typed][: MOST_VARIANTS - 1], as_typed])

    def _tokens(self, words: Sequence[Word], *, while_typing: bool) -> tuple[Token, ...]:
        last = len(words) - 1
        return tuple(
            Token(folded, code(form), weight, is_prefix=while_typing and place == last)
            for place, ((folded, form), weight) in enumerate(
                zip(words, weights_of(words, self.language), strict=True)
            )
        )

    def _key(self, words: Sequence[Word]) -> str:
        fillers = fillers_of(words, self.language)
        telling = [folded for place, (folded, _) in enumerate(words) if place not in fillers]
        return " ".join(telling or [folded for folded, _ in words])

    def _understood(self, typed: Sequence[Word], words: Sequence[Word]) -> str | None:
        whole = _put(list(words), apart(self._short.within(words)), 0)
        forms = restored(
            [(folded, form if code(form) is not None else None) for folded, form in whole], self.statistics
        )
        text = " ".join(forms)
        return text if text != " ".join(form for _, form in typed) else None


def _most_meanings(found: Iterable[Found]) -> int:
    return max((len(one.means) for one in found), default=1)


def _put(words: list[Word], found: Iterable[Found], meaning: int) -> list[Word]:
    """The words with each saying replaced by its meaning of that number, or its last one."""
    row: list[Word] = []
    at = 0
    for one in found:
        row += [*words[at : one.start], *one.means[min(meaning, len(one.means) - 1)]]
        at = one.end
    return row + words[at:]
