"""How the site talks to Elasticsearch: never longer than it may, and not at all while the engine is known to be ill.

A reader's request waits `READING` seconds at most, dripping answers included. After a failure the breaker stays open
for all threads of the process; one in the background asks the engine how it is, so that no reader pays for it.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from time import monotonic
from typing import Any, TypeVar

import elastic_transport
import elasticsearch
from django.conf import settings
from elasticsearch import Elasticsearch

from gandan.search.elastic.document import schema

READING = 0.8  # seconds for a reader's search, all in all
WRITING = 10.0  # seconds for one bulk request of the worker
PAUSE = 5.0  # seconds before an ill engine is asked again
THREADS = 4  # requests under way; more means the engine is ill

FAULTS = (
    elastic_transport.TransportError,
    elasticsearch.ApiError,
    elasticsearch.UnsupportedProductError,
    OSError,
)
logger = logging.getLogger("gandan.search")
Answer = TypeVar("Answer")


class Unavailable(Exception):
    """The engine cannot be asked or gave no sound answer in time; the database must do."""


@cache
def connection() -> Elasticsearch:
    """One client a process. Hosts, TLS and the key come from SEARCH_URL and SEARCH_API_KEY."""
    return Elasticsearch(
        settings.SEARCH["hosts"],
        api_key=settings.SEARCH_API_KEY or None,
        request_timeout=READING,
        max_retries=0,
        retry_on_timeout=False,
    )


def alias() -> str:
    return str(settings.SEARCH["prefix"])


class Breaker:
    """Closed while the engine answers. `is_open` for all threads after a failure, until a probe succeeds."""

    def __init__(self, probe: Callable[[], None], clock: Callable[[], float] = monotonic) -> None:
        self._probe = probe
        self._clock = clock
        self._lock = threading.Lock()
        self._ask_at = float("-inf")  # when the engine may be asked again
        self._is_asking = False
        self.is_open = True  # until the first probe has seen the mapping
        self.was_ever_closed = False

    def trip(self, why: object) -> None:
        with self._lock:
            if not self.is_open or not self.was_ever_closed:
                logger.warning("the search engine fails, the database answers: %s", why)
            self.is_open = True
            self._ask_at = self._clock() + PAUSE

    def let_through(self) -> bool:
        """Whether a request may go to the engine. An open breaker has itself probed in the background."""
        if not self.is_open:
            return True
        with self._lock:
            if self._is_asking or self._clock() < self._ask_at:
                return False
            self._is_asking = True
        if self.was_ever_closed:
            threading.Thread(target=self.ask, name="search-probe", daemon=True).start()
            return False
        self.ask()
        return not self.is_open

    def ask(self) -> None:
        try:
            self._probe()
        except (Unavailable, *FAULTS) as fault:
            self.trip(fault)
        else:
            with self._lock:
                self.is_open, self.was_ever_closed = False, True
        finally:
            self._is_asking = False


def check_mapping() -> None:
    """Raises Unavailable when there is no index of ours, or one of an older or newer version of the site."""
    schemas = within(READING, lambda: present_schemas(READING))
    if schemas != {schema()}:
        raise Unavailable(f"{alias()} has the mappings {schemas or 'of no index'}, not {schema()}")


def present_schemas(seconds: float) -> set[str | None]:
    """The versions of the mapping behind the alias: none without an index, one as a rule. Raises a fault."""
    server = connection().options(request_timeout=seconds)
    try:
        found = server.indices.get_mapping(index=alias()).body
    except elasticsearch.NotFoundError:
        return set()
    return {index["mappings"].get("_meta", {}).get("schema") for index in found.values()}


_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="search")
_waiting = threading.Semaphore(THREADS)
breaker = Breaker(check_mapping)


def within(seconds: float, call: Callable[[], Answer]) -> Answer:
    """The call's answer, or Unavailable once the seconds are over; a read timeout alone allows a server to drip."""
    if not _waiting.acquire(blocking=False):
        raise Unavailable("too many requests under way")
    under_way: Future[Answer] = _pool.submit(call)
    under_way.add_done_callback(lambda _done: _waiting.release())
    try:
        return under_way.result(seconds)
    except TooLate as late:
        raise Unavailable(f"no answer within {seconds} s") from late
    except FAULTS as fault:
        raise Unavailable(fault) from fault


def search(body: dict[str, Any]) -> dict[str, Any]:
    """The engine's answer to a search of the present index. Raises Unavailable."""
    if not breaker.let_through():
        raise Unavailable("the engine is ill")
    try:
        found = within(READING, lambda: connection().search(index=alias(), body=body).body)
    except Unavailable as fault:
        breaker.trip(fault)
        raise Unavailable(fault) from fault
    return dict(found)
