"""The search page and the suggestions as a browser gets them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.search import dictionary, stored
from guides.models import ProcedurePage
from home.models import Area, HomePage, Official
from news.models import NewsIndexPage, NewsPage
from tests.search.conftest import NOW, Guide, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]

MOST_STATEMENTS = 6


@pytest.fixture
def counted(commune: HomePage) -> Iterator[None]:
    """The statistics are made, as the worker makes them."""
    stored.refresh(NOW)
    stored.forget()
    yield
    stored.forget()


def shown(client: Client, **asked: Any) -> str:
    response = client.get("/tim-kiem/", asked)
    assert response.status_code == 200
    return response.content.decode()


def first_result(html: str) -> str:
    return html.partition("data-result=")[2].partition("data-result=")[0]


def test_the_first_result_of_the_page_links_to_the_guide_and_shows_its_facts(client: Client) -> None:
    best = first_result(shown(client, q="dang ky khai sinh"))

    assert best.startswith('"procedure"')
    assert re.search(r'<a href="([^"]*)"', best)[1] == "/huong-dan/thu-tuc/dang-ky-khai-sinh/"
    assert "<mark>Đăng ký khai sinh</mark>" in best
    assert best.count("<dt>") == 5
    assert "Quầy 2" in best


def test_the_kinds_are_links_with_counts_that_keep_the_query(client: Client) -> None:
    html = shown(client, q="khai sinh hồ sơ")

    assert re.search(r'href="\?q=khai\+sinh\+h%E1%BB%93\+s%C6%A1&amp;loai=procedure"[^>]*>[^<]* \d', html)


def test_a_kind_can_be_chosen(client: Client) -> None:
    html = shown(client, q="thôn", loai="place")

    assert set(re.findall(r'data-result="(\w+)"', html)) == {"place"}


def test_nothing_found_says_so_and_leads_on(client: Client) -> None:
    html = shown(client, q="xyzzy qwerty")

    assert "data-no-results" in html
    assert 'href="/huong-dan/thu-tuc/"' in html


def test_an_empty_search_offers_ways_in_and_is_not_a_failure(client: Client) -> None:
    html = shown(client)

    assert "data-no-results" not in html
    assert 'href="/huong-dan/thu-tuc/"' in html


def test_the_page_says_what_it_searched_for_only_when_the_query_was_cut(client: Client) -> None:
    assert "data-understood" not in shown(client, q="khai sinh")
    assert "data-understood" in shown(client, q="khai sinh " + "thêm chữ " * 20)


def test_nothing_found_offers_what_people_need_most_and_carries_the_words_into_a_question(
    client: Client,
) -> None:
    html = shown(client, q="xyzzy qwerty")

    assert 'href="/huong-dan/thu-tuc/dang-ky-khai-sinh/"' in html
    assert 'href="/phan-anh/hoi/?noi-dung=xyzzy+qwerty"' in html
    assert "xyzzy qwerty" in client.get("/phan-anh/hoi/", {"noi-dung": "xyzzy qwerty"}).content.decode()


def test_the_page_says_what_it_understood_and_leads_to_just_what_was_typed(
    client: Client, counted: None
) -> None:
    html = shown(client, q="dang ky khai sinh")

    assert re.search(r"data-understood.*?<mark[^>]*>đăng ký khai sinh</mark>", html, re.DOTALL)
    assert "data-understood" not in shown(client, q="dang ky khai sinh", **{"dung-chu": "1"})


def test_a_question_is_answered_with_the_fact_of_the_guide_its_source_and_the_day_of_its_check(
    client: Client,
) -> None:
    guide = ProcedurePage.objects.get(title="Đăng ký khai sinh")
    ProcedurePage.objects.filter(pk=guide.pk).update(
        checked_on=NOW.date(), source_url="https://dichvucong.gov.vn/x"
    )
    html = shown(client, q="đăng ký khai sinh mất bao lâu")
    answer = html.partition("Theo hướng dẫn")[2].partition("data-result")[0]

    assert "<dd>Trong ngày</dd>" in answer
    assert "23/11/2026" in answer
    assert 'href="https://dichvucong.gov.vn/x"' in answer
    assert guide.url in answer


@pytest.mark.parametrize(
    "typed", ["đăng ký khai sinh", "mất bao lâu", "khai sinh qua mạng được không", "khai sinh cần gì"]
)
def test_no_answer_is_given_where_nothing_is_asked_or_nothing_is_known(client: Client, typed: str) -> None:
    assert "Theo hướng dẫn" not in shown(client, q=typed)


def test_life_events_narrow_the_results_and_stay_in_the_address(client: Client, guide: Guide) -> None:
    guide("Khai sinh cho trẻ ở xa", life_events=["birth", "moving"], field="Hộ tịch")
    guide("Khai sinh tại nhà", life_events=["birth"], field="Hộ tịch")
    html = shown(client, q="khai sinh", viec="moving")

    assert re.findall(r'<a href="(/huong-dan/[^"]*)"><mark>', html) == [
        "/huong-dan/thu-tuc/khai-sinh-cho-tre-o-xa/"
    ]
    assert 'href="?q=khai+sinh&amp;viec=birth&amp;viec=moving"' in html
    assert 'href="?q=khai+sinh"' in html


@pytest.mark.parametrize("name", ["viec", "linh-vuc", "khu-vuc", "ngon-ngu", "qua-mang"])
def test_a_filter_that_leaves_nothing_is_told_and_can_be_taken_away(client: Client, name: str) -> None:
    html = shown(client, q="khai sinh", **{name: "<không có>\0"})

    assert "data-no-results" in html
    assert "Bỏ lọc, xem tất cả" in html


def test_counts_and_filters_reach_beyond_the_two_hundred_that_are_ranked(
    client: Client, monkeypatch: pytest.MonkeyPatch, guide: Guide
) -> None:
    monkeypatch.setattr("gandan.search.database.MOST_CANDIDATES", 5)
    for number in range(12):
        guide(f"Hộ nghèo, việc {number}", life_events=["older"] if number == 11 else ["birth"])
    html = shown(client, q="hộ nghèo")
    kept = shown(client, q="hộ nghèo", viec="older")

    assert "12 kết quả" in html
    assert kept.count("data-result") == 1
    assert "việc 11" in kept


def test_news_can_be_put_in_the_order_of_their_days(client: Client) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    publish(index, NewsPage(title="Cắt điện, cắt điện", date=NOW.date() - timedelta(days=9)))
    html = shown(client, q="lịch cắt điện thôn")

    assert 'href="?q=l%E1%BB%8Bch+c%E1%BA%AFt+%C4%91i%E1%BB%87n+th%C3%B4n&amp;xep=moi"' in html
    newest = re.findall(r'<h2><a href="([^"]*)"', shown(client, q="cắt điện", xep="moi"))
    assert newest.index("/tin-tuc/lich-cat-dien-thon-doai/") < newest.index("/tin-tuc/cat-dien-cat-dien/")


@pytest.mark.parametrize("typed", ["0912345612", "0912 345 612", "+84 912 345 612"])
def test_a_phone_number_finds_whose_it_is(client: Client, typed: str) -> None:
    for official in Official.objects.all():
        official.save()

    assert "Nguyễn Thị Lan" in first_result(shown(client, q=typed)).replace("<mark>", "").replace(
        "</mark>", ""
    )


def test_a_code_without_its_dot_finds_the_guide_alone(client: Client) -> None:
    html = shown(client, q="1001193")

    assert html.count("data-result=") == 1
    assert "dang-ky-khai-sinh" in first_result(html)


def test_the_name_of_a_former_commune_leads_to_its_hamlets(client: Client) -> None:
    Area.objects.create(key="doai", name="Thôn Đoài", former_unit="Xã Cẩm Giàng")
    best = first_result(shown(client, q="xa cam giang"))

    assert "Thôn Đoài" in best
    assert 'href="/dia-diem/#area-doai"' in best
    assert 'id="area-doai"' in client.get("/dia-diem/").content.decode()


def test_suggestions_never_weigh_more_than_two_kilobytes(client: Client, guide: Guide) -> None:
    for number in range(7):
        guide(f"Trợ cấp {number} " + "dài dòng về việc của người cao tuổi " * 6)
    response = client.get("/tim-kiem/goi-y/", {"q": "trợ cấp"})

    assert len(response.content) <= 2048
    assert response.json()["suggestions"]


def test_what_was_typed_never_becomes_markup(client: Client) -> None:
    html = shown(client, q='<script>alert(1)</script>"khai sinh')

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("number", ["2", "0", "-1", "999", "x", "²", "9" * 400])
def test_any_page_number_is_answered(client: Client, number: str) -> None:
    assert "data-result" in shown(client, q="đăng ký", page=number)


def test_an_unknown_kind_is_passed_over(client: Client) -> None:
    assert "data-result" in shown(client, q="khai sinh", loai="<b>")


def test_the_search_page_sets_no_cookie_and_varies_on_none(client: Client) -> None:
    response = client.get("/tim-kiem/", {"q": "khai sinh"})

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()


def test_each_language_has_its_search_page(client: Client) -> None:
    html = client.get("/en/tim-kiem/", {"q": "birth"}).content.decode()

    assert 'href="/en/huong-dan/thu-tuc/register-a-birth/"' in first_result(html)
    assert client.get("/ar/tim-kiem/", {"q": "khai sinh"}).status_code == 200


def test_a_vietnamese_result_on_an_english_page_says_its_language(client: Client) -> None:
    html = client.get("/en/tim-kiem/", {"q": "kết hôn"}).content.decode()

    assert '<h2 lang="vi"' in first_result(html)


def test_suggestions_are_small_and_may_be_kept_for_a_minute(client: Client) -> None:
    response = client.get("/tim-kiem/goi-y/", {"q": "dang ky"})

    suggestions = response.json()["suggestions"]
    assert {"title", "url", "kind"} == set(suggestions[0])
    assert len(suggestions) == 5
    assert len(response.content) < 2048
    assert "max-age=60" in response["Cache-Control"]
    assert not response.cookies


@pytest.fixture
def in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two looks at the versions of dictionary and statistics, which cost a statement each now and then."""
    monkeypatch.setattr(dictionary, "CHECKED_EVERY", 3600.0)
    monkeypatch.setattr(stored, "CHECKED_EVERY", 3600.0)


@pytest.mark.usefixtures("in_between")
def test_the_page_asks_no_more_for_forty_results_than_for_five(client: Client, guide: Guide) -> None:
    def statements() -> int:
        ContentType.objects.clear_cache()
        shown(client, q="hộ nghèo")
        with CaptureQueriesContext(connection) as asked:
            shown(client, q="hộ nghèo")
        return len(asked)

    for number in range(5):
        guide(f"Hộ nghèo, việc {number}")
    for_five = statements()
    for number in range(5, 40):
        guide(f"Hộ nghèo, việc {number}")

    assert statements() == for_five <= MOST_STATEMENTS


@pytest.mark.usefixtures("in_between")
def test_nothing_found_costs_no_more_statements_than_the_limit(client: Client, counted: None) -> None:
    shown(client, q="xyzzy")
    with CaptureQueriesContext(connection) as asked:
        shown(client, q="xyzzy")

    assert len(asked) <= MOST_STATEMENTS
