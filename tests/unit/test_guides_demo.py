"""The demo guides load from their files, once, complete, and without touching what exists."""

from datetime import date
from typing import Any

import pytest

from guides.demo import load
from guides.demo.sessions import load_sessions
from guides.demo.sources import read_pages
from guides.facts import five_facts
from guides.models import (
    LegalDocument,
    ProcedurePage,
    Session,
    SessionSeries,
    TrackPage,
    TroubleshooterPage,
    TutorialPage,
)
from home.models import Official
from tests.unit.guides_world import found_commune

MONDAY = date(2026, 11, 23)
MODELS: list[Any] = [
    *(ProcedurePage, TutorialPage, TrackPage, TroubleshooterPage),
    *(LegalDocument, SessionSeries, Session),
]


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def quietly(_message: str) -> None:
    return None


def test_no_step_of_a_guide_is_longer_than_25_words() -> None:
    long = [
        step["text"]
        for guide in read_pages("thu-tuc")
        for step in guide.text["step"]
        if any(len(sentence.split()) > 25 for sentence in step["text"].split(". "))
    ]
    assert long == []


def test_no_card_of_a_lesson_asks_for_more_than_25_words_of_action() -> None:
    cards = [card["action"] for lesson in read_pages("bai-hoc") for card in lesson.text.get("card", [])]
    cards += [card["ask"] for trouble in read_pages("go-roi") for card in trouble.text["card"]]
    assert [action for action in cards if len(action.split()) > 25] == []


@pytest.mark.django_db
def test_the_demo_guides_load_whole_and_a_second_time_change_nothing() -> None:
    found_commune()
    load(MONDAY, quietly)
    loaded = counts()
    guides = ProcedurePage.objects.select_related("locale")

    assert guides.filter(locale__language_code="vi").count() == 18
    assert guides.filter(locale__language_code="en").count() == 2
    assert guides.filter(locale__language_code="ar").count() == 1
    for folder, model in (("bai-hoc", TutorialPage), ("go-roi", TroubleshooterPage), ("lo-trinh", TrackPage)):
        assert model.objects.count() == len(read_pages(folder)) > 0, folder
    for track in TrackPage.objects.all():
        assert track.steps.count() > 1, track.title
    for guide in guides:
        facts = five_facts(guide.sheet, guide.locale.language_code)
        assert guide.live, guide.title
        assert guide.sheet["law"], guide.title
        assert guide.sheet["official"], guide.title
        assert [bool(fact.answer) for fact in facts] == [True] * 5, guide.title

    birth = ProcedurePage.objects.get(slug="dang-ky-khai-sinh", locale__language_code="vi")
    arabic = ProcedurePage.objects.get(slug="dang-ky-khai-sinh", locale__language_code="ar")
    assert arabic.translation_key == birth.translation_key
    assert {row.translation_key for row in arabic.papers.all()} == {
        row.translation_key for row in birth.papers.all()
    }

    birth.title = "Sửa ở đây"
    birth.save()
    load(MONDAY, quietly)
    assert counts() == loaded
    birth.refresh_from_db()
    assert birth.title == "Sửa ở đây"


@pytest.mark.django_db
def test_the_holiday_of_24_november_is_listed_as_cancelled_and_moved() -> None:
    found_commune()
    load_sessions(MONDAY, quietly)
    cancelled = Session.objects.get(date=date(2026, 11, 24))
    assert cancelled.is_cancelled
    assert cancelled.moved_to == date(2026, 11, 25)
    assert "Ngày Văn hóa Việt Nam" in cancelled.reason
    assert Session.objects.filter(date=date(2026, 11, 25), is_cancelled=False).count() == 1


@pytest.mark.django_db
def test_a_new_phone_of_an_official_stands_on_every_guide_that_names_her() -> None:
    home = found_commune()
    official = Official.objects.get(key="lan")
    for title in ("Khai sinh", "Khai tử"):
        home.add_child(instance=ProcedurePage(title=title, official=official, locale=home.locale))
    official.office_phone = "0912 345 699"
    official.save()
    named = ProcedurePage.objects.filter(official=official)
    assert named.exists()
    assert {guide.sheet["official"]["phone"] for guide in named} == {"0912 345 699"}
