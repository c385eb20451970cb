"""How many SQL statements a page costs, and that the number does not grow with what the page lists."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from guides.models import (
    Card,
    GuidesIndexPage,
    Practice,
    ProcedurePage,
    TrackPage,
    TrackStep,
    TroubleCard,
    TroubleshooterPage,
    TutorialPage,
)
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
        ("/huong-dan/thu-tuc/dang-ky-khai-sinh/?truong-hop=qua-60-ngay&cach=online&ngay=25/11/2026", 6),
        ("/huong-dan/thu-tuc/dang-ky-khai-sinh/in/?truong-hop=qua-60-ngay", 6),
        ("/huong-dan/thu-tuc/dang-ky-khai-sinh/tung-buoc/?buoc=3", 5),
        ("/huong-dan/thu-tuc/tro-cap-huu-tri-xa-hoi/", 6),
        ("/huong-dan/thu-tuc/tro-cap-huu-tri-xa-hoi/ban-cu/", 7),
        ("/huong-dan/thu-tuc/tro-cap-huu-tri-xa-hoi/ban-cu/1/", 7),
        ("/huong-dan/thay-doi/", 8),
        ("/huong-dan/thay-doi/?thang=2026-10", 8),
        ("/huong-dan/thu-tuc/", 8),
        ("/huong-dan/bai-hoc/", 7),
        ("/huong-dan/bai-hoc/?cap-do=1", 5),
        ("/huong-dan/bai-hoc/nop-phi-qua-mang-an-toan/", 9),
        ("/huong-dan/bai-hoc/quen-mat-khau-vneid/?lo-trinh=tu-bao-ve-minh", 12),
        ("/huong-dan/bai-hoc/thu-tai-that-gia/", 9),
        ("/huong-dan/bai-hoc/tu-bao-ve-minh/", 6),
        ("/en/huong-dan/bai-hoc/tu-bao-ve-minh/", 6),
        ("/huong-dan/bai-hoc/vneid-khong-vao-duoc/", 6),
        ("/huong-dan/bai-hoc/vneid-khong-vao-duoc/?the=hoi-xa&di=may-bao-gi.con-so-cu.bi-khoa.bam-quen", 7),
        ("/tin-tuc/", 8),
        ("/tin-tuc/mo-cua-buoi-toi/", 6),
        ("/gioi-thieu/", 6),
        ("/phan-anh/tra-loi/", 6),
        ("/buoi-ho-tro/", 6),
        ("/buoi-ho-tro/?thon=doai", 6),
        ("/buoi-ho-tro/?thon=dong", 7),
        ("/buoi-ho-tro.ics", 3),
        ("/can-bo/", 5),
        ("/dia-diem/", 10),
        ("/chien-dich/", 5),
        ("/chien-dich/45-ngay-dem-giup-ba-con-lam-viec-so/", 8),
        ("/so-lieu/", 9),
        ("/en/so-lieu/?nam=2026", 9),
        ("/cam-ket/", 5),
        ("/phan-anh/tra-cuu/", 4),
        ("/open311/v2/services.xml", 2),
        ("/open311/v2/requests.json", 2),
        ("/ngoai-tuyen/", 4),
        ("/sw.js", 0),
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


def test_more_cards_do_not_cost_more_statements(cost: Cost) -> None:
    addresses = [f"/huong-dan/bai-hoc/{slug}/" for slug in ("quen-mat-khau-vneid", "vneid-khong-vao-duoc")]
    lesson = TutorialPage.objects.get(slug="quen-mat-khau-vneid", locale__language_code="vi")
    trouble = TroubleshooterPage.objects.get(slug="vneid-khong-vao-duoc", locale__language_code="vi")
    picture = get_image_model().objects.first()
    Card.objects.create(page=lesson, locale=lesson.locale, action="Một", picture=picture, picture_alt="Ảnh")
    few = [cost(address) for address in addresses]
    for number in range(20):
        Card.objects.create(
            page=lesson, locale=lesson.locale, action=f"Thẻ {number}", picture=picture, picture_alt="Ảnh"
        )
        Practice.objects.create(page=lesson, locale=lesson.locale, task="Thử", screen="button*: A\nbutton: B")
        TroubleCard.objects.create(
            page=trouble, locale=trouble.locale, key=f"k{number}", ask="Hỏi", answers="Xong → xong"
        )
    assert [cost(address) for address in addresses] == few


def test_more_lessons_tracks_and_troubleshooters_do_not_cost_more_statements(cost: Cost) -> None:
    index = GuidesIndexPage.objects.get(locale__language_code="vi", slug="bai-hoc")
    track = TrackPage.objects.get(slug="tu-bao-ve-minh", locale__language_code="vi")
    few = [cost("/huong-dan/bai-hoc/"), cost("/huong-dan/bai-hoc/tu-bao-ve-minh/")]
    for number in range(15):
        lesson = index.add_child(instance=TutorialPage(title=f"Bài {number}", slug=f"bai-{number}"))
        TrackStep.objects.create(page=track, locale=track.locale, lesson=lesson)
        index.add_child(instance=TrackPage(title=f"Lộ trình {number}", slug=f"lt-{number}"))
        index.add_child(instance=TroubleshooterPage(title=f"Gỡ rối {number}", slug=f"gr-{number}"))
    assert [cost("/huong-dan/bai-hoc/"), cost("/huong-dan/bai-hoc/tu-bao-ve-minh/")] == few


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
