"""What a typed text may mean: a few weighted readings of it, the same for every engine. Pure.

An engine turns a `Plan` into its own query: a result counts by its best variant. The text as it was typed is
always one of the variants, so that nothing understood wrongly hides what was asked.

The way: keys of Telex or VNI left in a word are taken back (`syllables`), abbreviations written out, slips
corrected beside their neighbours (`spelling`), people's words joined by the administration's (`sayings`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gandan.search.accents import restored
from gandan.search.encoding import code
from gandan.search.query import Query, asking_words, fillers_of, read, weights_of
from gandan.search.sayings import Found, Sayings, Word, apart, words_in
from gandan.search.spelling import Speller, Typed
from gandan.search.statistics import Statistics
from gandan.search.syllables import is_syllable, repaired
from gandan.search.terms import Dictionary, Kind, Term
from gandan.text import fold

MOST_VARIANTS = 8
MOST_TOKENS = 24  # of one variant: sixteen words with their abbreviations written out

MEANT, SAID, KEPT, AS_TYPED = 1.0, 0.97, 0.94, 0.85  # weights of variants
INNER, OTHER_MEANING = 0.95, 0.95  # times for parts of what may be said, for the second of several meanings
FEWEST_PAIRS = 3  # times words stand side by side before that says something
FEWEST_WRITTEN_OUT = 3  # words of a meaning whose abbreviation is looked for as well
SLIP = 0.97
COMPOUND = 0.25  # of the times of the rarer one

Reading = tuple[float, list[Word]]


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
    reader = _reader(statistics or _NO_STATISTICS, dictionary or _NO_TERMS, language)
    query = text if isinstance(text, Query) else read(text, language)
    return reader.plan(query, while_typing=while_typing)


_NO_STATISTICS, _NO_TERMS = Statistics(), Dictionary("", ())
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
        self._sayings = Sayings(terms)
        self._written_out = Sayings(
            Term(meaning, (term.said,), Kind.ABBREVIATION)
            for term in terms
            if term.kind is Kind.ABBREVIATION and fold(term.said) in statistics.holding
            for meaning in term.means
            if meaning.count(" ") >= FEWEST_WRITTEN_OUT - 1
        )
        self._words_of = {
            fold(term.said): max(meaning.count(" ") + 1 for meaning in term.means)
            for term in terms
            if term.kind is Kind.ABBREVIATION
        }
        self._speller = Speller(statistics, self._sayings)

    def plan(self, query: Query, *, while_typing: bool) -> Plan:
        typed = words_in(query.text)[: len(query.words)]
        if not typed:
            return Plan(query.text, "", (), was_cut=query.was_cut)
        words = self._without_keys(typed, while_typing=while_typing)
        corrected = self._corrected(words, while_typing=while_typing)
        whole, readings = self._readings(corrected)
        readings += self._slips_of_short_words(words, corrected)
        readings.append((self._weight_of_typed(typed), typed))
        variants = self._variants(readings, while_typing=while_typing)
        return Plan(query.text, self._key(whole), variants, self._understood(typed, whole), query.was_cut)

    def _without_keys(self, words: Sequence[Word], *, while_typing: bool) -> list[Word]:
        if self.language != "vi":
            return list(words)
        last = len(words) - 1 if while_typing else len(words)
        return [self._without_its_keys(word) if place != last else word for place, word in enumerate(words)]

    def _without_its_keys(self, word: Word) -> Word:
        if self._speller.knows(word.fold):
            return word
        meant = repaired(word.form)
        return words_in(meant)[0] if meant else word

    def _corrected(self, words: list[Word], *, while_typing: bool) -> list[Word]:
        fillers = fillers_of(words, self.language)
        fixed = {place for found in self._sayings.within(words) for place in range(found.start, found.end)}
        if while_typing:
            fixed.add(len(words) - 1)
        meant = self._speller.corrected(
            [
                Typed(word.fold, is_whole=whole, fixed=place in fixed or place in fillers)
                for place, (word, whole) in enumerate(zip(words, self._are_whole(words), strict=True))
            ]
        )
        return [
            word if word.fold == fold else Word(fold, fold) for word, fold in zip(words, meant, strict=True)
        ]

    def _slips_of_short_words(self, words: list[Word], corrected: list[Word]) -> list[Reading]:
        """The words with an abbreviation taken for a slip, where what was meant then goes with all its neighbours."""
        row = list(corrected)
        for found in apart(self._sayings.within(corrected)):
            if found.kind is not Kind.ABBREVIATION or len(found) > 1 or len(corrected) < 3:
                continue
            place = found.start
            typed = [Typed(word.fold, fixed=at != place) for at, word in enumerate(corrected)]
            meant = self._speller.corrected(typed)[place]
            beside = [*corrected[:place][-1:], Word(meant, meant), *corrected[place + 1 :][:1]]
            if all(self._times_together(*pair) >= FEWEST_PAIRS for pair in pairwise(beside)):
                row[place] = Word(meant, meant)
        return [(SLIP, row)] if row != corrected else []

    def _are_whole(self, words: Sequence[Word]) -> list[bool]:
        """Which words are syllables typed with all their marks: with some, or beside many that have some."""
        marked = [code(word.form) is not None for word in words]
        with_marks = sum(marked) * 2 >= len(words)
        return [
            (has or with_marks) and is_syllable(word.form) for word, has in zip(words, marked, strict=True)
        ]

    def _readings(self, words: list[Word]) -> tuple[list[Word], list[Reading]]:
        """The words with abbreviations written out; and the ways to read them, each with its weight."""
        short = [found for found in apart(self._said_in(words)) if found.kind is Kind.ABBREVIATION]
        whole = self._put(words, short, 0)
        readings = self._otherwise(whole)
        for meaning in range(1, _most_meanings(short)):
            readings += [
                (OTHER_MEANING * weight, row)
                for weight, row in self._otherwise(self._put(words, short, meaning))
            ]
        written_out = apart(self._written_out.within(whole))
        if written_out:
            readings.append((SAID, _put(whole, written_out, 0)))
        return whole, readings

    def _otherwise(self, words: list[Word]) -> list[Reading]:
        """The words as they are and with sayings put as the administration puts them."""
        found = [one for one in self._said_in(words) if one.kind is not Kind.ABBREVIATION]
        if not found:
            return [(MEANT, words)]
        chosen = apart(found)
        is_common = all(self._is_common(words[one.start : one.end]) for one in chosen)
        put, kept = MEANT, MEANT if is_common else KEPT
        official = self._put(words, chosen, 0)
        readings = [(put, official), (kept, words)]
        further = [one for one in apart(self._said_in(official)) if one.kind is not Kind.ABBREVIATION]
        if further:
            readings.append((put, self._put(official, further, 0)))
        readings += [
            (put * OTHER_MEANING, self._put(words, chosen, meaning))
            for meaning in range(1, _most_meanings(chosen))
        ]
        if len(chosen) > 1:
            readings += [(put * INNER, self._put(words, [one], 0)) for one in chosen]
        inner = apart([one for one in found if one not in chosen])
        if inner:
            readings.append((put * INNER, self._put(words, inner, 0)))
        return readings

    def _said_in(self, words: list[Word]) -> list[Found]:
        fillers = fillers_of(words, self.language)
        return [
            found
            for found in self._sayings.within(words, fillers)
            if not fillers.issuperset(range(found.start, found.end))
            and not self._cuts_a_compound(words, found)
            and not self._may_be_anything(words, found)
        ]

    def _may_be_anything(self, words: list[Word], found: Found) -> bool:
        """Whether it is one word of a dialect typed without marks, which the texts use in other senses."""
        word = words[found.start]
        is_plain = len(found) == 1 and code(word.form) is None
        return is_plain and found.kind is Kind.DIALECT and self._times(word) >= FEWEST_PAIRS

    def _cuts_a_compound(self, words: list[Word], found: Found) -> bool:
        """Whether a saying begins or ends inside two words that the texts mostly hold together."""
        edges = [found.start] if found.start else []
        edges += [found.end] if found.end < len(words) else []
        return any(self._belong_together(words[edge - 1].fold, words[edge].fold) for edge in edges)

    def _belong_together(self, first: str, second: str) -> bool:
        together = self.statistics.pair(first, second)
        counts = self.statistics.counts
        return together >= FEWEST_PAIRS and together >= COMPOUND * min(counts[first], counts[second])

    def _is_common(self, words: list[Word]) -> bool:
        """Whether the texts use the words side by side themselves."""
        if len(words) == 1:
            return self._times(words[0]) >= FEWEST_PAIRS
        return all(self._times_together(first, second) >= FEWEST_PAIRS for first, second in pairwise(words))

    def _times(self, word: Word) -> int:
        if code(word.form):
            return self.statistics.forms.get(word.fold, {}).get(word.form, 0)
        return self.statistics.counts.get(word.fold, 0)

    def _times_together(self, first: Word, second: Word) -> int:
        if code(first.form) or code(second.form):
            return self.statistics.form_pair(first.form, second.form)
        return self.statistics.pair(first.fold, second.fold)

    def _put(self, words: list[Word], found: Sequence[Found], meaning: int) -> list[Word]:
        """The words with each saying replaced by its meaning of that number, those likeliest beside it first."""
        return _put(words, [self._likeliest_first(words, one) for one in found], meaning)

    def _likeliest_first(self, words: list[Word], found: Found) -> Found:
        if len(found.means) == 1:
            return found
        before = words[found.start - 1].fold if found.start else ""
        after = words[found.end].fold if found.end < len(words) else ""

        def unfit(meaning: Sequence[Word]) -> float:
            first, last = meaning[0].fold, meaning[-1].fold
            counts, pair = self.statistics.counts, self.statistics.pair
            return -pair(before, first) / max(counts.get(first, 0), 1) - pair(last, after) / max(
                counts.get(last, 0), 1
            )

        return replace(found, means=tuple(sorted(filter(None, found.means), key=unfit)))

    def _weight_of_typed(self, typed: Sequence[Word]) -> float:
        """More when the texts hold all that was typed: then correcting it may have been wrong."""
        return KEPT if all(word.fold in self.statistics.holding for word in typed) else AS_TYPED

    def _variants(self, readings: Sequence[Reading], *, while_typing: bool) -> tuple[Variant, ...]:
        best: dict[tuple[str, ...], Reading] = {}
        for weight, words in readings:
            key = tuple(word.fold for word in words[:MOST_TOKENS])
            if key not in best or best[key][0] < weight:
                best[key] = weight, words[:MOST_TOKENS]
        as_typed = tuple(word.fold for word in readings[-1][1][:MOST_TOKENS])
        ranked = sorted(best, key=lambda key: -best[key][0])
        kept = [key for key in ranked if key != as_typed][: MOST_VARIANTS - 1]
        return tuple(
            Variant(best[key][0], self._tokens(best[key][1], while_typing=while_typing))
            for key in sorted([*kept, as_typed], key=lambda key: -best[key][0])
        )

    def _tokens(self, words: Sequence[Word], *, while_typing: bool) -> tuple[Token, ...]:
        last = len(words) - 1
        return tuple(
            Token(
                word.fold,
                code(word.form),
                weight * word.weight * self._words_said_by(word),
                is_prefix=while_typing and place == last,
            )
            for place, (word, weight) in enumerate(zip(words, weights_of(words, self.language), strict=True))
        )

    def _words_said_by(self, word: Word) -> float:
        """An abbreviation that the texts use themselves counts as much as the words it stands for."""
        words = self._words_of.get(word.fold, 1)
        return words if words >= FEWEST_WRITTEN_OUT and word.fold in self.statistics.holding else 1

    def _key(self, words: Sequence[Word]) -> str:
        fillers = fillers_of(words, self.language)
        telling = [word.fold for place, word in enumerate(words) if place not in fillers]
        return " ".join(telling or [word.fold for word in words])

    def _understood(self, typed: Sequence[Word], words: Sequence[Word]) -> str | None:
        asking = asking_words([word.fold for word in words]) if self.language == "vi" else {}
        whole = {word.form for word, is_whole in zip(typed, self._are_whole(typed), strict=True) if is_whole}
        forms = restored(
            [
                (word.fold, word.form if code(word.form) or word.form in whole else asking.get(place))
                for place, word in enumerate(words)
            ],
            self.statistics,
        )
        text = " ".join(forms)
        return text if text != " ".join(word.form for word in typed) else None


def _most_meanings(found: Iterable[Found]) -> int:
    return max((len(one.means) for one in found), default=1)


def _put(words: Sequence[Word], found: Iterable[Found], meaning: int) -> list[Word]:
    row: list[Word] = []
    at = 0
    for one in found:
        row += [*words[at : one.start], *one.means[min(meaning, len(one.means) - 1)]]
        at = one.end
    return [*row, *words[at:]]
