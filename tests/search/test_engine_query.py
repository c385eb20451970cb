"""What is asked of the engine, and when it is not asked at all. No engine is needed here."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gandan.search.elastic import client
from gandan.search.elastic.client import Breaker, Unavailable, within
from gandan.search.elastic.document import Entry, mapping, schema
from gandan.search.elastic.query import MOST_CLAUSES, matching, request
from gandan.search.engine import Asked
from gandan.search.facets import Filters
from gandan.search.plan import Plan, Token, Variant, plan
from gandan.search.statistics import Statistics

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(text: str = "khai sinh", *, while_typing: bool = False, **choice: list[str]) -> Asked:
    return about(plan(text, "vi", while_typing=while_typing), while_typing=while_typing, **choice)


def about(readings: Plan, *, while_typing: bool = False, **choice: list[str]) -> Asked:
    filters = Filters(**{facet: frozenset(of) for facet, of in choice.items()})
    return Asked(readings, Statistics(), ("vi",), NOW, slice(10), filters, while_typing=while_typing)


def leaves(clause: object) -> Iterator[dict]:
    if isinstance(clause, dict):
        for key, value in clause.items():
            if key in {"term", "prefix", "match_phrase", "match_phrase_prefix"}:
                yield {key: value}
            else:
                yield from leaves(value)
    elif isinstance(clause, list):
        for part in clause:
            yield from leaves(part)


def test_a_typed_word_is_sought_in_names_summary_and_text_and_neighbours_together():
    clauses = list(leaves(matching(asked())))
    fields = {field for clause in clauses for asked in clause.values() for field in asked}
    assert {"title", "summary", "body", "title.bi", "summary.bi", "body.bi"} <= fields
    assert {"match_phrase": {"title": {"query": "khai sinh", "boost": 3.0}}} in clauses


def test_the_last_word_may_go_on_while_somebody_types():
    kinds = {kind for clause in leaves(matching(asked("khai si", while_typing=True))) for kind in clause}
    assert {"prefix", "match_phrase_prefix"} <= kinds


def test_a_long_query_keeps_its_best_variants_and_drops_the_last():
    words = tuple(Token(f"tu{number}", f"xqtu{number}") for number in range(16))
    many = Plan("", "", tuple(Variant(1 - number / 10, words) for number in range(8)))
    variants = matching(about(many))["boosting"]["positive"]["dis_max"]["queries"]
    assert 1 < len(variants) < 8
    assert variants[0]["bool"]["boost"] == 1.0
    assert sum(1 for _ in leaves(variants)) <= MOST_CLAUSES


def test_what_nobody_asked_for_counts_less_and_what_was_asked_for_does_not():
    def lessened(*words):
        plan = Plan("", "", (Variant(1.0, tuple(Token(word) for word in words)),))
        return json.dumps(matching(about(plan))["boosting"]["negative"])

    assert '"cham dut"' in lessened("giam", "ho")
    assert '"cham dut"' not in lessened("cham", "dut", "giam", "ho")
    assert '"nuoc ngoai"' in lessened("giam", "ho")


def test_a_facet_is_not_counted_under_its_own_choice_but_under_the_others():
    body = request(asked(kind=["procedure"], language=["vi"]))
    assert body["aggs"]["kind"]["filter"]["bool"]["filter"] == [{"terms": {"language": ["vi"]}}]
    assert len(body["post_filter"]["bool"]["filter"]) == 2


def test_a_changed_mapping_has_another_version():
    before = schema()
    assert mapping()["mappings"]["dynamic"] == "strict"
    Entry._doc_type.mapping.field("for_this_test", "keyword")
    try:
        assert schema() != before
    finally:
        del Entry._doc_type.mapping.properties._params["properties"]["for_this_test"]
    assert schema() == before


def breaker_over(answers: list[Exception | None], clock: Clock) -> Breaker:
    def probe() -> None:
        answer = answers.pop(0)
        if answer:
            raise answer

    return Breaker(probe, clock)


def test_the_first_search_of_a_process_looks_at_the_index_itself():
    answers: list[Exception | None] = [None]
    breaker = breaker_over(answers, Clock())
    assert breaker.let_through()
    assert answers == []


def test_an_ill_engine_is_left_alone_for_a_while_and_then_asked_in_the_background():
    clock = Clock()
    breaker = breaker_over([None, Unavailable("still ill"), None], clock)
    assert breaker.let_through()
    breaker.trip("no answer")
    assert not breaker.let_through()
    for is_well in (False, True):
        clock.now += client.PAUSE
        assert not breaker.let_through()
        for thread in threading.enumerate():
            if thread.name == "search-probe":
                thread.join(5)
        assert breaker.is_open is not is_well
    assert breaker.let_through()


def test_an_answer_that_drips_is_not_waited_for():
    release = threading.Event()
    began = time.monotonic()
    with pytest.raises(Unavailable):
        within(0.05, lambda: release.wait(5))
    assert time.monotonic() - began < 1
    release.set()


def test_a_hanging_engine_holds_no_more_than_a_few_threads():
    release = threading.Event()
    for _ in range(client.THREADS):
        with pytest.raises(Unavailable):
            within(0.01, lambda: release.wait(5))
    with pytest.raises(Unavailable, match="too many"):
        within(1, lambda: "never begun")
    release.set()
