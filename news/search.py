"""News, public postings and the news index in search."""

from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from gandan.search import Hit, Record, evaluation, page_path, register
from news.models import NewsIndexPage, NewsPage


def news_hit(record: Record, language: str) -> Hit:
    parts = [f"{date.fromisoformat(record['date']):%d/%m/%Y}", record["number"]]
    if record["posted_until"]:
        until = date.fromisoformat(record["posted_until"])
        parts.append(_("posted until %(day)s") % {"day": f"{until:%d/%m/%Y}"})
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["summary"],
        note=" · ".join(filter(None, parts)),
        language=record["language"],
    )


def index_hit(record: Record, language: str) -> Hit:
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["intro"],
        language=record["language"],
    )


class Joined(Aggregate):
    """The texts of a group with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **extra)


def with_areas(pages: QuerySet[NewsPage]) -> QuerySet[NewsPage]:
    """The pages with the keys of their hamlets as ",bai,doai,", NULL where they have none."""
    links = NewsPage.areas.through.objects.filter(newspage=OuterRef("pk")).order_by()
    keys = links.values("newspage").annotate(keys=Joined("area__key")).values("keys")
    return pages.annotate(area_keys=Concat(Value(","), Subquery(keys), Value(","), output_field=TextField()))


def postings(now: datetime) -> QuerySet[NewsPage]:
    return with_areas(NewsPage.objects.filter(kind=NewsPage.Kind.POSTING))


def news(now: datetime) -> QuerySet[NewsPage]:
    return with_areas(NewsPage.objects.exclude(kind=NewsPage.Kind.POSTING))


COLUMNS = {
    "summary": "summary",
    "date": "date",
    "number": "document_number",
    "posted_until": "posted_until",
}

register(
    "posting",
    NewsPage,
    queryset=postings,
    to_hit=news_hit,
    columns=COLUMNS,
    priority="priority",
    facets={"area": "area_keys"},
    dated="date",
)
register(
    "news",
    NewsPage,
    queryset=news,
    to_hit=news_hit,
    columns=COLUMNS,
    priority="priority",
    facets={"area": "area_keys"},
    dated="date",
)
register(
    "page",
    NewsIndexPage,
    queryset=lambda now: NewsIndexPage.objects.all(),
    to_hit=index_hit,
    columns={"intro": "intro"},
    priority="priority",
)


def sample_news(sample: evaluation.Sample) -> NewsPage:
    text = f"{sample.title[len(sample.short_title) :]} {sample.summary[300:]} {sample.body}".strip()
    return NewsPage(
        title=sample.short_title,
        summary=sample.summary[:300],
        body=[("paragraph", f"<p>{escape(text)}</p>")],
        date=timezone.localdate(),
    )


evaluation.register("news", sample_news)
