"""A founded commune with two units and three officials, on a Monday morning before a holiday."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from gandan.publishing import publish_new
from gandan.worktime import VIETNAM
from home.founding import found_site
from home.models import CommuneSettings, HomePage, InfoPage, Official, Unit
from news.models import Alert, NewsIndexPage, NewsPage
from tests.unit.founded_once import once

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM)
OFFICE = {str(day): "07:30-11:30, 13:30-17:00" for day in range(5)}


def founded_commune() -> HomePage:
    """The Vietnamese home page of a founded commune with a name, hours, a hotline and three officials."""
    once("home", _found)
    return home("vi")


def _found() -> None:
    found_site(MONDAY)
    settings = CommuneSettings.objects.get()
    settings.name, settings.name_en = "Xã Hương Đồng", "Hương Đồng Commune"
    settings.hotline, settings.weekly_hours = "0912 345 678", OFFICE
    settings.save()
    counter = Unit.objects.create(
        key="mot-cua", name="Một cửa", name_en="Service centre", weekly_hours=OFFICE
    )
    police = Unit.objects.create(key="cong-an", name="Công an xã", order=1, weekly_hours=OFFICE)
    official("binh", "Trần Văn Bình", counter, "0912 345 601")
    official("lan", "Nguyễn Thị Lan", counter, "0912 345 602")
    official("an", "Đỗ Thị An", police, "0912 345 603")


def official(key: str, name: str, unit: Unit, phone: str) -> Official:
    return Official.objects.create(key=key, name=name, title="Công chức", unit=unit, office_phone=phone)


def home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def info_page(parent: Page, slug: str, title: str, **fields: Any) -> InfoPage:
    return publish_new(parent, InfoPage(title=title, slug=slug, **fields))


def news_index(language: str = "vi") -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code=language)


def news_item(slug: str, title: str, **fields: Any) -> NewsPage:
    return publish_new(news_index(), NewsPage(**{"title": title, "slug": slug, "date": MONDAY, **fields}))


def alert(
    title: str, begins: datetime = MORNING, lasts: timedelta = timedelta(days=3), **fields: Any
) -> Alert:
    made = Alert(title=title, starts_at=begins, ends_at=begins + lasts, **fields)
    made.full_clean()
    made.save()
    return made


def at(day: int, clock: str) -> datetime:
    """A moment of November 2026 in Việt Nam."""
    hour, minute = map(int, clock.split(":"))
    return timezone.make_aware(datetime(2026, 11, day, hour, minute), VIETNAM)
