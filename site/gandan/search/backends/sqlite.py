"""modelsearch's SQLite backend over folded text, ranked by one full-text join.

The stock compiler ranks by a correlated subquery that matches again for every result, and SQLite probes the
full-text table once an index row: seconds at 1,000 pages. Here the full-text table leads the join (CROSS JOIN
keeps SQLite from turning it round) and one statement gives keys and ranks, a second one the objects.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, FloatField, Func, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.sql.datastructures import Join
from modelsearch.backends.database.sqlite.query import MatchExpression
from modelsearch.backends.database.sqlite.sqlite import (
    ObjectIndexer,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from gandan.search.backends.folding import NAME_FIELDS, FoldedIndex, FoldedText, begun, folded
from gandan.search.recall import Sought

NAME_WEIGHT = 8
TEXT_WEIGHT = 1
AUTOCOMPLETE_WEIGHT = 0

Ranked = list[tuple[str, float]]


class FoldedIndexer(FoldedText, ObjectIndexer):
    def row(self) -> dict[str, str]:
        names, text = self.folded()
        return {"title": names, "body": text, "autocomplete": self.typed_ahead}


class FoldedSQLiteIndex(FoldedIndex, SQLiteIndex):
    indexer_class = FoldedIndexer
    columns = ("title", "body", "autocomplete")


class Bm25(Func):
    """SQLite's bm25 with a weight a column, in the table's order; turned so that more is better."""

    output_field = FloatField()

    def __init__(self, autocomplete: float, body: float, title: float) -> None:
        super().__init__()
        self.weights = (autocomplete, body, title)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        weights = ", ".join(str(float(weight)) for weight in self.weights)
        return f"-bm25({SQLiteFTSIndexEntry._meta.db_table}, {weights})", []


def matching(columns: list[str], expression: str) -> QuerySet[Any]:
    """Full-text rows that match an FTS5 expression. Lead the join from here: `leading()`."""
    return SQLiteFTSIndexEntry.objects.filter(MatchExpression(columns, Value(expression)))


def leading(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, with the full-text table fixed as the outer loop of every join."""
    for join in rows.query.alias_map.values():
        if isinstance(join, Join):
            join.join_type = "CROSS JOIN"
    return rows


def expression_of(query: SearchQuery, prefix: bool = False) -> str:
    """The FTS5 expression of a folded query without negation. With `prefix`, the last word may go on."""
    if isinstance(query, (And, Or)):
        parts = [f"({expression_of(part, prefix)})" for part in query.subqueries]
        return (" AND " if isinstance(query, And) else " OR ").join(parts)
    if isinstance(query, Boost):
        return expression_of(query.subquery, prefix)
    if isinstance(query, Phrase):
        return f'"{query.query_string}"'
    if isinstance(query, PlainText):
        words = [f'"{word}"' for word in query.query_string.split()]
        return f" {query.operator.upper()} ".join(words) + ("*" if prefix else "")
    raise NotImplementedError(f"SQLite search knows no {type(query).__name__}.")


def _is_positive(query: SearchQuery) -> bool:
    if isinstance(query, (And, Or)):
        return all(map(_is_positive, query.subqueries))
    if isinstance(query, Boost):
        return _is_positive(query.subquery)
    return not isinstance(query, (Not, MatchAll))


def _weighed_parts(query: SearchQuery, weight: float = 1.0) -> list[tuple[SearchQuery, float]]:
    """The parts without negation that give a result its rank, each with what it counts."""
    if isinstance(query, Boost):
        return _weighed_parts(query.subquery, weight * query.boost)
    if _is_positive(query) and not _holds_boost(query):
        return [(query, weight)]
    return [part for child in getattr(query, "subqueries", []) for part in _weighed_parts(child, weight)]


def _holds_boost(query: SearchQuery) -> bool:
    return isinstance(query, Boost) or any(map(_holds_boost, getattr(query, "subqueries", [])))


class FoldedSearchQueryCompiler(SQLiteSearchQueryCompiler):
    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = (begun if self.LAST_TERM_IS_PREFIX else folded)(self.query)

    @property
    def match_columns(self) -> list[str]:
        if self.fields is None:
            return self.FTS_TABLE_FIELDS
        return list(dict.fromkeys("title" if name in NAME_FIELDS else "body" for name in self.fields))

    @property
    def rank(self) -> Bm25:
        return Bm25(AUTOCOMPLETE_WEIGHT, TEXT_WEIGHT, NAME_WEIGHT)

    @property
    def is_ranked(self) -> bool:
        return bool(_weighed_parts(self.query))

    def rows(self, query: SearchQuery) -> QuerySet[Any]:
        types = get_descendants_content_types_pks(self.queryset.model)
        expression = expression_of(query, self.LAST_TERM_IS_PREFIX)
        return matching(self.match_columns, expression).filter(index_entry__content_type__in=types)

    def condition(self, query: SearchQuery) -> Q:
        if isinstance(query, MatchAll):
            return Q()
        if isinstance(query, Not):
            inside = query.subquery
            return Q(pk__in=[]) if isinstance(inside, MatchAll) else ~self.condition(inside)
        if isinstance(query, Boost):
            return self.condition(query.subquery)
        if _is_positive(query):
            return Q(pk__in=leading(self.rows(query).values_list(self.object_key)))
        parts = [self.condition(part) for part in query.subqueries]
        connector = Q.AND if isinstance(query, And) else Q.OR
        return Q(*parts, _connector=connector)

    @property
    def object_key(self) -> Cast:
        return Cast("index_entry__object_id", self.queryset.model._meta.pk)

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None
    ) -> QuerySet[Any]:
        """All matching objects, not ranked: counts and facets ask this; `ranked` gives the order."""
        queryset = self.queryset.filter(self.condition(self.query))
        if self.order_by_relevance or not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def ranked(self, start: int, stop: int | None) -> Ranked:
        """(object id, rank) of the matches within the queryset, best first."""
        parts = _weighed_parts(self.query)
        is_positive = _is_positive(self.query)
        if is_positive and len(parts) == 1:
            return list(self.best(parts[0][0], self.queryset)[start:stop])
        scope = self.queryset.filter(self.condition(self.query))
        ranks = dict.fromkeys(map(str, scope.order_by("-pk").values_list("pk", flat=True)), 0.0)
        for part, weight in parts:
            for key, rank in self.best(part, scope):
                ranks[key] += weight * rank
        return sorted(ranks.items(), key=lambda found: -found[1])[start:stop]

    def best(self, query: SearchQuery, scope: QuerySet[Any]) -> QuerySet[Any]:
        """The same for a query without negation or boost, not cut."""
        rows = self.rows(query).annotate(key=self.object_key, rank=self.rank)
        rows = rows.filter(key__in=scope.order_by().values("pk")).order_by(F("rank").desc(), F("key").desc())
        return leading(rows.values_list("index_entry__object_id", "rank"))


class FoldedAutocompleteQueryCompiler(FoldedSearchQueryCompiler, SQLiteAutocompleteQueryCompiler):
    @property
    def match_columns(self) -> list[str]:
        return self.FTS_TABLE_FIELDS

    @property
    def rank(self) -> Bm25:
        return Bm25(1, 0, 0)


class FoldedSearchResults(SQLiteSearchResults):
    def _do_search(self) -> list[Model]:
        compiler = self.query_compiler
        if not compiler.is_ranked:
            return list(self.get_queryset())
        if not compiler.order_by_relevance:
            ranks = dict(compiler.ranked(0, None)) if self._score_field else {}
            return self._scored(list(self.get_queryset()), ranks)
        ranks = dict(compiler.ranked(self.start, self.stop))
        everything = self.start == 0 and self.stop is None
        objects = self.get_queryset() if everything else compiler.queryset.filter(pk__in=list(ranks))
        by_key = {str(obj.pk): obj for obj in objects}
        return self._scored([by_key[key] for key in ranks if key in by_key], ranks)

    def _scored(self, objects: list[Model], ranks: dict[str, float]) -> list[Model]:
        if self._score_field:
            for obj in objects:
                setattr(obj, self._score_field, ranks[str(obj.pk)])
        return objects


class FoldedSQLiteBackend(SQLiteSearchBackend):
    index_class = FoldedSQLiteIndex
    query_compiler_class = FoldedSearchQueryCompiler
    autocomplete_query_compiler_class = FoldedAutocompleteQueryCompiler
    results_class = FoldedSearchResults


ENTRY = "index_entry__"
NAMES, TEXT = f"{ENTRY}title", f"{ENTRY}body"


SOUGHT = "$sought$"  # stands in a statement for the words


def any_of() -> QuerySet[Any]:
    """Rows of the index that match `anything`, each with a `rank`; finish with `leading`."""
    return all_of().annotate(rank=Bm25(AUTOCOMPLETE_WEIGHT, TEXT_WEIGHT, NAME_WEIGHT))


def all_of() -> QuerySet[Any]:
    """Rows of the index that match `everything`; finish with `leading`."""
    return matching(["title", "body"], SOUGHT)


def anything(sought: Sought) -> dict[str, str]:
    """The FTS5 expression for any of what is sought, by its sign."""
    words = [f'"{" ".join(part)}"' for part in sought.anywhere]
    names = [f'"{" ".join(part)}"' for part in sought.in_names] + [f'"{word}" *' for word in sought.prefixes]
    parts = [
        f"{columns} : ({' OR '.join(any_one)})"
        for columns, any_one in (("title" if sought.names_only else "{title body}", words), ("title", names))
        if any_one
    ]
    return {SOUGHT: " OR ".join(parts)}


def everything(readings: Sequence[Sequence[str]]) -> dict[str, str]:
    """The FTS5 expression for all the folded words of one of the readings, by its sign."""
    parts = [" AND ".join(f'"{word}"' for word in words) for words in readings]
    return {SOUGHT: " OR ".join(f"({part})" for part in parts)}
