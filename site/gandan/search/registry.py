"""What search can find: apps register their types, search asks the registered types and imports no app.

A type says which objects everybody may see (`queryset`), which of their columns a result shows (`columns`), and
how a result looks (`to_hit`). Pages need not care for drafts, expiry, restrictions and languages: search does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Record = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """When the facts were last compared with their source; "" and None where that is not known."""

    on: date | None = None
    source_name: str = ""
    source_url: str = ""
    source_date: date | None = None


@dataclass(frozen=True)
class Hit:
    """One result. `url` is a path of this site; `note` is the short line beside the kind; `language` "" is any.

    `facts` have `key`, `label`, `answer` and `note` (the five facts of a guide; empty for other kinds). `check` says
    who vouches for them. `score` says nothing across two searches.
    """

    title: str
    url: str
    summary: str = ""
    note: str = ""
    facts: Sequence[Any] = ()
    code: str = ""
    language: str = ""
    phone: str = ""
    check: Check | None = None
    kind: str = ""
    id: str = ""
    score: float = 0.0
    is_promoted: bool = False


@dataclass(frozen=True)
class Source:
    """`columns` maps a key of the record to a column or expression of the queryset, of JSON's types or dates.

    `facets` maps the name of a facet (`gandan.search.facets`) to a column of text: one value, or several as
    ",birth,moving,". `dated` is the column that "newest first" goes by.

    `bonus` lifts a kind among equals; it is worth less than one word of a title.
    """

    kind: str
    model: type[Model]
    queryset: Callable[[datetime], QuerySet[Any]]
    to_hit: Callable[[Record, str], Hit]
    columns: Mapping[str, Any] = field(default_factory=dict)
    priority: str = ""
    bonus: float = 0.0
    facets: Mapping[str, str] = field(default_factory=dict)
    dated: str = ""


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
    facets: Mapping[str, str] | None = None,
    dated: str = "",
) -> None:
    """Make a type findable. `to_hit` gets a record of `columns` and the reader's language; a page's record has
    `title`, `url_path` and `language` as well. Times in a record are ISO texts."""
    _sources.append(
        Source(kind, model, queryset, to_hit, columns or {}, priority, bonus, facets or {}, dated)
    )


def sources() -> list[Source]:
    return list(_sources)


Offer = Callable[[HttpRequest, datetime], Sequence[Any]]
_offers: list[Offer] = []


def offer(rows: Offer) -> None:
    """Give rows (title, url, note, icon, language) to show where nothing was found; at most one statement."""
    _offers.append(rows)


def offered(request: HttpRequest, now: datetime) -> list[Any]:
    return [row for rows in _offers for row in rows(request, now)]


Labels = Callable[[], Mapping[str, Any]]
_labels: dict[str, Labels] = {}


def name_values(facet: str, labels: Labels) -> None:
    """Say how the values of a facet are called; one without a name is shown as it is. At most one statement."""
    _labels[facet] = labels


def names_of(facet: str) -> Mapping[str, Any]:
    return _labels[facet]() if facet in _labels else {}
