"""The one entry of the public search: page, suggestions, command and tests call `find` and `suggest`."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from gandan.search import bets, database, database_engine, stored
from gandan.search.dictionary import current as dictionary_in_use
from gandan.search.elastic import engine, is_wanted
from gandan.search.elastic.client import Unavailable
from gandan.search.engine import BEST, Answer, Asked, Key
from gandan.search.exact import literal
from gandan.search.facets import Filters
from gandan.search.plan import MOST_TOKENS, Plan, plan
from gandan.search.query import Query, read
from gandan.search.registry import Hit, sources
from gandan.search.statistics import Statistics
from gandan.search.terms import Dictionary

EVERYTHING = Filters()
NOTHING = Answer()
FEWEST_LETTERS = 2  # before this many nothing is suggested


class Hits(list[Hit]):
    """The asked part of the results, best first.

    `total` and `facets` (name, value, count) speak of everything that matches, `counts` is the facet of kinds;
    `reachable` is how many of them can be paged through. `is_simple`: the search engine failed, the database answered.
    """

    def __init__(
        self,
        hits: Iterable[Hit],
        query: Query,
        plan: Plan,
        answer: Answer = NOTHING,
        *,
        is_simple: bool = False,
    ) -> None:
        super().__init__(hits)
        self.query = query
        self.plan = plan
        self.is_simple = is_simple
        self.total = answer.total
        self.reachable = answer.reachable
        self.facets = answer.facets
        self.counts = answer.facets.get("kind", {})


def find(
    text: str,
    locale: str = "vi",
    kinds: Collection[str] | None = None,
    limit: int = 10,
    now: datetime | None = None,
    start: int = 0,
    dictionary: Dictionary | None = None,
    *,
    filters: Filters = EVERYTHING,
    sort: str = BEST,
    as_typed: bool = False,
) -> Hits:
    """What the text finds among live, public pages and the commune's officials, places and sessions.

    Pages in the reader's language come first, Vietnamese ones after them. Takes any string; empty or without a
    letter or digit finds nothing. `dictionary` is to be tried instead of the one in use; `as_typed` searches for
    the words as they stand, without correcting or adding any. `kinds` narrows the kinds of `filters`.
    """
    now = now or timezone.now()
    exact = literal(text)
    query = read(exact.text if exact else text, locale)
    if kinds is not None:
        filters = replace(filters, kind=frozenset(kinds) or frozenset([""]))
    part = slice(start, start + limit)
    known = dictionary or dictionary_in_use()
    statistics = stored.current(locale)
    for while_typing in (False, True):
        planned = plan(query, locale, statistics, known, while_typing=while_typing)
        if as_typed or exact:
            planned = _only_typed(planned, query)
        asked = Asked(
            planned,
            statistics,
            tuple(dict.fromkeys([locale, "vi"])),
            now,
            part,
            filters,
            sort,
            exact,
            while_typing,
        )
        answer, is_simple = _answer(asked)
        if answer.total or any(answer.facets.get("kind", {}).values()) or not _may_go_on(query, statistics):
            break
    if start == 0 and limit and not filters and sort == BEST and not as_typed and not exact:
        answer = _promoted(answer, planned, locale, statistics, known, now)
    return _hits(answer, query, planned, locale, now, is_simple=is_simple)


def suggest(text: str, limit: int = 8, locale: str = "vi", now: datetime | None = None) -> Hits:
    """Results by name for a text still being typed: its last word may be cut short."""
    now = now or timezone.now()
    query = read(text, locale)
    if sum(map(len, query.words)) < FEWEST_LETTERS:
        return Hits([], query, Plan(query.text, "", ()))
    statistics = stored.current(locale)
    planned = plan(query, locale, statistics, dictionary_in_use(), while_typing=True)
    languages = tuple(dict.fromkeys([locale, "vi"]))
    asked = Asked(planned, statistics, languages, now, slice(limit), while_typing=True)
    answer, is_simple = _answer(asked)
    answer = _promoted(answer, planned, locale, statistics, dictionary_in_use(), now)
    answer = replace(answer, keys=answer.keys[:limit])
    return _hits(answer, query, planned, locale, now, is_simple=is_simple)


def _promoted(
    answer: Answer, planned: Plan, locale: str, statistics: Statistics, dictionary: Dictionary, now: datetime
) -> Answer:
    """The answer with the page first that the commune recommends for the question, where there is one."""
    place = bets.promoted(planned.key, locale, statistics, dictionary, now)
    if place is None:
        return answer
    others = [key for key in answer.keys if (key.source, key.pk) != place]
    best = max((key.score for key in answer.keys), default=0.0)
    first = Key(*place, best + 1, is_promoted=True)
    return replace(
        answer,
        keys=[first, *others],
        total=max(answer.total, 1),
        reachable=max(answer.reachable, 1),
    )


def _answer(asked: Asked) -> tuple[Answer, bool]:
    """The search engine's answer where there is one; in the same request the database's when it fails."""
    if is_wanted() and asked.plan.variants:
        try:
            return engine.answer(asked), False
        except Unavailable:
            return database_engine.answer(asked), True
    return database_engine.answer(asked), False


def _may_go_on(query: Query, statistics: Statistics) -> bool:
    """Whether the last word may be the beginning of one, or another is known: else it need not be asked."""
    if not query.words or not statistics.documents:
        return bool(query.words)
    *others, last = query.words
    if any(word in statistics.holding for word in others):
        return True
    return any(word.startswith(last) for word in statistics.holding)


def _only_typed(planned: Plan, query: Query) -> Plan:
    """The plan with the one reading that is the text as it was typed."""
    typed = query.words[:MOST_TOKENS]
    kept = [one for one in planned.variants if tuple(token.fold for token in one.tokens) == typed]
    return replace(planned, variants=tuple(kept[:1]), understood=None)


def _hits(
    answer: Answer, query: Query, planned: Plan, locale: str, now: datetime, *, is_simple: bool
) -> Hits:
    known = sources()
    records = database.records([(key.source, key.pk) for key in answer.keys], now)
    with override(locale):
        hits = [
            replace(
                known[key.source].to_hit(records[key.source, key.pk], locale),
                kind=known[key.source].kind,
                id=f"{known[key.source].kind}:{key.pk}",
                score=round(key.score, 4),
                is_promoted=key.is_promoted,
            )
            for key in answer.keys
            if (key.source, key.pk) in records
        ]
    return Hits(hits, query, planned, answer, is_simple=is_simple)
