"""The public search on the database: two statements, however many types there are and however much is found.

The first reads the full-text index across all types, with who may see what inside it, so that a draft or another
language never crowds a result out. The second fetches what the chosen results show.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
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

from gandan.search import backends
from gandan.search.backends.folding import BETWEEN_NAMES
from gandan.search.recall import Sought
from gandan.search.registry import Record, Source, sources
from gandan.search.score import Candidate
from gandan.search.visible import public_pages

MOST_CANDIDATES = 200
MOST_TEXT = 20_000  # characters of a text that are looked at for the order
PAGE_COLUMNS = {"title": "title", "url_path": "url_path", "language": "locale__language_code"}
Key = tuple[int, int]  # number of the source, primary key


def candidates(sought: Sought, languages: Sequence[str], now: datetime) -> list[Candidate]:
    """The best 200 by the database's own rank."""
    rows = backends.any_of(sought)
    types = ContentType.objects.get_for_models(*{source.model for source in sources()})
    page_types = [found.pk for model, found in types.items() if issubclass(model, Page)]
    content_type = f"{backends.ENTRY}content_type"
    ours = Q(**{f"{content_type}__in": [found.pk for found in types.values()]})
    of_pages = Q(**{f"{content_type}__in": page_types})
    number = Case(When(ours, then=_object_number()), output_field=BigIntegerField())
    listed = Case(*(When(**{content_type: types[model].pk}, then=of) for model, of in _listed(now).items()))
    seen = Case(When(of_pages, then=_page(languages, now)), default=Value("{}"), output_field=TextField())
    rows = (
        rows.filter(ours)
        .annotate(number=number)
        .annotate(listed=listed, page=seen)
        .filter(listed__isnull=False, page__isnull=False)
        .order_by("-rank", "number")
        .values_list("number", "listed", "page", backends.NAMES, backends.TEXT)
    )
    return [_candidate(*row) for row in backends.leading(rows)[:MOST_CANDIDATES]]


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


def _listed(now: datetime) -> dict[type[Model], Any]:
    """For each model, the source that lists a row and its priority, as JSON text; NULL when none lists it."""
    parts: dict[type[Model], list[Subquery]] = defaultdict(list)
    for number, source in enumerate(sources()):
        priority = F(source.priority) if source.priority else Value(0, output_field=IntegerField())
        about = _as_text(source=Value(number, output_field=IntegerField()), priority=priority)
        row = source.queryset(now).order_by().filter(pk=OuterRef("number")).values(about=about)
        parts[source.model].append(Subquery(row[:1], output_field=TextField()))
    return {model: Coalesce(*of) if len(of) > 1 else of[0] for model, of in parts.items()}


def _page(languages: Sequence[str], now: datetime) -> Subquery:
    """Language and translation key of a page that everybody may see, as JSON text; NULL for others."""
    about = _as_text(language=F("locale__language_code"), key=Cast("translation_key", TextField()))
    pages = public_pages(Page.objects.order_by(), now).filter(locale__language_code__in=languages)
    return Subquery(pages.filter(pk=OuterRef("number")).values(about=about)[:1], output_field=TextField())


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
