"""What an editor may put where: the tree that addresses, menus and lists rely on cannot be broken in the admin."""

import pytest
from wagtail.models import Page

from guides.models import (
    GuidesIndexPage,
    ProcedurePage,
    SessionsPage,
    TrackPage,
    TroubleshooterPage,
    TutorialPage,
)
from home.models import HomePage, InfoPage
from news.models import NewsIndexPage, NewsPage
from tests.unit.guides_world import found_commune

pytestmark = pytest.mark.django_db
OURS = {
    HomePage,
    InfoPage,
    GuidesIndexPage,
    ProcedurePage,
    TutorialPage,
    TrackPage,
    TroubleshooterPage,
    SessionsPage,
    NewsIndexPage,
    NewsPage,
}


@pytest.fixture(autouse=True)
def commune() -> HomePage:
    return found_commune()


def page(path: str) -> Page:
    return Page.objects.get(url_path=f"/vi/{path}")


def offered_below(parent: Page) -> set[type[Page]]:
    return {model for model in OURS if model.can_create_at(parent)}


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("", {InfoPage}),
        ("huong-dan/", set()),
        ("huong-dan/thu-tuc/", {ProcedurePage}),
        ("huong-dan/bai-hoc/", {TutorialPage, TrackPage, TroubleshooterPage}),
        ("buoi-ho-tro/", set()),
        ("tin-tuc/", {NewsPage}),
    ],
)
def test_an_editor_is_offered_only_what_belongs_below_a_page(path: str, offered: set[type[Page]]) -> None:
    assert offered_below(page(path)) == offered


def test_nobody_makes_a_second_home_page_for_a_language() -> None:
    assert offered_below(Page.get_first_root_node()) == set()


def test_a_section_that_was_deleted_may_be_made_again() -> None:
    page("huong-dan/bai-hoc/").delete()
    page("tin-tuc/").delete()
    assert offered_below(page("huong-dan/")) == {GuidesIndexPage}
    assert offered_below(page("")) == {InfoPage, NewsIndexPage}


def test_a_guide_cannot_be_moved_among_the_lessons() -> None:
    guide = page("huong-dan/thu-tuc/").add_child(instance=ProcedurePage(title="Đăng ký kết hôn"))
    assert not guide.can_move_to(page("huong-dan/bai-hoc/"))
    assert not guide.can_move_to(page("tin-tuc/"))
