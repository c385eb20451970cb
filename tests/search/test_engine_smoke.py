"""The real servers answer, and the site's tests really run on them (`make test-engines`)."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from elasticsearch import Elasticsearch

from gandan.text import fold

pytestmark = pytest.mark.engines
INDEX = "gandan-smoke"
TITLES = ["Đăng ký khai sinh", "Đăng ký kết hôn", "Cấp giấy phép xây dựng nhà ở riêng lẻ"]


def required(why: str) -> None:
    """Skips with the reason on a machine without engines; fails where they were promised."""
    if os.environ.get("GANDAN_REQUIRE_ENGINES"):
        pytest.fail(why)
    pytest.skip(f"{why} (make test-engines)")


@pytest.fixture
def server() -> Iterator[Elasticsearch]:
    address = os.environ.get("ENGINES_SEARCH_URL") or os.environ.get("SEARCH_URL", "")
    if not address.startswith("elasticsearch://"):
        required("no Elasticsearch server is named")
    client = Elasticsearch(address.rpartition("/")[0].replace("elasticsearch", "http", 1), request_timeout=20)
    client.options(ignore_status=404).indices.delete(index=INDEX)
    yield client
    client.options(ignore_status=404).indices.delete(index=INDEX)
    client.close()


def test_elasticsearch_finds_a_title_by_words_typed_without_marks(server: Elasticsearch) -> None:
    server.indices.create(index=INDEX, settings={"number_of_replicas": 0})
    for number, title in enumerate(TITLES):
        server.index(
            index=INDEX, id=str(number), document={"title": title, "folded": fold(title)}, refresh=True
        )

    found = server.search(
        index=INDEX, query={"match": {"folded": {"query": fold("DANG KY khai sinh"), "operator": "and"}}}
    )

    assert [hit["_source"]["title"] for hit in found["hits"]["hits"]] == ["Đăng ký khai sinh"]


@pytest.mark.django_db
def test_the_suite_runs_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        required("the tests run on another database than PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000


@pytest.mark.django_db
def test_redis_counts_for_all_workers_alike() -> None:
    if "Redis" not in type(cache._connections["default"]).__name__:
        required("the cache is another than Redis")
    cache.delete("smoke")
    assert cache.add("smoke", 1, timeout=60)
    assert not cache.add("smoke", 1, timeout=60)
    assert cache.incr("smoke") == 2
    cache.delete("smoke")
