"""What search can find: apps register their types, search asks the registered types and imports no app.

A type says which objects everybody may see (`queryset`), which of their columns a result shows (`columns`), and
how a result looks (`to_hit`). Pages need not care for drafts, expiry, restrictions and languages: search does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

Record = dict[str, Any]


@dataclass(frozen=True)
class Hit:
    """One result. `url` is a path of this site; `note` is the short line beside the kind; `language` "" is any.

    `facts` have `label` and `answer` (the five facts of a guide; empty for other kinds). `score` says nothing
    across two searches.
    """

    title: str
    url: str
    summary: str = ""
    note: str = ""
    facts: Sequence[Any] = ()
    code: str = ""
    language: str = ""
    phone: str = ""
    kind: str = ""
    id: str = ""
    score: float = 0.0


@dataclass(frozen=True)
class Source:
    """`columns` maps a key of the record to a column or expression of the queryset, of JSON's types or dates.

    `bonus` lifts a kind among equals; it is worth less than one word of a title.
    """

    kind: str
    model: type[Model]
    queryset: Callable[[datetime], QuerySet[Any]]
    to_hit: Callable[[Record, str], Hit]
    columns: Mapping[str, Any] = field(default_factory=dict)
    priority: str = ""
    bonus: float = 0.0


_sources: list[Source] = []


def register(
    kind: str,
    model: type[Model],
    *,
    queryset: Callable[[datetime], QuerySet[Any]],
    to_hit: Callable[[Record, str], Hit],
    columns: Mapping[str, Any] | None = None,
    priority: str = "",
    bonus: float = 0.0,
) -> None:
    """Make a type findable. `to_hit` gets a record of `columns` and the reader's language; a page's record has
    `title`, `url_path` and `language` as well. Times in a record are ISO texts."""
    _sources.append(Source(kind, model, queryset, to_hit, columns or {}, priority, bonus))


def sources() -> list[Source]:
    return list(_sources)
