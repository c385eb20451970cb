"""News, public postings and the news index in search."""

from datetime import date

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


COLUMNS = {
    "summary": "summary",
    "date": "date",
    "number": "document_number",
    "posted_until": "posted_until",
}

register(
    "posting",
    NewsPage,
    queryset=lambda now: NewsPage.objects.filter(kind=NewsPage.Kind.POSTING),
    to_hit=news_hit,
    columns=COLUMNS,
    priority="priority",
    dated="date",
)
register(
    "news",
    NewsPage,
    queryset=lambda now: NewsPage.objects.exclude(kind=NewsPage.Kind.POSTING),
    to_hit=news_hit,
    columns=COLUMNS,
    priority="priority",
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
