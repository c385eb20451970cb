"""Makes an index, fills it beside the present one and puts it in its place; readers never meet an empty moment."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from gandan.models import SearchChange
from gandan.search.elastic import is_wanted
from gandan.search.elastic.client import FAULTS, WRITING, alias, breaker, connection, present_schemas
from gandan.search.elastic.document import mapping, schema
from gandan.search.elastic.entries import content_types, documents, identity
from gandan.search.elastic.sending import Action, NotAllWritten, actions, latest, write

Watch = Callable[[Iterable[Action]], Iterable[Action]]


def rebuild(now: datetime, watch: Watch = iter) -> int:
    """How many documents the new index has. Raises a fault of the client; the present index is left as it was then.

    Changes made meanwhile go to the present index; what the worker has sent there since the beginning is sent to
    the new one as well, before and after the swap.
    """
    begun_after = _last_change()
    name = f"{alias()}-{schema()}-{timezone.now():%Y%m%d%H%M%S%f}"
    server = connection().options(request_timeout=WRITING)
    server.indices.create(index=name, body=mapping())
    try:
        written = write(watch(everything(now, begun_after)), name)
        replay(begun_after, name)
        server.indices.refresh(index=name)
        _swap(name)
    except BaseException:
        server.options(ignore_status=404).indices.delete(index=name)
        raise
    replay(begun_after, name)
    breaker.ask()
    return written


def everything(now: datetime, version: int) -> Iterator[Action]:
    for model in content_types():
        for pk, source in documents(model, None, now):
            yield {
                "_op_type": "index",
                "_id": identity(model, pk),
                "_source": source,
                "version": version,
                "version_type": "external_gte",
            }


def how_many(now: datetime) -> int:
    return sum(1 for model in content_types() for _ in documents(model, None, now))


def replay(begun_after: int, index: str) -> int:
    """Sends all changes since that number to the index, whether or not they were sent before."""
    rows = SearchChange.objects.filter(pk__gt=begun_after).order_by("pk")
    return write(actions(latest(rows), timezone.now()), index)


def _last_change() -> int:
    return SearchChange.objects.aggregate(last=Max("pk"))["last"] or 1


def _swap(name: str) -> None:
    """One request takes the alias from the old indexes, removes them, and gives it to the new one."""
    server = connection().options(request_timeout=WRITING)
    ours = re.compile(
        rf"{re.escape(alias())}-[0-9a-f]{{12}}-\d{{20}}"
    )  # another commune's prefix may begin alike
    old = [
        found for found in server.indices.get(index=f"{alias()}-*") if ours.fullmatch(found) and found != name
    ]
    steps: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias()}}]
    steps += [{"remove_index": {"index": index}} for index in old]
    if server.indices.exists(index=alias()) and not server.indices.exists_alias(name=alias()):
        steps.append({"remove_index": {"index": alias()}})  # made by some other program under our name
    server.indices.update_aliases(actions=steps)


def ensure(now: datetime) -> int:
    """For the worker: builds the index where there is none or one of another version of the site."""
    if not is_wanted() or breaker.let_through():
        return 0
    try:
        return 0 if present_schemas(WRITING) == {schema()} else rebuild(now)
    except (NotAllWritten, *FAULTS) as fault:
        breaker.trip(fault)
        return 0


@contextmanager
def throwaway(now: datetime) -> Iterator[None]:
    """Searches inside ask an index of their own, filled from the database of the moment; it is gone afterwards."""
    own = settings.SEARCH
    settings.SEARCH = {**own, "prefix": f"{own['prefix']}-throwaway-{secrets.token_hex(4)}"}
    try:
        rebuild(now)
        yield
    finally:
        _remove_all()
        settings.SEARCH = own
        breaker.ask()


def _remove_all() -> None:
    server = connection().options(request_timeout=WRITING, ignore_status=404)
    for name in server.indices.get(index=f"{alias()}-*").body:
        server.indices.delete(index=name)
