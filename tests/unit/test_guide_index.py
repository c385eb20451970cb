"""The list of guides: for a life event, for whom, from A to Z, by field or most used first; and quick however long."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from guides.models import GuidesIndexPage, ProcedurePage
from tests.unit.guides_world import found_commune

pytestmark = pytest.mark.django_db

ADDRESS = "/huong-dan/thu-tuc/"
GUIDES: list[dict[str, Any]] = [
    {"title": "Đăng ký khai sinh", "field": "Hộ tịch", "life_events": ["birth"], "audience": ["citizen"]},
    {"title": "Đăng ký kết hôn", "field": "Hộ tịch", "life_events": ["marriage"], "audience": ["foreigner"]},
    {"title": "Cấp phép xây nhà", "field": "Xây dựng", "life_events": ["building"], "audience": ["citizen"]},
]


@pytest.fixture
def index() -> GuidesIndexPage:
    found_commune()
    return GuidesIndexPage.objects.get(slug="thu-tuc", locale__language_code="vi")


def write(index: GuidesIndexPage, guides: list[dict[str, Any]]) -> None:
    """Many live guides at once, without the revisions and search entries that a list does not read."""
    common = {
        "locale": Locale.objects.get(language_code="vi"),
        "content_type": ContentType.objects.get_for_model(ProcedurePage),
        "depth": index.depth + 1,
        "live": True,
    }
    for number, values in enumerate(guides, start=1):
        slug = f"viec-{number}"
        page = ProcedurePage(
            path=Page._get_path(index.path, index.depth + 1, number),
            url_path=f"{index.url_path}{slug}/",
            slug=slug,
            draft_title=values["title"],
            **common,
            **values,
        )
        page.save_base(raw=False, force_insert=True)
    index.numchild = len(guides)
    index.save(update_fields=["numchild"])


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(ADDRESS + query)
    assert page.status_code == 200
    return [row.page.title for group in page.context["groups"] for row in group.rows]


def test_the_list_is_kept_to_a_life_event_and_to_whom_it_is_for(
    index: GuidesIndexPage, client: Client
) -> None:
    write(index, GUIDES)
    assert titles(client) == ["Cấp phép xây nhà", "Đăng ký kết hôn", "Đăng ký khai sinh"]
    assert titles(client, "?viec=birth") == ["Đăng ký khai sinh"]
    assert titles(client, "?cho=citizen") == ["Cấp phép xây nhà", "Đăng ký khai sinh"]
    assert titles(client, "?cho=citizen&viec=birth") == ["Đăng ký khai sinh"]
    assert titles(client, "?cho=citizen&viec=marriage") == []


def test_most_used_is_what_editors_weigh_then_what_readers_found_useful(
    index: GuidesIndexPage, client: Client
) -> None:
    weighed = [{"priority": 0, "useful_count": 4}, {"priority": 2}, {"priority": 0, "useful_count": 9}]
    write(index, [{**guide, **weight} for guide, weight in zip(GUIDES, weighed, strict=True)])
    assert titles(client, "?xep=hay-dung") == ["Đăng ký kết hôn", "Cấp phép xây nhà", "Đăng ký khai sinh"]


def test_a_filter_keeps_the_order_and_the_order_keeps_the_filter(
    index: GuidesIndexPage, client: Client
) -> None:
    write(index, GUIDES)
    page = client.get(f"{ADDRESS}?cho=citizen&xep=linh-vuc").content.decode()
    assert "?viec=birth&amp;cho=citizen&amp;xep=linh-vuc" in page
    assert "?cho=citizen&amp;xep=hay-dung" in page


@pytest.mark.parametrize("query", ["?viec=x", "?cho=%00", "?xep=" + "a" * 500, "?viec=birth&viec=<script>"])
def test_what_the_list_does_not_know_asks_for_nothing(
    index: GuidesIndexPage, client: Client, query: str
) -> None:
    write(index, GUIDES)
    assert len(titles(client, query)) == 3


def test_three_hundred_guides_ask_no_more_than_eight_statements(
    index: GuidesIndexPage, client: Client
) -> None:
    write(index, [{**GUIDES[0], "title": f"Thủ tục {number}"} for number in range(300)])
    client.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(titles(client, "?page=3")) == 30
    assert len(asked) <= 8
