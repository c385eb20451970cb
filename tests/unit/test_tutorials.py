"""Lessons: one action a card, all cards on one page, no account needed."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images import get_image_model

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
    parts = parse_screen("title: VNeID\nbutton*: Quên mật khẩu\nimage: lock | Ổ khóa.\n\nchỉ là chữ")
    assert [part["kind"] for part in parts] == ["title", "button", "image", "text"]
    assert [part["pressed"] for part in parts] == [False, True, False, False]
    assert (parts[2]["icon"], parts[2]["said"]) == ("lock", "Ổ khóa.")


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
    assert lesson.count("<script") == 1
    assert "chưa so với ứng dụng" in lesson


def test_lines_for_the_trainer_are_only_on_paper_and_in_the_view_for_trainers(
    lesson: str, client: Client
) -> None:
    paper = client.get(ADDRESS + "in/").content.decode()
    trainer = client.get(ADDRESS + "huong-dan-vien/").content.decode()
    line = (
        TutorialPage.objects.get(slug="quen-mat-khau-vneid", locale__language_code="vi").cards.first().trainer
    )
    assert line
    assert line not in lesson
    assert line in paper
    assert line in trainer
    assert "noindex" in trainer
    assert "757/QĐ-BKHCN" in trainer
    assert "DigComp 3.0" in trainer
    assert "DigComp" not in lesson


def test_reading_and_answering_sets_no_cookie_and_keeps_one_address(client: Client) -> None:
    for query in ("", "?tra-loi-1=2", "?lo-trinh=tu-bao-ve-minh"):
        answer = client.get(ADDRESS + query)
        assert not answer.cookies
        assert f'{ADDRESS}">' in answer.content.decode().split('rel="canonical"')[1][:120]


def test_answers_are_judged_with_the_reason(client: Client) -> None:
    page = client.get(ADDRESS + "?tra-loi-1=2&tra-loi-2=3").content.decode()
    assert "Đúng 1 trong 2 câu." in page
    assert "Ai có mã của bạn là vào được tài khoản của bạn." in page
    assert "Chưa đúng." in page
    assert "Đúng là: Tới quầy 4 Công an xã đổi số." in page


@pytest.mark.parametrize("typed", ["0", "4", "-1", "x", "٢", "2 ", "1" * 5000, "", "\0"])
def test_what_is_no_answer_counts_as_none(client: Client, typed: str) -> None:
    answer = client.get(ADDRESS, {"tra-loi-1": typed})
    assert answer.status_code == 200
    assert 'class="verdict' not in answer.content.decode()


def test_every_place_on_a_practice_screen_says_how_it_was(lesson: str) -> None:
    for number in re.findall(r'href="#(thu-1-\d)"', lesson):
        assert f'id="{number}"' in lesson
    assert "Chưa có mật khẩu thì chưa đăng nhập được." in lesson
    assert lesson.count('class="outcome"') == 2
    assert lesson.count('class="outcome off"') == 5


def test_a_message_is_judged_either_way_with_what_to_do(client: Client) -> None:
    page = client.get("/huong-dan/bai-hoc/thu-tai-that-gia/").content.decode()
    assert page.count("data-judge") == 5
    assert page.count("Chưa đúng: tin này giả.") == page.count("Đúng, tin này giả.") == 3
    assert page.count("Chưa đúng: tin này thật.") == page.count("Đúng, tin này thật.") == 2
    assert page.split("<main")[1].split("</main")[0].count("<form") == 1  # whether the page was useful


def test_a_card_shows_its_picture_with_words_for_those_who_cannot_see_it(client: Client) -> None:
    image = get_image_model().objects.first()
    card = TutorialPage.objects.get(slug="quen-mat-khau-vneid", locale__language_code="vi").cards.first()
    card.picture, card.picture_alt = image, "Thẻ căn cước để cạnh điện thoại"
    card.save()
    page = client.get(ADDRESS).content.decode()
    assert 'alt="Thẻ căn cước để cạnh điện thoại"' in page
    assert ".webp" in page


def test_a_lesson_read_aloud_offers_its_words_too(client: Client) -> None:
    document = Document.objects.create(title="Bài", file=ContentFile(b"ID3", name="bai.mp3"))
    TutorialPage.objects.filter(slug="quen-mat-khau-vneid").update(audio=document)
    page = client.get(ADDRESS).content.decode()
    assert f'preload="none" src="{document.url}"' in page
    assert "Các thẻ bên dưới ghi đúng những lời ấy." in page
    TutorialPage.objects.filter(slug="quen-mat-khau-vneid").update(transcript="Chào bà con.")
    assert "Chào bà con." in client.get(ADDRESS).content.decode()
