"""A plan as a request to the engine: its variants, the filters, facets over all matches, and a part of the results.

The boosts were measured on the search collection (`docs/search.md`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from gandan.search import special
from gandan.search.engine import NEWEST, Asked
from gandan.search.exact import Literal
from gandan.search.facets import NAMES
from gandan.search.plan import Token, Variant

Clause = dict[str, Any]

TITLE, SUMMARY, BODY = 5.0, 2.2, 0.7
PAIR = 0.6  # of the field's boost, for two neighbours
CODE, CODE_IN_BODY = 0.35, 0.1  # the accents agree as well
SPECIAL = 0.93  # of the score of a name that tells of what nobody asked for
PHRASE = 3.0  # the whole text stands in a name
REST = 0.02  # of the variants beside the best
OWN_LANGUAGE = 10_000.0  # above any text's score: the reader's language comes first
MOST_CLAUSES = 700  # of one request; the last variants go first
MOST_REACHED = 10_000  # results that can be paged through
MOST_FACETS = 200  # values of one facet
TITLES = {"title": TITLE}
FIELDS = {"title": TITLE, "summary": SUMMARY, "body": BODY}


def request(asked: Asked) -> Clause:
    """Facets are counted over all matches, each one without its own choice, so that several values can be chosen."""
    chosen = {facet: sorted(asked.filters.wanted(facet)) for facet in NAMES if asked.filters.wanted(facet)}
    number = {"n": {"cardinality": {"field": "group", "precision_threshold": 3000}}}
    body: Clause = {
        "query": {
            "bool": {
                "must": [_literally(asked.literal) if asked.literal else matching(asked)],
                "should": [_own(asked.languages[0])],
                "filter": [_in_languages(asked.languages), _not_over(asked.now)],
            }
        },
        "post_filter": {"bool": {"filter": [{"terms": {facet: values}} for facet, values in chosen.items()]}},
        "aggs": {
            **{facet: _facet(facet, chosen) for facet in NAMES},
            "total": _filtered(chosen, number),
        },
        "collapse": {"field": "group"},
        "_source": ["type"],
        "from": asked.part.start or 0,
        "size": asked.part.stop - (asked.part.start or 0),
        "track_total_hits": False,
    }
    if asked.sort == NEWEST:
        body["sort"] = [{"date": {"order": "desc", "missing": "_last"}}, "_score"]
    return body


def _literally(literal: Literal) -> Clause:
    """A row of words as it stands, in a name before the rest."""
    phrases = {"title": TITLE, "summary": SUMMARY, "body": BODY}
    rows = [
        {"match_phrase": {field: {"query": literal.words, "boost": boost}}}
        for field, boost in phrases.items()
    ]
    return {"dis_max": {"queries": rows}}


def matching(asked: Asked) -> Clause:
    """A result counts by its best variant. There must be one: an empty query would match everything."""
    variants: list[Clause] = []
    clauses = 0
    for variant in asked.plan.variants:
        found = _variant(variant, TITLES if asked.while_typing else FIELDS)
        clauses += sum(1 for _ in _leaves(found))
        if variants and clauses > MOST_CLAUSES:
            break
        variants.append(found)
    positive = {"dis_max": {"tie_breaker": REST, "queries": variants}}
    return {"boosting": {"positive": positive, "negative": _special(asked), "negative_boost": SPECIAL}}


def _special(asked: Asked) -> Clause:
    """Names that tell of the later fate of a paper, or of somebody else's case, though nobody asked for it."""
    rows = [" ".join(token.fold for token in variant.tokens) for variant in asked.plan.variants]
    said = f" {' | '.join(rows)} "
    others = {
        "bool": {
            "should": [_in_name(*mark) for mark in special.others_unasked(said).items()],
            "must_not": [_in_name(phrase, None) for phrase in special.residents()],
            "minimum_should_match": 1,
        }
    }
    later = [_in_name(*mark) for mark in special.later_unasked(said).items()]
    return {"bool": {"should": [*later, others], "minimum_should_match": 1}}


def _in_name(phrase: str, code: str | None) -> Clause:
    return _term("title_codes", code, 1.0) if code else {"match_phrase": {"title": phrase.strip()}}


def _variant(variant: Variant, fields: Mapping[str, float]) -> Clause:
    should = [clause for token in variant.tokens for clause in _token(token, fields)]
    for one, other in pairwise(variant.tokens):
        should += _pair(one, other, fields)
    words = [token.fold for token in variant.tokens]
    if len(words) > 1:
        kind = "match_phrase_prefix" if variant.tokens[-1].is_prefix else "match_phrase"
        should.append({kind: {"title": {"query": " ".join(words), "boost": PHRASE}}})
    return {"bool": {"should": should, "minimum_should_match": 1, "boost": variant.weight}}


def _token(token: Token, fields: Mapping[str, float]) -> Iterator[Clause]:
    if token.is_prefix:
        yield {"prefix": {"title": {"value": token.fold, "boost": TITLE * token.weight}}}
        return
    for field, boost in fields.items():
        yield _term(field, token.fold, boost * token.weight)
    if token.accented:
        yield _term("title_codes", token.accented, CODE * token.weight)
        if "body" in fields:
            yield _term("body_codes", token.accented, CODE_IN_BODY * token.weight)


def _pair(one: Token, other: Token, fields: Mapping[str, float]) -> Iterator[Clause]:
    weight, text = PAIR * min(one.weight, other.weight), f"{one.fold} {other.fold}"
    if other.is_prefix:
        yield {"prefix": {"title.bi": {"value": text, "boost": TITLE * weight}}}
        return
    for field, boost in fields.items():
        yield _term(f"{field}.bi", text, boost * weight)


def _term(field: str, value: str, boost: float) -> Clause:
    return {"term": {field: {"value": value, "boost": round(boost, 4)}}}


def _own(language: str) -> Clause:
    return {"constant_score": {"filter": {"terms": {"language": [language, ""]}}, "boost": OWN_LANGUAGE}}


def _in_languages(languages: Sequence[str]) -> Clause:
    return {"terms": {"language": [*languages, ""]}}


def _not_over(now: datetime) -> Clause:
    return {"bool": {"must_not": [{"range": {"until": {"lte": now.isoformat()}}}]}}


def _facet(facet: str, chosen: Mapping[str, Sequence[str]]) -> Clause:
    others = {name: values for name, values in chosen.items() if name != facet}
    count = {"n": {"cardinality": {"field": "group"}}}
    return _filtered(others, {"values": {"terms": {"field": facet, "size": MOST_FACETS}, "aggs": count}})


def _filtered(chosen: Mapping[str, Sequence[str]], aggs: Clause) -> Clause:
    terms = [{"terms": {facet: list(values)}} for facet, values in chosen.items()]
    return {"filter": {"bool": {"filter": terms}}, "aggs": aggs}


def _leaves(clause: Any) -> Iterator[Clause]:
    if isinstance(clause, dict):
        if "should" in clause:
            yield from (leaf for part in clause["should"] for leaf in _leaves(part))
        elif "bool" in clause:
            yield from _leaves(clause["bool"])
        else:
            yield clause
