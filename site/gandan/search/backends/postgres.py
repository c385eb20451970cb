"""modelsearch's PostgreSQL backend over folded text, always with the configuration "simple".

The database's own default may be English, whose stop words eat "an", "can", "so", "do", "to" of unaccented
Vietnamese. Names are lexemes of weight A, the rest of weight D.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import CombinedExpression
from modelsearch.backends.database.postgres.postgres import (
    ObjectIndexer,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.models import IndexEntry
from modelsearch.query import PlainText
from modelsearch.query import SearchQuery as Query

from gandan.search.backends.folding import NAME_FIELDS, FoldedIndex, FoldedText, begun, folded, is_nothing
from gandan.search.recall import Sought

CONFIG = "simple"
VECTOR = CombinedExpression(F("title"), "||", F("body"))


def _vector(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(text, output_field=TextField()), weight=weight, config=CONFIG)


class FoldedIndexer(FoldedText, ObjectIndexer):
    def row(self) -> dict[str, Any]:
        names, text = self.folded()
        return {
            "title": _vector(names, "A"),
            "body": _vector(text, "D"),
            "autocomplete": _vector(self.typed_ahead, "D"),
            "title_text": names,
            "body_text": text,
        }


class FoldedPostgresIndex(FoldedIndex, PostgresIndex):
    indexer_class = FoldedIndexer
    columns = ("title", "body", "autocomplete", "title_text", "body_text")


class FoldedQuery:
    """Mixed into both of modelsearch's compilers."""

    queryset: QuerySet[Any]
    query: Query
    LAST_TERM_IS_PREFIX: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = (begun if self.LAST_TERM_IS_PREFIX else folded)(self.query)

    def search(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        if is_nothing(self.query):
            return self.queryset.none()
        return super().search(*args, **kwargs)  # type: ignore[misc]

    def build_tsquery_content(self, query: Query, config: Any = None, invert: bool = False) -> Any:
        """Not both words is one of them missing; the stock method keeps the operator and asks for neither."""
        if invert and isinstance(query, PlainText):
            query = PlainText(query.query_string, "or" if query.operator == "and" else "and")
        return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]


class FoldedSearchQueryCompiler(FoldedQuery, PostgresSearchQueryCompiler):
    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, float]]:
        """The folded column that holds the asked fields; the model's own columns are not folded."""
        columns = dict.fromkeys("title" if name in NAME_FIELDS else "body" for name in self.fields)
        return [(F(f"index_entries__{column}"), 1.0) for column in columns]


class FoldedAutocompleteQueryCompiler(FoldedQuery, PostgresAutocompleteQueryCompiler):
    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, float]]:
        return self.get_index_vectors(search_query)


class FoldedPostgresBackend(PostgresSearchBackend):
    index_class: ClassVar[type] = FoldedPostgresIndex
    query_compiler_class = FoldedSearchQueryCompiler
    autocomplete_query_compiler_class = FoldedAutocompleteQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": CONFIG})


ENTRY = ""
NAMES, TEXT = "title_text", "body_text"


SOUGHT, IN_NAMES, ANYWHERE = "$sought$", "$named$", "$anywhere$"  # stand in a statement for the words


def any_of() -> QuerySet[Any]:
    """Rows of the index that match `anything`, each with a `rank`; finish with `leading`.

    What is sought in names alone asks the index of the names: that of all words does not know where a word stands,
    and every row it gave would have to be read. For the same reason names rank by themselves.
    """
    rows = IndexEntry.objects.annotate(vector=VECTOR).filter(
        Q(title=_raw(IN_NAMES)) | Q(vector=_raw(ANYWHERE))
    )
    by_name, by_text = (
        SearchRank(F(column), _raw(SOUGHT), weights=[0.1, 0.1, 0.1, 1.0]) for column in ("title", "vector")
    )
    return rows.annotate(rank=Case(When(title=_raw(IN_NAMES), then=by_name), default=by_text))


def all_of() -> QuerySet[Any]:
    """Rows of the index that match `everything`; finish with `leading`."""
    return IndexEntry.objects.annotate(vector=VECTOR).filter(vector=_raw(SOUGHT))


def anything(sought: Sought) -> dict[str, str]:
    """The text search queries for any of what is sought, by their signs."""
    anywhere = [_lexeme(*part, "") for part in sought.anywhere if len(part) == 1 and not sought.names_only]
    names = [_neighbours(part) for part in sought.anywhere if len(part) > 1 or sought.names_only]
    names += [_neighbours(part) for part in sought.in_names]
    names += [_lexeme(word, "*A") for word in sought.prefixes]
    return {SOUGHT: " | ".join(anywhere + names), IN_NAMES: " | ".join(names), ANYWHERE: " | ".join(anywhere)}


def everything(readings: Sequence[Sequence[str]]) -> dict[str, str]:
    """The text search query for all the folded words of one of the readings, by its sign."""
    parts = [" & ".join(_lexeme(word, "") for word in words) for words in readings]
    return {SOUGHT: " | ".join(f"({part})" for part in parts)}


def _raw(words: str) -> SearchQuery:
    return SearchQuery(words, search_type="raw", config=CONFIG)


def _neighbours(words: Sequence[str]) -> str:
    return f"({' <-> '.join(_lexeme(word, 'A') for word in words)})"


def _lexeme(word: str, where: str) -> str:
    return f"'{word}':{where}" if where else f"'{word}'"


def leading(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows as they are: PostgreSQL finds the right order of joins itself."""
    return rows
