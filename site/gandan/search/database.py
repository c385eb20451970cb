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
    OuterRef,
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
from gandan.search.query import Query
from gandan.search.registry import Record, Source, sources
from gandan.search.score import Candidate
from gandan.search.visible import visible

MOST_CANDIDATES = 200
PAGE_COLUMNS = {"title": "title", "url_path": "url_path", "language": "locale__language_code"}
Key = tuple[int, int]  # number of the source, primary key


def candidates(
    query: Query, languages: Sequence[str], now: datetime, *, while_typing: bool = False
) -> list[Candidate]:
    """The best 200 by the database's own rank. While typing, names alone, and the last word may go on."""
    rows = backends.any_of(query.telling, last_is_prefix=while_typing, names_only=while_typing)
    about = _about(languages, now)
    types = list(about)
    number = Case(
        When(**{f"{backends.ENTRY}content_type__in": types}, then=_number()), output_field=BigIntegerField()
    )
    seen = Case(*(When(**{f"{backends.ENTRY}content_type": key}, then=of) for key, of in about.items()))
    rows = (
        rows.filter(**{f"{backends.ENTRY}content_type__in": types})
        .annotate(number=number)
        .annotate(about=seen)
        .filter(about__isnull=False)
        .order_by("-rank", "number")
        .values_list("number", "about", backends.NAMES, backends.TEXT)
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


def _number() -> Cast:
    return Cast(f"{backends.ENTRY}object_id", BigIntegerField())


def _about(languages: Sequence[str], now: datetime) -> dict[int, Any]:
    """For each content type, what a row must be to be found, as JSON text; NULL when nobody may see it."""
    parts: dict[int, list[Subquery]] = defaultdict(list)
    content_types = ContentType.objects.get_for_models(*{source.model for source in sources()})
    for number, source in enumerate(sources()):
        is_page = issubclass(source.model, Page)
        described = JSONObject(
            source=Value(number, output_field=IntegerField()),
            language=F("locale__language_code") if is_page else Value(""),
            key=Cast("translation_key", TextField()) if is_page else Value(""),
            priority=F(source.priority) if source.priority else Value(0, output_field=IntegerField()),
        )
        seen = visible(source, languages, now).order_by().filter(pk=OuterRef("number"))
        seen = seen.annotate(about=Cast(described, TextField())).values("about")[:1]
        parts[content_types[source.model].pk].append(Subquery(seen, output_field=TextField()))
    return {key: Coalesce(*of) if len(of) > 1 else of[0] for key, of in parts.items()}


def _candidate(pk: int, about: str, names: str, text: str | None) -> Candidate:
    known = json.loads(about)
    return Candidate(
        source=known["source"],
        pk=pk,
        language=known["language"],
        translation_key=known["key"],
        priority=known["priority"],
        bonus=sources()[known["source"]].bonus,
        names=tuple(names.split(BETWEEN_NAMES)),
        text=text or "",
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
