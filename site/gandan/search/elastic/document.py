"""The mapping: one index a commune for every kind of result, on built-in analysis alone.

Text comes folded from Python (`gandan.search.encoding`), so whitespace splits it; `bi` holds each pair of neighbours
as one term. The similarity was measured on the search collection (`docs/search.md`).
"""

import hashlib
import json
from typing import Any

from elasticsearch.dsl import Date, Document, Integer, Keyword, Mapping, Text, analyzer, token_filter

PAIRS = analyzer(
    "pairs",
    tokenizer="standard",
    filter=[
        "lowercase",
        token_filter("pairs_only", "shingle", min_shingle_size=2, max_shingle_size=2, output_unigrams=False),
    ],
)
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "similarity": {"default": {"type": "BM25", "b": 0.5, "k1": 1.2}},
}


def folded(**more: Any) -> Text:
    return Text(analyzer="whitespace", **more)


def with_pairs(**more: Any) -> Text:
    return folded(fields={"bi": Text(analyzer=PAIRS)}, **more)


class Entry(Document):
    """What the engine knows of one result: guide, lesson, news, posting, session, official, place or page."""

    type = Keyword()  # model and kind: which registered source shows it
    kind = Keyword()
    language = Keyword()  # "" for what has no language of its own
    group = Keyword()  # the same for all translations of a page
    priority = Integer()
    until = Date()  # not found from this moment on
    date = Date()  # of news, for sorting
    title = folded(
        index_prefixes={"min_chars": 1, "max_chars": 12},
        fields={"bi": Text(analyzer=PAIRS, index_prefixes={"min_chars": 3, "max_chars": 19})},
    )
    summary = with_pairs()
    body = with_pairs()
    title_codes = folded(norms=False, index_options="docs")
    body_codes = folded(norms=False, index_options="docs")
    code = Keyword()
    event = Keyword()
    field = Keyword()
    area = Keyword()
    level = Keyword()


def mapping() -> dict[str, Any]:
    """Mappings and settings of a new index, with the version of both in `_meta`."""
    found: Mapping = Entry._doc_type.mapping
    body = {
        "settings": {**SETTINGS, "analysis": found._collect_analysis()},
        "mappings": {**found.to_dict(), "dynamic": "strict"},
    }
    body["mappings"]["_meta"] = {"schema": _digest(body)}
    return body


def schema() -> str:
    return str(mapping()["mappings"]["_meta"]["schema"])


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
