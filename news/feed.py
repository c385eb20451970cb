from datetime import datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from home.commune import commune_of
from home.translated import for_readers

if TYPE_CHECKING:
    from news.models import NewsIndexPage, NewsPage

IN_FEED = 20


def news_feed(index: "NewsIndexPage", pages: "QuerySet[NewsPage]", request: HttpRequest) -> HttpResponse:
    """The newest items as RSS 2.0, with their summaries."""
    base = settings.BASE_URL.rstrip("/")
    feed = Rss201rev2Feed(
        title=f"{index.title} – {commune_of(request) or ''}",
        link=base + (index.get_url(request) or ""),
        description=index.intro,
        language=get_language(),
        feed_url=base + request.path,
    )
    for item in for_readers(pages).defer("body", "spoken_text").order_by("-date", "-pk")[:IN_FEED]:
        address = base + (item.get_url(request) or "")
        feed.add_item(
            title=item.title,
            link=address,
            description=item.summary,
            unique_id=address,
            pubdate=item.first_published_at or timezone.make_aware(datetime.combine(item.date, time(8))),
            categories=[str(item.get_kind_display())],
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response
