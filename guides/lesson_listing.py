"""The index of lessons: tracks first, then troubleshooters, then lessons by level.

`?cap-do=1` keeps a level, `?muc=0.1` an item of Decision 757/QĐ-BKHCN, `?nang-luc=4` an area of DigComp 3.0; a value
nobody knows keeps everything. Three statements however many there are.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gandan.text import sort_key
from guides.models.skills import DIGCOMP_AREAS, SKILL_ITEMS
from home.translated import for_readers, language_of

LEVEL, SKILL, AREA = "cap-do", "muc", "nang-luc"


@dataclass(frozen=True)
class LessonGroup:
    heading: str
    rows: list[Any]


def lessons_context(request: HttpRequest) -> dict[str, Any]:
    lessons, choices = _lessons(request), _choices()
    asked = {name: value for name, known in choices.items() if (value := request.GET.get(name, "")) in known}
    kept = [lesson for lesson in lessons if _fits(lesson, asked)]
    grouped = groupby(kept, key=lambda page: str(page.get_level_display()))
    tabs = {name: _tabs(name, known, asked, _used(name, lessons)) for name, known in choices.items()}
    return {
        "groups": [LessonGroup(heading, list(rows)) for heading, rows in grouped],
        "tracks": [] if asked else _tracks(request),
        "troubleshooters": [] if asked else _troubleshooters(request),
        "level_tabs": tabs[LEVEL],
        "skill_tabs": tabs[SKILL],
        "area_tabs": tabs[AREA],
        "is_for_trainers": SKILL in asked or AREA in asked,
    }


def _choices() -> dict[str, dict[str, Any]]:
    levels = {str(level): label for level, label in _model("TutorialPage").Level.choices}
    return {LEVEL: levels, SKILL: dict(SKILL_ITEMS), AREA: dict(DIGCOMP_AREAS)}


def _values(name: str, lesson: Any) -> list[str]:
    return {LEVEL: [str(lesson.level)], SKILL: lesson.skills, AREA: lesson.digcomp}[name]


def _used(name: str, lessons: list[Any]) -> set[str]:
    return {value for lesson in lessons for value in _values(name, lesson)}


def _fits(lesson: Any, asked: dict[str, str]) -> bool:
    return all(value in _values(name, lesson) for name, value in asked.items())


def _tabs(name: str, known: dict[str, Any], asked: dict[str, str], used: set[str]) -> list[dict[str, Any]]:
    """Only values that keep a lesson; the other filters stay as they are."""
    others = {key: value for key, value in asked.items() if key != name}
    tabs = [{"title": _("Everything"), "url": _address(others), "count": None, "current": name not in asked}]
    for key, label in known.items():
        if key in used:
            url = _address({**others, name: key})
            tabs.append({"title": str(label), "url": url, "count": None, "current": asked.get(name) == key})
    return tabs


def _address(query: dict[str, str]) -> str:
    return "?" + urlencode(query)


def _lessons(request: HttpRequest) -> list[Any]:
    pages = _model("TutorialPage").objects.annotate(card_count=Count("cards"))
    found = sorted(for_readers(pages), key=lambda page: (page.level, -page.priority, sort_key(page.title)))
    return _marked(found, request)


def _tracks(request: HttpRequest) -> list[Any]:
    pages = _model("TrackPage").objects.annotate(
        lesson_count=Count("steps"), minute_count=Sum("steps__lesson__minutes")
    )
    return _marked(sorted(for_readers(pages), key=_order), request)


def _troubleshooters(request: HttpRequest) -> list[Any]:
    pages = _model("TroubleshooterPage").objects.all()
    return _marked(sorted(for_readers(pages), key=_order), request)


def _order(page: Any) -> tuple[Any, ...]:
    return (-page.priority, sort_key(page.title))


def _marked(pages: list[Any], request: HttpRequest) -> list[Any]:
    """With address and language: a template would look up the site anew for each page."""
    for page in pages:
        page.address = page.get_url(request) or ""
        page.other_language = language_of(page)
    return pages


def _model(name: str) -> Any:
    return apps.get_model("guides", name)
