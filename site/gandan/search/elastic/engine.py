"""Asks the engine and reads its answer: results, total and facets of one request."""

from collections.abc import Mapping
from typing import Any

from gandan.search.elastic import client
from gandan.search.elastic.client import Unavailable, breaker
from gandan.search.elastic.entries import type_of
from gandan.search.elastic.query import MOST_REACHED, OWN_LANGUAGE, request
from gandan.search.engine import Answer, Asked, Key
from gandan.search.facets import NAMES
from gandan.search.registry import sources


def answer(asked: Asked) -> Answer:
    """One request; the plan has a variant. Raises Unavailable, then the database must answer."""
    said = client.search(request(asked))
    try:
        return _answer(said)
    except (KeyError, TypeError, ValueError, AttributeError) as nonsense:
        breaker.trip(f"an answer that cannot be read: {nonsense!r}")
        raise Unavailable(nonsense) from nonsense


def _answer(said: Mapping[str, Any]) -> Answer:
    numbers = {type_of(source): number for number, source in enumerate(sources())}
    keys = []
    for hit in said["hits"]["hits"]:
        number = numbers.get(hit["_source"]["type"])
        if number is not None:
            score = (hit["_score"] or 0.0) % OWN_LANGUAGE
            keys.append(Key(number, int(hit["_id"].rpartition(":")[2]), score))
    counted = said["aggregations"]
    facets = {
        facet: {row["key"]: row["n"]["value"] for row in counted[facet]["values"]["buckets"]}
        for facet in NAMES
    }
    total = counted["total"]["n"]["value"]
    return Answer(keys, total, min(total, MOST_REACHED), facets)
