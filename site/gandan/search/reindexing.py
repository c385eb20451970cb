"""Writes the database's search index anew, each entry where it stands, so that nothing is missing meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, Model
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from modelsearch.models import IndexEntry

AT_ONCE = 200  # objects in one transaction
Watch = Callable[[Iterable[Any]], Iterable[Any]]


def rebuild(watch: Watch = iter, backend: Any = None) -> int:
    """How many objects were indexed. `watch` passes them on; `backend` is Wagtail's unless another is given."""
    backend = backend or get_search_backend()
    done = 0
    for model, batch in _batches(iter(watch(_objects()))):
        with transaction.atomic():
            backend.get_index_for_model(model).add_items(model, batch)
        done += len(batch)
    _remove_orphans()
    return done


def how_many() -> int:
    return sum(model.get_indexed_objects().count() for model in get_indexed_models())


def _objects() -> Iterator[Model]:
    for model in get_indexed_models():
        yield from model.get_indexed_objects().order_by("pk").iterator(chunk_size=AT_ONCE)


def _batches(objects: Iterator[Model]) -> Iterator[tuple[type[Model], list[Model]]]:
    """Neighbours of one model, at most `AT_ONCE` of them."""
    batch: list[Model] = []
    for instance in objects:
        if batch and (type(instance) is not type(batch[0]) or len(batch) == AT_ONCE):
            yield type(batch[0]), batch
            batch = []
        batch.append(instance)
    if batch:
        yield type(batch[0]), batch


def _remove_orphans() -> None:
    """Entries whose object has gone, or whose model is not searched any more."""
    models = {ContentType.objects.get_for_model(model).pk: model for model in get_indexed_models()}
    IndexEntry.objects.exclude(content_type__in=models).delete()
    for of, model in models.items():
        present = model.get_indexed_objects().order_by().values("pk")
        entries = IndexEntry.objects.filter(content_type=of)
        entries.annotate(number=Cast("object_id", BigIntegerField())).exclude(number__in=present).delete()
