"""Tracks: lessons in the order to learn them, in the reader's language where there is one."""

import pytest
from django.test import Client

from guides.models import TrackPage, TrackStep, TutorialPage
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
LESSONS = "/huong-dan/bai-hoc/"
TRACK = LESSONS + "tu-bao-ve-minh/"
FIRST, SECOND, LAST = "nhan-ra-lua-dao", "thu-tai-that-gia", "nop-phi-qua-mang-an-toan"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_a_track_lists_its_lessons_in_order_with_the_minutes_together(client: Client) -> None:
    text = page(client, TRACK)
    slugs = [FIRST, SECOND, "quen-mat-khau-vneid", LAST]
    places = [text.index(f"{LESSONS}{slug}/?lo-trinh=tu-bao-ve-minh") for slug in slugs]
    assert places == sorted(places)
    assert "45 phút" in text
    assert "Nhận ra tin lừa" in text


def test_a_lesson_without_a_translation_is_shown_in_vietnamese_and_marked(client: Client) -> None:
    text = page(client, "/en" + TRACK)
    assert f'href="/en{LESSONS}{SECOND}/' in text
    assert f'href="{LESSONS}{FIRST}/?lo-trinh=tu-bao-ve-minh" lang="vi"' in text
    assert "in Vietnamese" in text


def test_a_lesson_that_is_no_longer_live_is_left_out(client: Client) -> None:
    TutorialPage.objects.filter(slug=SECOND).update(live=False)
    assert f"{LESSONS}{SECOND}/" not in page(client, TRACK)


def test_a_lesson_reached_through_a_track_leads_to_its_neighbours(client: Client) -> None:
    text = page(client, f"{LESSONS}{SECOND}/?lo-trinh=tu-bao-ve-minh")
    assert "Bài 2 trong 4" in text
    assert f"{LESSONS}{FIRST}/?lo-trinh=" in text
    assert f"{LESSONS}quen-mat-khau-vneid/?lo-trinh=" in text
    assert "Đây là bài cuối" in page(client, f"{LESSONS}{LAST}/?lo-trinh=tu-bao-ve-minh")


def test_answering_the_questions_keeps_the_track(client: Client) -> None:
    text = page(client, f"{LESSONS}{FIRST}/?lo-trinh=tu-bao-ve-minh&tra-loi-1=2")
    assert '<input type="hidden" name="lo-trinh" value="tu-bao-ve-minh">' in text
    assert "Bài 1 trong 4" in text


@pytest.mark.parametrize("slug", ["khong-co", "quen-mat-khau-vneid", "", "\0", "a" * 5000, "<b>"])
def test_a_track_that_does_not_hold_the_lesson_is_not_spoken_of(client: Client, slug: str) -> None:
    answer = client.get(f"{LESSONS}vneid-muc-2/", {"lo-trinh": slug or "tu-bao-ve-minh"})
    assert answer.status_code == 200
    assert "lộ trình" not in answer.content.decode()


def test_the_index_shows_tracks_first_and_only_lessons_where_it_is_filtered(client: Client) -> None:
    text = page(client, LESSONS)
    assert text.index(TRACK) < text.index("vneid-khong-vao-duoc") < text.index(f"{LESSONS}{FIRST}/")
    filtered = page(client, LESSONS + "?muc=payment")
    assert TRACK not in filtered
    assert f"{LESSONS}{LAST}/" in filtered
    assert f"{LESSONS}{FIRST}/" not in filtered
    assert '<details class="filter" open>' in filtered


@pytest.mark.parametrize(
    ("query", "kept", "left_out"),
    [
        ("cap-do=0", FIRST, LAST),
        ("nang-luc=1", FIRST, LAST),
        ("muc=safety&cap-do=2", LAST, FIRST),
        ("muc=khong-co&cap-do=99", LAST, ""),
        ("cap-do=%00&muc=%F0%9F%98%80", LAST, ""),
    ],
)
def test_lessons_are_filtered_by_level_item_and_area(
    client: Client, query: str, kept: str, left_out: str
) -> None:
    text = page(client, f"{LESSONS}?{query}")
    assert f"{LESSONS}{kept}/" in text
    assert not left_out or f"{LESSONS}{left_out}/" not in text


def test_a_lesson_that_is_deleted_leaves_its_tracks(client: Client) -> None:
    before = TrackStep.objects.filter(page__slug="tu-bao-ve-minh", page__locale__language_code="vi").count()
    TutorialPage.objects.get(slug=SECOND, locale__language_code="vi").delete()
    assert (
        TrackPage.objects.get(slug="tu-bao-ve-minh", locale__language_code="vi").steps.count() == before - 1
    )
    page(client, TRACK)
