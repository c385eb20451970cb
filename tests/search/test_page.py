"""The search page and the suggestions as a browser gets them."""

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.search.conftest import Guide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]

MOST_STATEMENTS = 6


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


def test_nothing_found_costs_no_more_statements_than_the_limit(client: Client) -> None:
    shown(client, q="xyzzy")
    with CaptureQueriesContext(connection) as asked:
        shown(client, q="xyzzy")

    assert len(asked) <= MOST_STATEMENTS
