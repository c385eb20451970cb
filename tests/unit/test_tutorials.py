"""Lessons: one action a card, all cards on one page, no account needed."""

import pytest
from django.test import Client

from guides.lessons import with_key
from guides.models import TutorialPage
from guides.screens import parse_screen
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
ADDRESS = "/huong-dan/bai-hoc/quen-mat-khau-vneid/"


@pytest.mark.parametrize(
    ("action", "button", "shown"),
    [
        ("Bấm Gửi, rồi chờ.", "Gửi", 'Bấm <q lang="vi">Gửi</q>, rồi chờ.'),
        ("Bấm “Gửi” rồi chờ.", "Gửi", 'Bấm <q lang="vi">Gửi</q> rồi chờ.'),
        ("Bấm nút xanh.", "Gửi", 'Bấm nút xanh. <q lang="vi">Gửi</q>'),
        ("Cầm máy lên.", "", "Cầm máy lên."),
        ("Gõ <b>.", "", "Gõ &lt;b&gt;."),
    ],
)
def test_the_words_of_the_button_stand_out_in_the_sentence(action: str, button: str, shown: str) -> None:
    assert with_key(action, button) == shown


def test_a_drawn_screen_is_read_line_by_line() -> None:
    parts = parse_screen("title: VNeID\nbutton*: Quên mật khẩu\nimage: lock\n\nchỉ là chữ")
    assert [part["kind"] for part in parts] == ["title", "button", "image", "text"]
    assert [part["pressed"] for part in parts] == [False, True, False, False]
    assert parts[2]["icon"] == "lock"


@pytest.fixture
def lesson(client: Client) -> str:
    return client.get(ADDRESS).content.decode()


def test_every_card_stands_on_the_page_with_a_way_back_and_on(lesson: str) -> None:
    cards = TutorialPage.objects.get(slug="quen-mat-khau-vneid", locale__language_code="vi").cards.count()
    for number in range(1, cards + 1):
        assert f'id="the-{number}"' in lesson
    assert 'href="#the-1"' in lesson
    assert f'href="#the-{cards}"' in lesson
    assert f'href="#the-{cards + 1}"' not in lesson


def test_the_rule_about_codes_and_the_honest_word_about_buttons_are_on_the_page(lesson: str) -> None:
    assert "OTP" in lesson
    assert 'href="in/"' in lesson
    assert "<script" not in lesson
    assert "<details" in lesson


def test_lines_for_the_trainer_are_only_on_paper(lesson: str, client: Client) -> None:
    paper = client.get(ADDRESS + "in/").content.decode()
    line = (
        TutorialPage.objects.get(slug="quen-mat-khau-vneid", locale__language_code="vi").cards.first().trainer
    )
    assert line
    assert line not in lesson
    assert line in paper


def test_reading_a_lesson_sets_no_cookie(lesson: str, client: Client) -> None:
    assert not client.get(ADDRESS).cookies
