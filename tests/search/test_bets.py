"""Pages the commune puts first: for every spelling of the question, only while everybody may see them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from gandan.models import BestBet, SearchTerm
from gandan.search import bets, dictionary, find, stored, suggest
from guides.models import ProcedurePage
from home.models import User
from news.models import NewsPage
from tests.search.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]
SPELLINGS = ["bồi thường đất", "boi thuong dat", "Bồi Thường ĐẤT", "bồi thường đất ở đâu", "BTD"]


@pytest.fixture(autouse=True)
def _known_words():
    SearchTerm.objects.create(said="btd", means="bồi thường đất", kind="abbreviation")
    stored.refresh(NOW, ["vi"])
    for forget in (stored.forget, dictionary.look_again, bets.look_again):
        forget()
    yield
    stored.forget()
    bets.look_again()


@pytest.fixture
def posting() -> NewsPage:
    return NewsPage.objects.get(title="Niêm yết phương án bồi thường")


def bet(page, said: str = "bồi thường đất", **fields: object) -> BestBet:
    return BestBet.objects.create(said=said, page=page, **fields)


def first(text: str, **asked: object):
    hits = find(text, now=NOW, **asked)
    return hits[0] if hits else None


@pytest.mark.parametrize("typed", SPELLINGS)
def test_one_bet_serves_every_spelling_of_the_question(typed: str) -> None:
    wedding = ProcedurePage.objects.get(title="Đăng ký kết hôn")
    bet(wedding)

    hit = first(typed)
    assert hit
    assert (hit.title, hit.is_promoted) == ("Đăng ký kết hôn", True)


def test_a_page_that_is_found_anyway_comes_once_and_first(posting) -> None:
    bet(posting)

    titles = [hit.title for hit in find("bồi thường đất", now=NOW)]
    assert titles.count(posting.title) == 1
    assert titles[0] == posting.title


def test_another_question_is_left_alone(posting) -> None:
    bet(posting)

    assert not any(hit.is_promoted for hit in find("đăng ký khai sinh", now=NOW))


def test_a_bet_works_where_the_search_finds_nothing_by_itself(posting) -> None:
    bet(posting, said="zzzz")

    hits = find("zzzz", now=NOW)
    assert [hit.title for hit in hits] == [posting.title]
    assert hits.total == 1


def test_suggestions_begin_with_it_and_stay_as_few(posting) -> None:
    bet(posting, said="đăng ký")

    found = suggest("đăng ký", 3, now=NOW)
    assert found[0].title == posting.title
    assert len(found) == 3


@pytest.mark.parametrize("hidden", ["draft", "expired", "private"])
def test_what_not_everybody_may_see_is_never_recommended(posting, hidden: str) -> None:
    bet(posting)
    if hidden == "private":
        PageViewRestriction.objects.create(page=posting, restriction_type="login")
    else:
        change = {"draft": {"live": False}, "expired": {"expire_at": NOW - timedelta(hours=1)}}[hidden]
        NewsPage.objects.filter(pk=posting.pk).update(**change)

    assert not any(hit.title == posting.title for hit in find("bồi thường đất", now=NOW))


@pytest.mark.parametrize(
    ("since", "until", "holds"), [(0, 0, True), (None, 0, True), (1, None, False), (None, -1, False)]
)
def test_a_bet_holds_for_its_days(posting, since, until, holds: bool) -> None:
    def day(days):
        return None if days is None else localdate(NOW) + timedelta(days=days)

    bet(posting, said="zzzz", since=day(since), until=day(until))
    assert bool(first("zzzz")) == holds


def test_a_bet_taken_out_of_use_is_gone_at_once(posting) -> None:
    made = bet(posting, said="zzzz")
    assert first("zzzz")
    made.is_active = False
    made.save()

    assert first("zzzz") is None


def test_narrowed_or_literal_searches_and_later_pages_have_no_recommendation(posting) -> None:
    bet(posting, said="đăng ký")

    assert not any(hit.is_promoted for hit in find("đăng ký", now=NOW, start=2))
    assert not any(hit.is_promoted for hit in find("đăng ký", now=NOW, as_typed=True))
    assert not any(hit.is_promoted for hit in find("đăng ký", now=NOW, kinds=["procedure"]))


def test_the_page_says_that_the_commune_recommends_it(client, posting) -> None:
    bet(posting, said="zzzz")

    assert "Recommended by the commune" in client.get("/tim-kiem/?q=zzzz").content.decode() or (
        "Xã giới thiệu" in client.get("/tim-kiem/?q=zzzz").content.decode()
    )


@pytest.fixture
def editor() -> Client:
    user = User.objects.create_user("bientap", password="khong-dung-o-dau")
    names = [
        "access_admin",
        "change_searchterm",
        "add_searchterm",
        "add_bestbet",
        "change_bestbet",
        "view_bestbet",
    ]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_makes_one_and_the_same_question_twice_is_refused(editor, posting) -> None:
    address = reverse("wagtailsnippets_gandan_bestbet:add")
    form = {
        "said": "boi thuong dat",
        "language": "vi",
        "page": posting.pk,
        "is_active": "on",
        "since": "",
        "until": "",
        "note": "",
    }
    assert editor.post(address, form).status_code == 302

    page = editor.post(address, form | {"said": "Bồi thường đất là gì"})
    assert page.status_code == 200
    assert "boi thuong dat" in page.content.decode()
    assert BestBet.objects.count() == 1


@pytest.mark.parametrize("said", ["???", "\u200b"])
def test_a_bet_without_a_word_and_one_that_ends_before_it_begins_are_refused(
    editor, posting, said: str
) -> None:
    address = reverse("wagtailsnippets_gandan_bestbet:add")
    form = {"language": "vi", "page": posting.pk, "is_active": "on", "note": ""}
    assert editor.post(address, form | {"said": said}).status_code == 200
    wrong = {"said": "hợp lệ", "since": "2026-12-02", "until": "2026-12-01"}
    assert editor.post(address, form | wrong).status_code == 200
    assert not BestBet.objects.exists()


def test_the_report_leads_to_a_form_already_filled_in(editor) -> None:
    page = editor.get(
        reverse("wagtailsnippets_gandan_bestbet:add") + "?said=xin+viec&language=vi"
    ).content.decode()
    assert 'value="xin viec"' in page


def test_a_bet_whose_page_is_deleted_goes_with_it(posting) -> None:
    bet(posting)
    posting.delete()

    assert not BestBet.objects.exists()
    assert timezone.now()
