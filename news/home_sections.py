from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from home.sections import Row
from home.translated import for_readers, language_of
from news.models import NewsPage

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


def row(item: NewsPage, request: HttpRequest) -> Row:
    day = date_format(item.date, "d/m/Y")
    return Row(
        title=item.title,
        url=item.get_url(request) or "",
        note=f"{item.get_kind_display()} · {day}",
        icon=ICONS[NewsPage.Kind(item.kind)],
        language=language_of(item),
    )
