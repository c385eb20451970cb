"""The worker's part: tells the engine of what has changed, in the order of the changes, however often it is interrupted.

The version of a document is the number of the change; the engine refuses what is older than what it has. So a change sent
twice, late or beside another worker does no harm.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from elasticsearch.helpers import streaming_bulk
from wagtail.models import Page

from gandan.models import SearchChange
from gandan.search.elastic import is_wanted
from gandan.search.elastic.client import FAULTS, WRITING, alias, breaker, connection
from gandan.search.elastic.entries import content_types, documents, identity
from gandan.search.registry import sources

MOST_AT_ONCE = 500
KEPT = timedelta(days=1)  # a rebuild replays what was sent while it ran
PAUSE = 15.0  # seconds after a failure
GONE, STALE = 404, 409

Action = dict[str, Any]
Change = tuple[type[Model], int, int]  # model, primary key, number of the change
logger = logging.getLogger("gandan.search")
_not_before = 0.0


def send_changes(now: datetime) -> int:
    """Sends what is waiting, at most 500 rows; how many. An engine that fails is left alone for a while."""
    global _not_before
    if not is_wanted() or monotonic() < _not_before:
        return 0
    waiting = list(SearchChange.objects.filter(sent_at=None).order_by("pk")[:MOST_AT_ONCE])
    if not waiting:
        return 0
    try:
        write(actions(latest(waiting), now), alias())
    except (NotAllWritten, *FAULTS) as fault:
        _not_before = monotonic() + PAUSE
        breaker.trip(fault)
        return 0
    return SearchChange.objects.filter(pk__in=[row.pk for row in waiting]).update(sent_at=now)


def forget_sent(now: datetime) -> int:
    return SearchChange.objects.filter(sent_at__lt=now - KEPT).delete()[0]


def note_what_time_changes(now: datetime) -> int:
    """Sessions pass and officials leave without anybody saving them: those few are looked at again each hour."""
    if not is_wanted():
        return 0
    kinds = {model: of for model, of in content_types().items() if not issubclass(model, Page)}
    rows = [
        SearchChange(content_type=of, object_id=pk, at=now)
        for model, of in kinds.items()
        for pk in model._default_manager.values_list("pk", flat=True)
    ]
    SearchChange.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def latest(rows: Iterable[SearchChange]) -> list[Change]:
    """One change an object, the last one; rows of models that search no longer knows fall away."""
    known = {source.model for source in sources()}
    last = {(row.content_type_id, row.object_id): row.pk for row in rows}
    models = {of: ContentType.objects.get_for_id(of).model_class() for of, _pk in last}
    return [(model, pk, number) for (of, pk), number in last.items() if (model := models[of]) in known]


def actions(changes: Iterable[Change], now: datetime) -> Iterator[Action]:
    """Index what everybody may see, delete the rest, each with the number of its change as version."""
    by_model: dict[type[Model], dict[int, int]] = defaultdict(dict)
    for model, pk, number in changes:
        by_model[model][pk] = number
    for model, numbers in by_model.items():
        seen = dict(documents(model, numbers, now))
        for pk, number in numbers.items():
            versioned = {"_id": identity(model, pk), "version": number, "version_type": "external_gte"}
            if pk in seen:
                yield {"_op_type": "index", "_source": seen[pk], **versioned}
            else:
                yield {"_op_type": "delete", **versioned}


class NotAllWritten(Exception):
    """The engine took some of the documents and refused others."""


def write(todo: Iterable[Action], index: str) -> int:
    """How many were written. Raises NotAllWritten or a fault of the client; deleted and newer ones are no fault."""
    client = connection().options(request_timeout=WRITING)
    done, refused = 0, []
    must_be_alias = index == alias()
    results = streaming_bulk(
        client, todo, index=index, raise_on_error=False, require_alias=must_be_alias, chunk_size=500
    )
    for is_done, result in results:
        ((_operation, said),) = result.items()
        if is_done or said.get("status") in (GONE, STALE):
            done += 1
        else:
            refused.append(said.get("error"))
    if refused:
        raise NotAllWritten(f"{len(refused)} documents were refused, the first: {refused[0]}")
    return done
