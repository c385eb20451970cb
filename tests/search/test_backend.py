"""The search boxes of the admin (page chooser, listings) ask Wagtail's backend: it folds and ranks too."""

import unicodedata

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText
from wagtail.models import Page

from guides.models import ProcedurePage
from home.models import Official, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


def titles(query: object, pages: object = None, **asked: object) -> list[str]:
    found = get_search_backend().search(
        query, ProcedurePage.objects.all() if pages is None else pages, **asked
    )
    return [page.title for page in found]


@pytest.mark.parametrize(
    "typed",
    ["dang ky ket hon", "ĐĂNG KÝ KẾT HÔN", unicodedata.normalize("NFD", "đăng ký kết hôn"), "hôn thú"],
)
def test_an_editor_finds_a_guide_however_the_letters_are_typed(typed: str) -> None:
    assert titles(typed) == ["Đăng ký kết hôn"]


def test_all_words_must_be_there_unless_any_is_asked_for() -> None:
    assert titles("ket hon xyz") == []
    assert titles("ket hon xyz", operator="or") == ["Đăng ký kết hôn"]


def test_the_best_match_comes_first_and_has_the_highest_score() -> None:
    found = list(get_search_backend().search("khai sinh", ProcedurePage.objects.all()).annotate_score("rank"))

    assert found[0].title in {"Đăng ký khai sinh", "Register a birth", "Đăng ký lại khai sinh"}
    assert [page.rank for page in found] == sorted((page.rank for page in found), reverse=True)


def test_a_page_chooser_finds_by_the_beginning_of_a_word() -> None:
    found = get_search_backend().autocomplete("dang ky ket h", Page.objects.all())

    assert [page.title for page in found] == ["Đăng ký kết hôn"]
    assert found.count() == 1


def test_snippets_complete_too() -> None:
    found = get_search_backend().autocomplete("nguyen th", Official.objects.all())

    assert [official.name for official in found] == ["Nguyễn Thị Lan"]


def test_queries_can_be_combined_and_negated() -> None:
    married, born = PlainText("kết hôn"), PlainText("khai sinh")

    assert titles(Phrase("kết hôn")) == ["Đăng ký kết hôn"]
    assert titles(Phrase("hôn kết")) == []
    assert titles(And([married, born])) == []
    assert set(titles(Or([married, PlainText("khai tử")]))) == {"Đăng ký kết hôn", "Đăng ký khai tử"}
    assert titles(And([PlainText("đăng ký khai"), Not(born)])) == ["Đăng ký khai tử"]
    assert "Đăng ký kết hôn" not in titles(Not(married))
    assert len(titles(Not(married))) == ProcedurePage.objects.count() - 1
    assert titles(Boost(married, 2)) == ["Đăng ký kết hôn"]
    assert len(titles(MATCH_ALL)) == ProcedurePage.objects.count()


def test_a_search_can_be_limited_to_the_title() -> None:
    assert titles("quầy 2", fields=["title"]) == []
    assert titles("ket hon", fields=["title"]) == ["Đăng ký kết hôn"]


def test_the_order_of_a_listing_can_be_kept() -> None:
    pages = ProcedurePage.objects.filter(live=True).order_by("code")

    found = get_search_backend().search("đăng ký", pages, order_by_relevance=False)

    assert [page.code for page in found] == sorted(page.code for page in found)
    assert len(found) == 5


def test_results_can_be_cut_and_counted() -> None:
    results = get_search_backend().search("đăng ký", ProcedurePage.objects.filter(live=True))

    assert results.count() == len(list(results)) == 5
    assert [page.pk for page in results[1:3]] == [page.pk for page in results][1:3]


def test_a_search_takes_two_statements_however_much_it_finds() -> None:
    results = get_search_backend().search("đăng ký", ProcedurePage.objects.all())

    with CaptureQueriesContext(connection) as asked:
        list(results)

    assert len(asked) <= 2


def test_facets_count_all_matches() -> None:
    results = get_search_backend().search("khai", ProcedurePage.objects.all())

    assert sum(results.facet("live").values()) == results.count()


def test_an_editor_finds_pages_in_the_admin_without_accents(client: Client) -> None:
    editor = User.objects.create_superuser("bientap", password="khong-dung-o-dau")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    answer = client.get("/admin/pages/search/", {"q": "dang ky ket hon"}, follow=True)

    assert "Đăng ký kết hôn" in answer.content.decode()
