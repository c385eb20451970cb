"""The public search on the database: two statements, however many types there are and however much is found.

The first reads the full-text index across all types, with who may see what inside it, so that a draft or another
language never crowds a result out. The second fetches what the chosen results show.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject
from wagtail.models import Page

from gandan.search import backends, prepared
from gandan.search.backends.folding import BETWEEN_NAMES
from gandan.search.facets import Filters, Values
from gandan.search.plan import Plan
from gandan.search.recall import LEAST_WEIGHT, Sought
from gandan.search.registry import Record, Source, sources
from gandan.search.score import Candidate
from gandan.search.visible import public_pages

MOST_CANDIDATES = 200
MOST_TEXT = 20_000  # characters of a text that are looked at for the order
PAGE_COLUMNS = {"title": "title", "url_path": "url_path", "language": "locale__language_code"}
EVERYTHING = Filters()
Key = tuple[int, int]  # number of the source, primary key


def candidates(
    sought: Sought, languages: Sequence[str], now: datetime, filters: Filters = EVERYTHING
) -> list[Candidate]:
    """The best 200 by the database's own rank, of those that pass the filters."""

    def best(moment: datetime) -> QuerySet[Any]:
        rows = _seen(backends.any_of(), languages, moment, filters)
        shown = rows.order_by("-rank", "number").values_list(
            "number", "listed", "page", backends.NAMES, backends.TEXT
        )
        return backends.leading(shown)[:MOST_CANDIDATES]

    rows = prepared.rows(best, ("best", *languages, filters), backends.anything(sought), now)
    return [_candidate(*row) for row in rows]


def counts(plan: Plan, languages: Sequence[str], now: datetime) -> list[tuple[Values, int]]:
    """How many hold all the telling words of some reading, by the values of their facets."""
    readings = {
        tuple(dict.fromkeys(token.fold for token in variant.tokens if token.weight > LEAST_WEIGHT))
        for variant in plan.variants
    }
    if not any(readings):
        return []

    def grouped(moment: datetime) -> QuerySet[Any]:
        rows = _seen(backends.all_of(), languages, moment, EVERYTHING, with_keys=False)
        times = rows.order_by().values("listed", "page").annotate(times=Count("pk"))
        return backends.leading(times).values_list("listed", "page", "times")

    words = backends.everything(sorted(filter(None, readings)))
    tallies: Counter[str] = Counter()
    for row in prepared.rows(grouped, ("grouped", *languages), words, now):
        about = {"language": "", **json.loads(row[1]), **json.loads(row[0])}
        tallies[json.dumps([about["source"], about["language"], about["facets"]])] += row[2]
    return [(_values(*json.loads(told)), times) for told, times in tallies.items()]


def _seen(
    rows: QuerySet[Any], languages: Sequence[str], now: datetime, filters: Filters, *, with_keys: bool = True
) -> QuerySet[Any]:
    """Of these rows of the index those that everybody may see and a type lists, with what they say of themselves."""
    types = ContentType.objects.get_for_models(*{source.model for source in sources()})
    page_types = [found.pk for model, found in types.items() if issubclass(model, Page)]
    content_type = f"{backends.ENTRY}content_type"
    ours = Q(**{f"{content_type}__in": [found.pk for found in types.values()]})
    of_pages = Q(**{f"{content_type}__in": page_types})
    number = Case(When(ours, then=_object_number()), output_field=BigIntegerField())
    languages = [code for code in languages if not filters.language or code in filters.language]
    listed = Case(
        *(When(**{content_type: types[model].pk}, then=of) for model, of in _listed(now, filters).items())
    )
    other = Value(None if filters.language else "{}", output_field=TextField())
    seen = Case(
        When(of_pages, then=_page(languages, now, with_key=with_keys)),
        default=other,
        output_field=TextField(),
    )
    return (
        rows.filter(ours)
        .annotate(number=number)
        .annotate(listed=listed, page=seen)
        .filter(listed__isnull=False, page__isnull=False)
    )


def records(keys: Iterable[Key], now: datetime) -> dict[Key, Record]:
    """What the results show, by source and primary key. One that has gone meanwhile is missing."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for source, pk in keys:
        wanted[source].append(pk)
    known = sources()
    parts = [_shown(number, known[number], pks, now) for number, pks in wanted.items()]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {(source, pk): json.loads(record) for source, pk, record in rows}


def _object_number() -> Cast:
    return Cast(f"{backends.ENTRY}object_id", BigIntegerField())


def _as_text(**columns: Any) -> Cast:
    return Cast(JSONObject(**columns), TextField())


def _listed(now: datetime, filters: Filters) -> dict[type[Model], Any]:
    """For each model, the source that lists a row, its priority, facets and date, as JSON; NULL when none lists it."""
    parts: dict[type[Model], list[Any]] = defaultdict(list)
    for number, source in enumerate(sources()):
        priority = F(source.priority) if source.priority else Value(0, output_field=IntegerField())
        about = _as_text(
            source=Value(number, output_field=IntegerField()),
            priority=priority,
            date=Cast(F(source.dated), TextField()) if source.dated else Value(""),
            facets=JSONObject(
                **{name: Cast(F(column), TextField()) for name, column in source.facets.items()}
            ),
        )
        row = _passing(source, now, filters).order_by().filter(pk=OuterRef("number")).values(about=about)
        parts[source.model].append(Subquery(row[:1], output_field=TextField()))
    return {model: Coalesce(*of) if len(of) > 1 else of[0] for model, of in parts.items()}


def _passing(source: Source, now: datetime, filters: Filters) -> QuerySet[Any]:
    rows = source.queryset(now)
    if filters.kind and source.kind not in filters.kind:
        return rows.filter(pk__lt=0)
    for name in ("event", "field", "area", "level"):
        if not filters.wanted(name):
            continue
        column = source.facets.get(name)
        if column is None:
            return rows.filter(pk__lt=0)
        rows = rows.annotate(**{f"of_{name}": Cast(F(column), TextField())})
        one_of = [
            Q(**{f"of_{name}": value}) | Q(**{f"of_{name}__contains": f",{value},"})
            for value in filters.wanted(name)
        ]
        rows = rows.filter(reduce(or_, one_of))
    return rows


def _page(languages: Sequence[str], now: datetime, *, with_key: bool) -> Subquery:
    """Language and translation key of a page that everybody may see, as JSON text; NULL for others."""
    key = {"key": Cast("translation_key", TextField())} if with_key else {}
    about = _as_text(language=F("locale__language_code"), **key)
    pages = public_pages(Page.objects.order_by(), now).filter(locale__language_code__in=languages)
    return Subquery(pages.filter(pk=OuterRef("number")).values(about=about)[:1], output_field=TextField())


def _values(source: int, language: str, written: dict[str, str | None]) -> Values:
    """What a candidate has of each facet: ",birth,moving," are two values."""
    values = {
        name: tuple(filter(None, (one or "").split(","))) for name, one in written.items() if name != "field"
    }
    if written.get("field"):
        values["field"] = (written["field"] or "",)
    return {**values, "kind": (sources()[source].kind,), "language": (language,) if language else ()}


def _candidate(pk: int, listed: str, page: str, names: str, text: str | None) -> Candidate:
    about = {"language": "", "key": "", **json.loads(page), **json.loads(listed)}
    told, _, codes = (text or "").rpartition(BETWEEN_NAMES)
    return Candidate(
        source=about["source"],
        pk=pk,
        language=about["language"],
        translation_key=about["key"],
        priority=about["priority"],
        bonus=sources()[about["source"]].bonus,
        names=tuple(names.split(BETWEEN_NAMES)),
        text=told[:MOST_TEXT],
        codes=frozenset(codes.split()),
        facets=_values(about["source"], about["language"], about["facets"]),
        date=about["date"] or "",
    )


def _shown(number: int, source: Source, pks: list[int], now: datetime) -> QuerySet[Any]:
    columns = {**(PAGE_COLUMNS if issubclass(source.model, Page) else {}), **source.columns}
    return (
        source.queryset(now)
        .filter(pk__in=pks)
        .order_by()
        .annotate(
            source=Value(number, output_field=IntegerField()),
            record=Cast(JSONObject(**columns), TextField()),
        )
        .values_list("source", "pk", "record")
    )
