"""A small commune to search in: a few of every kind, and beside each what nobody may find."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from gandan.publishing import publish_new
from guides.models import Card, GuidesIndexPage, ProcedurePage, Session, Term, TutorialPage
from home.founding import found_site
from home.models import HomePage, InfoPage, Official, Place, Unit
from news.models import NewsIndexPage, NewsPage
from tests.unit.founded_once import once

TODAY = date(2026, 11, 23)
NOW = timezone.make_aware(datetime.combine(TODAY, time(9)))

PROCEDURES = {
    "1.001193": ("Đăng ký khai sinh", "làm giấy khai sinh\nkhai sinh cho con"),
    "1.004884": ("Đăng ký lại khai sinh", "mất giấy khai sinh gốc"),
    "1.000894": ("Đăng ký kết hôn", "làm giấy kết hôn\nhôn thú"),
    "1.000656": ("Đăng ký khai tử", "báo tử"),
    "1.004222": ("Đăng ký thường trú", "nhập hộ khẩu"),
    "1.013225": ("Giấy phép xây dựng nhà ở riêng lẻ", "xin phép làm nhà"),
}

Guide = Callable[..., ProcedurePage]


def section(lists: str, language: str = "vi") -> GuidesIndexPage:
    return GuidesIndexPage.objects.get(lists=lists, locale__language_code=language)


def publish(parent: Page, page: Page) -> Page:
    parent.refresh_from_db()
    page.locale = parent.locale
    return publish_new(parent, page, NOW)


def publish_guide(title: str, code: str = "", **fields: Any) -> ProcedurePage:
    page = ProcedurePage(title=title, code=code, **fields)
    page.terms = [Term(time_value=0, time_unit="working_day", fee_state="free")]
    return publish(section("procedures"), page)


@pytest.fixture
def guide(db: None) -> Guide:
    """Publishes a guide; more fields may be given."""
    return publish_guide


@pytest.fixture(scope="module")
def searched_commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The commune, made once for a module; each test is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        once("search", _found)
        yield
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@pytest.fixture
def commune(searched_commune: None, db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="vi")


def _found() -> None:
    found_site(TODAY)
    for code, (title, also_called) in PROCEDURES.items():
        publish_guide(
            title, code, also_called=also_called, counter="Quầy 2", summary="Giấy tờ của hộ gia đình."
        )
    _english_guide()
    _lesson()
    _news()
    _what_nobody_may_find(HomePage.objects.get(locale__language_code="vi"))
    _people_and_places()


def _english_guide() -> None:
    english = ProcedurePage(
        title="Register a birth",
        code="1.001193",
        also_called="birth certificate\nkhai sinh",
        translation_key=ProcedurePage.objects.get(title="Đăng ký khai sinh").translation_key,
    )
    publish(section("procedures", "en"), english)


def _lesson() -> None:
    lesson = TutorialPage(title="Nộp hồ sơ bằng điện thoại", minutes=10, summary="Từng thẻ một việc.")
    lesson.cards = [Card(action="Bấm nút màu đỏ ghi Đăng nhập", button="Đăng nhập")]
    publish(section("lessons"), lesson)


def _news() -> None:
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    publish(index, NewsPage(title="Lịch cắt điện thôn Đoài", date=TODAY, summary="Sáng thứ Năm."))
    posting = NewsPage(
        title="Niêm yết phương án bồi thường",
        kind=NewsPage.Kind.POSTING,
        date=TODAY,
        document_number="45/TB-UBND",
        posted_from=TODAY,
        posted_until=TODAY + timedelta(days=30),
    )
    publish(index, posting)
    publish(index, NewsPage(title="Hội chợ hoa đã qua", date=TODAY, expire_at=NOW - timedelta(hours=1)))
    draft = NewsPage(title="Bản nháp kế hoạch bí mật", date=TODAY, live=False, locale=index.locale)
    index.refresh_from_db()
    index.add_child(instance=draft)


def _what_nobody_may_find(home: HomePage) -> None:
    publish(home, InfoPage(title="Giới thiệu xã", summary="Dân số và địa giới."))
    inside = publish(home, InfoPage(title="Góc nội bộ", slug="noi-bo"))
    publish(inside, InfoPage(title="Danh sách trực nội bộ"))
    restriction = {"restriction_type": PageViewRestriction.PASSWORD, "password": "thu"}
    PageViewRestriction.objects.create(page=inside, **restriction)


def _people_and_places() -> None:
    unit = Unit.objects.create(key="mot-cua", name="Trung tâm Phục vụ hành chính công")
    people = {"lan": "Nguyễn Thị Lan", "binh": "Trần Văn Bình"}
    for key, name in people.items():
        Official.objects.create(
            key=key,
            name=name,
            title="Công chức Tư pháp – Hộ tịch",
            unit=unit,
            office_phone="0912 345 612",
            until=None if key == "lan" else date(2020, 1, 1),
        )
    place = Place.objects.create(key="nvh-thuong", name="Nhà văn hóa thôn Thượng", address="Thôn Thượng")
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=7)):
        Session.objects.create(
            title="Buổi tối học VNeID", place=place, date=day, starts=time(19), ends=time(21)
        )


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get(language_code="en")
