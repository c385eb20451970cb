"""Compares what the engine holds with what everybody may see in the database, and says or mends what differs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from elasticsearch.helpers import scan
from elasticsearch.serializer import JSONSerializer

from gandan.models import SearchChange
from gandan.search.elastic.client import WRITING, alias, connection, present_schemas
from gandan.search.elastic.document import schema
from gandan.search.elastic.entries import content_types, documents, identity


@dataclass
class Findings:
    """Identities (`guides.procedurepage:12`) by what is wrong with them; `waiting` changes are still to be sent."""

    has_index: bool = False
    is_current: bool = False
    documents: int = 0
    waiting: int = 0
    missing: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return self.is_current and not (self.missing or self.left_over or self.outdated)

    @property
    def wrong(self) -> list[str]:
        return [*self.missing, *self.left_over, *self.outdated]


def examine(now: datetime) -> Findings:
    """Raises a fault of the client when the engine does not answer."""
    found = Findings(waiting=SearchChange.objects.filter(sent_at=None).count())
    schemas = present_schemas(WRITING)
    found.has_index, found.is_current = bool(schemas), schemas == {schema()}
    if not found.is_current:
        return found
    held = {hit["_id"]: hit["_source"] for hit in _everything_held()}
    found.documents = len(held)
    for key, wanted in _everything_wanted(now):
        if key not in held:
            found.missing.append(key)
        elif held.pop(key) != _as_sent(wanted):
            found.outdated.append(key)
    found.left_over = sorted(held)
    return found


def repair(wrong: Iterable[str], now: datetime) -> int:
    """Notes each of them as changed; the worker does the rest. How many."""
    types = {model._meta.label_lower: of for model, of in content_types().items()}
    split = [key.partition(":") for key in wrong]
    rows = [
        SearchChange(content_type=types[label], object_id=int(pk), at=now)
        for label, _, pk in split
        if label in types
    ]
    SearchChange.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _everything_held() -> Iterator[dict[str, Any]]:
    server = connection().options(request_timeout=WRITING)
    yield from scan(server, index=alias(), query={"query": {"match_all": {}}}, size=500)


def _everything_wanted(now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    models: Iterable[type[Model]] = content_types()
    for model in models:
        for pk, wanted in documents(model, None, now):
            yield identity(model, pk), wanted


def _as_sent(document: dict[str, Any]) -> dict[str, Any]:
    """As JSON gives it back."""
    return dict(json.loads(JSONSerializer().dumps(document)))
