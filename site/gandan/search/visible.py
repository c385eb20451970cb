"""What everybody may see at a moment, asked at query time, so that no change anywhere has to reach the index."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def public_pages(pages: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Live pages that have not expired and lie under no view restriction."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    restricted = PageViewRestriction.objects.filter(page__path=above)
    unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=now)
    return pages.filter(unexpired, ~Exists(restricted), live=True)
