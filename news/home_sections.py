from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from gandan.tree import tree_of
from home.sections import Row
from home.translated import for_readers, language_of, noted
from news.models import NewsIndexPage, NewsPage

ON_HOME_PAGE = 3

ICONS = {
    NewsPage.Kind.NEWS: "slip",
    NewsPage.Kind.NOTICE: "loudspeaker",
    NewsPage.Kind.POSTING: "paper",
    NewsPage.Kind.DIALOGUE: "ask",
    NewsPage.Kind.RESULT: "tick",
}


def latest_news(request: HttpRequest, now: datetime) -> list[Row]:
    """What editors put on the home page comes first, then the newest; nothing that has ended."""
    today = timezone.localdate(now)
    running = NewsPage.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), date__lte=today)
    items = for_readers(running).order_by("-is_featured", "-date", "-pk")[:ON_HOME_PAGE]
    return [row(item, request) for item in items]


def news_url(request: HttpRequest, now: datetime) -> str:
    """Empty without a live news index in the reader's language."""
    indexes = [
        page for page in tree_of(request).in_language(get_language() or "") if page.model is NewsIndexPage
    ]
    return indexes[0].address if indexes else ""


def row(item: NewsPage, request: HttpRequest) -> Row:
    day = date_format(item.date, "d/m/Y")
    return Row(
        title=item.title,
        url=item.get_url(request) or "",
        note=noted(f"{item.get_kind_display()} · {day}", item),
        icon=ICONS[NewsPage.Kind(item.kind)],
        language=language_of(item),
    )
