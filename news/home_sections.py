from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from gandan.tree import tree_of
from home.sections import Row
from home.translated import for_readers
from news.listing import row
from news.models import NewsIndexPage, NewsPage

ON_HOME_PAGE = 3


def latest_news(request: HttpRequest, now: datetime) -> list[Row]:
    """What editors put on the home page comes first, then the newest; nothing that has ended."""
    today = timezone.localdate(now)
    running = NewsPage.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), date__lte=today)
    items = for_readers(running).defer("body", "spoken_text").order_by("-is_featured", "-date", "-pk")
    return [row(item, request, today) for item in items[:ON_HOME_PAGE]]


def news_url(request: HttpRequest, now: datetime) -> str:
    """Empty without a live news index in the reader's language."""
    indexes = [
        page for page in tree_of(request).in_language(get_language() or "") if page.model is NewsIndexPage
    ]
    return indexes[0].address if indexes else ""
