"""How many SQL statements a page costs, and that the number does not grow with what the page lists."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from guides.models import GuidesIndexPage, ProcedurePage
from home.models import Unit
from news.models import NewsIndexPage
from tests.empty_cache import empty_cache
from tests.unit.demo_world import demo  # noqa: F401
from tests.unit.home_world import MONDAY, home, news_item, official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

Cost = Callable[[str], int]


@pytest.fixture
def cost(client: Client) -> Cost:
    def statements(address: str) -> int:
        client.get(address)  # content types are known to a running process
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    return statements


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 8),
        ("/en/", 8),
        ("/ar/", 8),
        ("/huong-dan/thu-tuc/dang-ky-khai-sinh/", 6),
        ("/huong-dan/thu-tuc/", 8),
        ("/tin-tuc/", 8),
        ("/tin-tuc/mo-cua-buoi-toi/", 6),
        ("/gioi-thieu/", 6),
        ("/can-bo/", 5),
        ("/dia-diem/", 8),
        ("/khong-co-trang-nay/", 2),
        ("/huong-dan/thu-tuc/khong-co/", 2),
        ("/sitemap.xml", 4),
        ("/robots.txt", 0),
    ],
)
def test_a_page_costs_few_statements(cost: Cost, address: str, most: int) -> None:
    assert cost(address) <= most


def test_more_news_does_not_cost_more_statements(cost: Cost) -> None:
    few = [cost("/"), cost("/tin-tuc/"), cost("/sitemap.xml")]
    for number in range(15):
        news_item(f"them-{number}", f"Tin thêm {number}", date=MONDAY - timedelta(days=number))
    assert [cost("/"), cost("/tin-tuc/"), cost("/sitemap.xml")] == few


def test_more_officials_do_not_cost_more_statements(cost: Cost) -> None:
    few, unit = cost("/can-bo/"), Unit.objects.earliest("order")
    for number in range(20):
        official(f"them-{number}", f"Người {number}", unit, "")
    assert cost("/can-bo/") == few


def test_more_guides_do_not_cost_more_statements(cost: Cost) -> None:
    index = GuidesIndexPage.objects.get(locale__language_code="vi", slug="thu-tuc")
    few = [cost("/"), cost("/huong-dan/thu-tuc/")]
    for number in range(20):
        index.add_child(instance=ProcedurePage(title=f"Thủ tục {number}", slug=f"them-{number}", priority=3))
    assert [cost("/"), cost("/huong-dan/thu-tuc/")] == few


def test_a_redirect_costs_a_statement_only_where_there_is_one(client: Client, cost: Cost) -> None:
    Redirect.add_redirect("/dia-chi-cu", redirect_to="/gioi-thieu/")
    assert cost("/khong-co-trang-nay/") <= 2
    assert client.get("/dia-chi-cu/")["Location"] == "/gioi-thieu/"
    assert client.get("/dia-chi-cu/?a=1")["Location"] == "/gioi-thieu/"


def test_a_page_behind_a_password_is_not_shown_and_never_kept(client: Client) -> None:
    empty_cache()
    page = NewsIndexPage.objects.get(locale__language_code="vi")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="kín")
    for address in ("/tin-tuc/", "/tin-tuc/mo-cua-buoi-toi/", "/tin-tuc/mo-cua-buoi-toi/loa/"):
        response = client.get(address)
        assert "Tối thứ Ba, thứ Năm" not in response.content.decode()
        assert "no-store" in response["Cache-Control"]
    assert "/tin-tuc/mo-cua-buoi-toi/" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/gioi-thieu/")["Cache-Control"].startswith("public")


def test_a_page_past_its_expiry_is_gone_before_the_worker_comes_by(client: Client) -> None:
    page = news_item("het-han", "Tin hết hạn", expire_at=home("vi").first_published_at - timedelta(days=1))
    assert client.get("/tin-tuc/het-han/").status_code == 404
    assert page.live


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client) -> None:
    response = client.get("/tin-tuc")
    assert (response.status_code, response["Location"]) == (301, "/tin-tuc/")


@pytest.mark.parametrize(
    "address",
    [
        "/tin-tuc/rss/x/",
        "/tin-tuc/mo-cua-buoi-toi/x/",
        "/mo-cua-buoi-toi/",
        "/vi/",
        "/en/gioi-thieu/",
        "/a" * 40 + "/",
    ],
)
def test_an_address_beside_the_tree_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
