"""News and alerts of the sample commune; their days count from the day of the first load."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from gandan.demo import Tell
from gandan.publishing import publish_new
from home.demo.rows import Row, fields, picture
from home.models import Area
from home.prose import blocks
from news.models import Alert, NewsIndexPage, NewsPage

SOURCE = Path(__file__).with_name("news.toml")
PUBLISHED = time(9)
ALERT_ENDS = time(17)

PLAIN = ("kind", "title", "summary", "document_number", "document_date", "document_issuer", "picture_alt")
ALERT_PLAIN = ("key", "kind", "title", "text", "meanwhile")


@transaction.atomic
def load(first_day: date, tell: Tell) -> None:
    source: dict[str, Any] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    _load_news(source["news"], first_day, tell)
    _load_alerts(source["alert"], first_day, tell)


def _load_news(rows: list[Row], first_day: date, tell: Tell) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    existing = set(index.get_children().values_list("slug", flat=True))
    for row in rows:
        if row["key"] not in existing:
            day = first_day - timedelta(days=row["days_ago"])
            publish_new(index, _news(row, first_day, day), _at(day, PUBLISHED))
            tell(row["title"])


def _news(row: Row, first_day: date, day: date) -> NewsPage:
    posting = row.get("posting_days")
    ends = row.get("ends_in_days")
    page = NewsPage(
        slug=row["key"],
        date=day,
        is_featured=row["featured"],
        also_called="\n".join(row.get("also_called", [])),
        spoken_text=row.get("spoken", "").strip(),
        posted_from=day if posting else None,
        posted_until=day + timedelta(days=posting - 1) if posting else None,  # both days count
        ends_on=first_day + timedelta(days=ends) if ends else None,
        picture=picture(row.get("picture", ""), row.get("picture", "")),
        body=blocks(row["body"]),
        **fields(row, PLAIN),
    )
    page.areas = list(Area.objects.filter(key__in=row["areas"]))
    return page


def _load_alerts(rows: list[Row], first_day: date, tell: Tell) -> None:
    existing = set(Alert.objects.values_list("key", flat=True))
    for row in rows:
        if row["key"] not in existing:
            begins = first_day + timedelta(days=row["starts_days"])
            ends = first_day + timedelta(days=row["ends_days"])
            Alert.objects.create(
                starts_at=_at(begins, time(0)),
                ends_at=_at(ends, ALERT_ENDS),
                page=_attached(row),
                **fields(row, ALERT_PLAIN),
            )
            tell(row["title"])


def _attached(row: Row) -> Page:
    """The page it is about: an alert above every page would hide what the sample shows."""
    return Page.objects.get(slug=row["page"], locale__language_code="vi")


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
