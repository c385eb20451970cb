"""What both databases share: which text of an object goes into which column, and how a typed query is folded.

The column `title` holds every name people may call the object by, each folded, separated by " | " (a separator
for both databases' tokenizers, so the names stay apart for whoever reads the column back). The column `body` holds
the rest, then " | " and the codes of the accented words of the names (see `gandan.search.encoding`).
"""

import copy
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import models
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import MATCH_NONE, And, Boost, MatchAll, Not, Or, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk

from gandan.search.encoding import codes_of
from gandan.text import fold, fold_words

NAME_FIELDS = frozenset(
    ["title", "search_title", "also_called", "official_name", "code", "document_number"],
)
BETWEEN_NAMES = " | "
MOST_WORDS = 32  # PostgreSQL's query tree recurses once a word
LONGEST_WORD = 100  # characters; PostgreSQL refuses words beyond 2 kB
LONGEST_TEXT = 250_000  # characters; a tsvector ends at 1 MB


class FoldedText:
    """Mixed into modelsearch's ObjectIndexer of either database: the three columns as folded text."""

    obj: Any
    search_fields: list[Any]

    def prepare_field(self, obj: Any, field: Any) -> Iterator[tuple[Any, ...]]:
        return super().prepare_field(obj, field)  # type: ignore[misc]

    @cached_property
    def _prepared(self) -> list[tuple[Any, str]]:
        """Each field with its text, asked for once: an object can be slow to say what it holds."""
        return [
            (current, value)
            for field in self.search_fields
            for current, *_, value in self.prepare_field(self.obj, field)
        ]

    def values(self, field_type: type, *, names: bool | None = None) -> Iterator[str]:
        for current, value in self._prepared:
            right_column = names is None or (current.field_name in NAME_FIELDS) is names
            if isinstance(current, field_type) and right_column:
                yield value

    @property
    def written_names(self) -> list[str]:
        lines = (line for value in self.values(SearchField, names=True) for line in value.splitlines())
        return [line[:LONGEST_TEXT] for line in lines]

    @property
    def written_text(self) -> str:
        return " ".join(self.values(SearchField, names=False))[:LONGEST_TEXT]

    def folded(self) -> tuple[str, str]:
        """The columns of the names and of everything else."""
        written = self.written_names
        names = BETWEEN_NAMES.join(dict.fromkeys(name for name in map(fold, written) if name))
        codes = " ".join(dict.fromkeys(code for name in written for code in codes_of(name)))
        return names, f"{fold(self.written_text)}{BETWEEN_NAMES}{codes}"

    @property
    def typed_ahead(self) -> str:
        return fold(" ".join(self.values(AutocompleteField)))


class FoldedIndex:
    """Mixed into modelsearch's index of either database."""

    indexer_class: type
    columns: tuple[str, ...]
    backend: Any
    entries: models.QuerySet[Any]

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        if not model.get_search_fields():
            return
        content_type = get_content_type_pk(model)
        indexers = (self.indexer_class(obj, self.backend) for obj in objs)
        self.entries.bulk_create(
            [
                self.entries.model(content_type_id=content_type, object_id=indexer.id, **indexer.row())
                for indexer in indexers
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=list(self.columns),
        )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing: the stock method averages over the whole table at every save, for a factor we do not use."""


def begun(query: SearchQuery) -> SearchQuery:
    """The folded query of what is still being typed: a last word that ends with y may go on as it stands (py, python)."""
    plain = folded(query)
    if isinstance(query, PlainText) and isinstance(plain, PlainText):
        *_, last = query.query_string.lower().split()
        if last.endswith("y") and plain.query_string.endswith("i"):
            return Or([plain, PlainText(f"{plain.query_string[:-1]}y", plain.operator)])
    return plain


def folded(query: SearchQuery) -> SearchQuery:
    """The same query over folded words; parts without a word fall away, and nothing left matches nothing."""
    return _folded(query) or MATCH_NONE


def _folded(query: SearchQuery) -> SearchQuery | None:
    if isinstance(query, (And, Or)):
        return _joined(type(query), [part for part in map(_folded, query.subqueries) if part is not None])
    if isinstance(query, Not):
        part = _folded(query.subquery)
        return part.subquery if isinstance(part, Not) else Not(part) if part is not None else None
    if isinstance(query, Boost):
        part = _folded(query.subquery)
        return Boost(part, query.boost) if part is not None else None
    if not hasattr(query, "query_string"):
        return query
    words = [word[:LONGEST_WORD] for word in fold_words(query.query_string)[:MOST_WORDS]]
    plain = copy.copy(query)
    plain.query_string = " ".join(words)
    return plain if words else None


def _joined(join: type[And] | type[Or], parts: list[SearchQuery]) -> SearchQuery | None:
    """All or nothing among the parts decides, or falls away: the databases know neither inside a query."""
    deciding, neutral = (is_nothing, _is_everything) if join is And else (_is_everything, is_nothing)
    decided = [part for part in parts if deciding(part)]
    if decided:
        return decided[0]
    left = [part for part in parts if not neutral(part)]
    return join(left) if left else next(iter(parts), None)


def _is_everything(query: SearchQuery) -> bool:
    return isinstance(query, MatchAll)


def is_nothing(query: SearchQuery) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)
