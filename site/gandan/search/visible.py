"""What everybody may see at a moment, asked at query time, so that no change anywhere has to reach the index."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction

from gandan.search.registry import Source


def visible(source: Source, languages: Collection[str], now: datetime) -> QuerySet[Any]:
    """The objects of a source that a reader of these languages may find."""
    queryset = source.queryset(now)
    if not issubclass(source.model, Page):
        return queryset
    return public_pages(queryset, now).filter(locale__language_code__in=languages)


def public_pages(pages: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Live pages that have not expired and lie under no view restriction."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    restricted = PageViewRestriction.objects.filter(page__path=above)
    unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=now)
    return pages.filter(unexpired, ~Exists(restricted), live=True)
