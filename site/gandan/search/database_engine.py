"""The public search on the database: candidates from its index, ordered by the one scorer of all engines."""

from collections.abc import Sequence
from operator import attrgetter

from gandan.search import database
from gandan.search.engine import NEWEST, Answer, Asked, Key
from gandan.search.facets import counted
from gandan.search.recall import sought
from gandan.search.score import Candidate, Scored, rank


def answer(asked: Asked) -> Answer:
    """Where the database holds more candidates than are looked at, it counts for itself, and narrows for itself."""
    if not asked.plan.variants:
        return Answer()
    wanted = sought(asked.plan, asked.statistics, names_only=asked.while_typing)
    found = database.candidates(wanted, asked.languages, asked.now)
    is_cut = len(found) >= database.MOST_CANDIDATES and not asked.while_typing
    ranked = _ranked(asked, found)
    rows = [(one.candidate.facets, 1) for one in ranked]
    if is_cut:
        everything = database.counts(asked.plan, asked.languages, asked.now)
        rows = everything if sum(times for _, times in everything) > len(rows) else rows
        if asked.filters:
            found = database.candidates(wanted, asked.languages, asked.now, asked.filters)
            ranked = _ranked(asked, found)
    kept = [one for one in ranked if asked.filters.keeps(one.candidate.facets)]
    if asked.sort == NEWEST:
        kept.sort(key=attrgetter("candidate.date"), reverse=True)
    total = sum(times for values, times in rows if asked.filters.keeps(values))
    keys = [Key(one.candidate.source, one.candidate.pk, one.score) for one in kept[asked.part]]
    return Answer(keys, max(total, len(kept)), len(kept), counted(rows, asked.filters))


def _ranked(asked: Asked, found: Sequence[Candidate]) -> list[Scored]:
    """The reader's language first; what is there in it does not come again in another."""
    ranked = rank(asked.plan, found, asked.statistics)
    if asked.literal:
        ranked = _literally(ranked, found, asked.literal.words)
    language = asked.languages[0]
    own = [one for one in ranked if one.candidate.language in {language, ""}]
    translated = {one.candidate.translation_key for one in own}
    others = [one for one in ranked if one.candidate.language not in {language, ""}]
    return own + [one for one in others if one.candidate.translation_key not in translated]


def _literally(ranked: list[Scored], found: Sequence[Candidate], words: str) -> list[Scored]:
    """What holds the row of words, in a name first; without the scorer's threshold, which is for chance meetings."""
    known = {(one.candidate.source, one.candidate.pk): one for one in ranked}
    holding = [
        known.get((one.source, one.pk), Scored(one, 0.0, 1.0))
        for one in found
        if any(words in f" {text} " for text in (*one.names, one.text))
    ]

    def order(one: Scored) -> tuple[bool, float]:
        return not any(words in f" {name} " for name in one.candidate.names), -one.score

    return sorted(holding, key=order) or ranked
