"""While the search engine is ill in any way, searches are answered and nothing that changes is lost."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from gandan import environment
from gandan.models import SearchChange
from gandan.search import find
from gandan.search.elastic import client, index, sending
from gandan.search.elastic.client import connection
from home.models import HomePage
from tests.faults import table
from tests.faults.fault_door import Door, Fault, door
from tests.search.conftest import NOW, Guide, commune, guide, searched_commune  # noqa: F401
from tests.search.engine_server import address, forget_connection

FIRST, AFTERWARDS = 1.5, 0.5  # seconds an answer may take while the engine is ill

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
ILL = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.fixture
def engine(settings: Any, commune: HomePage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:  # noqa: F811
    """The real server behind a door, with an index of the commune."""
    monkeypatch.setattr(client, "PAUSE", 0.3)
    monkeypatch.setattr(sending, "PAUSE", 0.0)
    host, _, port = address().rpartition("/")[2].rpartition(":")
    with door(host, int(port)) as made:
        settings.SEARCH = environment.search(f"elasticsearch://{made.address}/gandan-fault-{int(port)}")
        forget_connection()
        index.rebuild(NOW)
        yield made
        made.set(Fault.NONE)
        client.connection.cache_clear()  # the door has ended its connections
        server = connection().options(ignore_status=404, request_timeout=20)
        for name in server.indices.get(index=f"{client.alias()}-*").body:
            server.indices.delete(index=name)
    forget_connection()


def asked() -> tuple[bool, float]:
    """Whether the database answered, and how long it took."""
    began = time.perf_counter()
    hits = find("đăng ký khai sinh", now=NOW)
    assert hits[0].title == "Đăng ký khai sinh"
    return hits.is_simple, time.perf_counter() - began


def recovered_within(seconds: float) -> float:
    began = time.perf_counter()
    while asked()[0]:
        assert time.perf_counter() - began < seconds, "the engine is well, and the database still answers"
    return time.perf_counter() - began


def note(what: str, first: float, then: float, recovered: float) -> None:
    heading = "Seconds for a search while the engine … the first, the next five at most, until the engine answers again"
    table.note(heading, [what, round(first, 2), round(then, 2), round(recovered, 2)], [40, 6, 6, 6])


@pytest.mark.parametrize("fault", ILL)
def test_the_database_answers_at_once_while_the_engine(engine: Door, fault: Fault) -> None:
    assert asked()[0] is False
    engine.set(fault)
    client.connection.cache_clear()  # a connection that stands would be seen to end at once
    is_simple, first = asked()
    assert is_simple
    later = [asked() for _ in range(5)]
    assert all(simple for simple, _ in later)
    then = max(took for _, took in later)
    assert (first <= FIRST, then <= AFTERWARDS) == (True, True), (first, then)
    engine.set(Fault.NONE)
    note(fault.value, first, then, recovered_within(10))


@pytest.mark.parametrize("fault", ILL)
def test_what_is_published_meanwhile_is_found_once_the_engine_is_well(
    engine: Door,
    guide: Guide,  # noqa: F811
    fault: Fault,
) -> None:
    asked()
    engine.set(fault)
    began = time.perf_counter()
    guide("Cấp giấy phép hát rong")
    assert time.perf_counter() - began < 1.0
    sending.WRITING = 0.5
    assert sending.send_changes(NOW) == 0
    assert find("hát rong", now=NOW)[0].title == "Cấp giấy phép hát rong"
    engine.set(Fault.NONE)
    assert sending.send_changes(NOW) > 0
    assert not SearchChange.objects.filter(sent_at=None).exists()
    recovered_within(10)
    connection().options(request_timeout=20).indices.refresh(index=client.alias())
    assert find("hát rong", now=NOW)[0].title == "Cấp giấy phép hát rong"


def test_an_index_that_takes_no_writes_loses_none(engine: Door, guide: Guide) -> None:  # noqa: F811
    asked()
    server = connection().options(request_timeout=20)
    (name,) = server.indices.get(index=client.alias()).body
    server.indices.put_settings(index=name, settings={"index.blocks.write": True})
    guide("Cấp giấy phép hát rong")
    assert sending.send_changes(NOW) == 0
    server.indices.put_settings(index=name, settings={"index.blocks.write": False})
    assert sending.send_changes(NOW) > 0


def test_an_index_that_has_gone_is_built_anew_by_the_worker(engine: Door) -> None:
    asked()
    server = connection().options(request_timeout=20)
    (name,) = server.indices.get(index=client.alias()).body
    server.indices.delete(index=name)
    is_simple, first = asked()
    assert is_simple
    then = asked()[1]
    assert index.ensure(NOW) > 0
    note("has lost its index", first, then, recovered_within(10))
