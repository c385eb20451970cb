"""The one entry of the public search: page, suggestions, command and tests call `find` and `suggest`."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from gandan.search import database, stored
from gandan.search.dictionary import current as dictionary_in_use
from gandan.search.plan import Plan, plan
from gandan.search.query import Query, read
from gandan.search.recall import sought
from gandan.search.registry import Hit, sources
from gandan.search.score import Scored, rank
from gandan.search.terms import Dictionary

FEWEST_LETTERS = 2  # before this many nothing is suggested


class Hits(list[Hit]):
    """The asked part of the results, best first; `total` and `counts` (by kind) speak of all of them.

    `counts` and `total` end at 200, the most that are looked at for one query. `total` counts the asked kinds.
    """

    def __init__(
        self, hits: Iterable[Hit], query: Query, counts: dict[str, int], total: int, plan: Plan
    ) -> None:
        super().__init__(hits)
        self.query = query
        self.plan = plan
        self.counts = counts
        self.total = total


def find(
    text: str,
    locale: str = "vi",
    kinds: Collection[str] | None = None,
    limit: int = 10,
    now: datetime | None = None,
    start: int = 0,
    dictionary: Dictionary | None = None,
) -> Hits:
    """What the text finds among live, public pages and the commune's officials, places and sessions.

    Pages in the reader's language come first, Vietnamese ones after them. Takes any string; empty or without a
    letter or digit finds nothing. `dictionary` is to be tried instead of the one in use.
    """
    now = now or timezone.now()
    query = read(text, locale)
    terms = dictionary or dictionary_in_use()
    asked = _planned(query, locale, terms, while_typing=False)
    found = _ranked(asked, locale, now, while_typing=False)
    if not found:
        asked = _planned(query, locale, terms, while_typing=True)
        found = _ranked(asked, locale, now, while_typing=True)
    return _hits(found, query, asked, locale, kinds, slice(start, start + limit), now)


def suggest(text: str, limit: int = 8, locale: str = "vi", now: datetime | None = None) -> Hits:
    """Results by name for a text still being typed: its last word may be cut short."""
    now = now or timezone.now()
    query = read(text, locale)
    if sum(map(len, query.words)) < FEWEST_LETTERS:
        return Hits([], query, {}, 0, Plan(query.text, "", ()))
    asked = _planned(query, locale, dictionary_in_use(), while_typing=True)
    found = _ranked(asked, locale, now, while_typing=True)
    return _hits(found, query, asked, locale, None, slice(limit), now)


def _planned(query: Query, locale: str, terms: Dictionary, *, while_typing: bool) -> Plan:
    return plan(query, locale, stored.current(locale), terms, while_typing=while_typing)


def _ranked(asked: Plan, locale: str, now: datetime, *, while_typing: bool) -> list[Scored]:
    if not asked.variants:
        return []
    statistics = stored.current(locale)
    languages = list(dict.fromkeys([locale, "vi"]))
    wanted = sought(asked, statistics, names_only=while_typing)
    ranked = rank(asked, database.candidates(wanted, languages, now), statistics)
    own = [one for one in ranked if one.candidate.language in {locale, ""}]
    translated = {one.candidate.translation_key for one in own}
    others = [one for one in ranked if one.candidate.language not in {locale, ""}]
    return own + [one for one in others if one.candidate.translation_key not in translated]


def _hits(
    found: list[Scored],
    query: Query,
    asked_for: Plan,
    locale: str,
    kinds: Collection[str] | None,
    part: slice,
    now: datetime,
) -> Hits:
    known = sources()
    counts = Counter(known[one.candidate.source].kind for one in found)
    asked = [one for one in found if kinds is None or known[one.candidate.source].kind in kinds]
    keys = {(one.candidate.source, one.candidate.pk): one for one in asked[part]}
    records = database.records(keys, now)
    with override(locale):
        hits = [
            replace(
                known[source].to_hit(records[source, pk], locale),
                kind=known[source].kind,
                id=f"{known[source].kind}:{pk}",
                score=round(one.score, 4),
            )
            for (source, pk), one in keys.items()
            if (source, pk) in records
        ]
    return Hits(hits, query, dict(counts), len(asked), asked_for)
