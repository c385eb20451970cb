"""The statistics of the index in the database: made by the worker, read once a process and version.

Each language has its own, of the pages its readers search: their language and Vietnamese. Only what everybody may
see at the moment of counting is counted.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from modelsearch.backends import get_search_backend
from modelsearch.models import IndexEntry
from wagtail.models import Page

from gandan.models import SearchStatistics
from gandan.search.registry import sources
from gandan.search.statistics import Document, Statistics, gather
from gandan.search.visible import public_pages

CHECKED_EVERY = 10.0  # seconds a process goes on with the version it knows
NONE = Statistics()

_known: dict[str, Statistics] = {}
_checked: dict[str, float] = {}


def current(language: str) -> Statistics:
    """The statistics for readers of that language; empty before they were first made."""
    now = time.monotonic()
    if now - _checked.get(language, -CHECKED_EVERY) < CHECKED_EVERY:
        return _known.get(language, NONE)
    _checked[language] = now
    known = _known.get(language, NONE)
    row = SearchStatistics.objects.filter(language=language).exclude(version=known.version)
    packed = row.values_list("content", flat=True).first()
    if packed is not None:
        _known[language] = Statistics.unpacked(bytes(packed))
    return _known.get(language, NONE)


def forget() -> None:
    _known.clear()
    _checked.clear()


def refresh(now: datetime, languages: Sequence[str] = ()) -> int:
    """Counts again for each language where anything was published or indexed since; returns how many were."""
    version = _version()
    stale = [code for code in languages or dict(settings.LANGUAGES) if not _has(code, version)]
    for language in stale:
        statistics = gather(documents(language, now), version)
        SearchStatistics.objects.update_or_create(
            language=language, defaults={"version": version, "content": statistics.packed()}
        )
    return len(stale)


def _has(language: str, version: str) -> bool:
    return SearchStatistics.objects.filter(language=language, version=version).exists()


def _version() -> str:
    """Changes whenever a page is published, taken down or indexed."""
    live = Page.objects.filter(live=True)
    latest = live.aggregate(at=Max("last_published_at"))["at"]
    entries = IndexEntry.objects.count()
    return f"{entries}-{live.count()}-{latest.timestamp() if latest else 0}"


def documents(language: str, now: datetime) -> Iterator[Document]:
    """The written texts of all that readers of the language can find."""
    index = get_search_backend().get_index_for_model(Page)
    for source in sources():
        rows: Any = source.queryset(now)
        if issubclass(source.model, Page):
            rows = public_pages(rows, now).filter(locale__language_code__in={language, "vi"})
        for found in rows.iterator(chunk_size=500):
            indexer: Any = index.indexer_class(found, index.backend)
            yield Document(tuple(indexer.written_names), indexer.written_text)
