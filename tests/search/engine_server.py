"""The real Elasticsearch of `make engines` for tests that are about it, under a prefix of their own."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from gandan import environment
from gandan.search.elastic import client
from ops.elasticsearch_server import Elasticsearch


def required(why: str) -> None:
    """Skips with the reason on a machine without engines; fails where they were promised."""
    if os.environ.get("GANDAN_REQUIRE_ENGINES"):
        pytest.fail(why)
    pytest.skip(f"{why} (make test-engines)")


def address() -> str:
    found = os.environ.get("ENGINES_SEARCH_URL") or os.environ.get("SEARCH_URL", "")
    server = Elasticsearch()
    if not found and server.is_running():
        found = server.url()
    if not found.startswith("elasticsearch"):
        required("no Elasticsearch server is named")
    return found.rpartition("/")[0]


def forget_connection() -> None:
    """The next search meets the engine for the first time."""
    client.connection.cache_clear()
    client.breaker.__init__(client.check_mapping)  # type: ignore[misc]


@pytest.fixture
def engine(settings: Any) -> Iterator[str]:
    """The site has a search engine; its prefix. All that was written goes afterwards."""
    prefix = f"gandan-test-{uuid.uuid4().hex[:8]}"
    settings.SEARCH = environment.search(f"{address()}/{prefix}")
    forget_connection()
    yield prefix
    server = client.connection().options(ignore_status=404, request_timeout=20)
    for name in server.indices.get(index=f"{prefix}*").body:
        server.indices.delete(index=name)
    forget_connection()
