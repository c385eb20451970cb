"""The lessons of a track as a reader of one language gets them, and where a lesson stands in a track.

A lesson without a live translation is shown in Vietnamese and marked; one that is not live in either is left out.
However many lessons there are, one statement brings the rows and one the lessons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from home.translated import for_readers, language_of

PARAMETER = "lo-trinh"


@dataclass(frozen=True)
class Stop:
    """A lesson of a track; `language` is set where it is not the reader's, `mark` names it on the reader's device."""

    number: int
    title: str
    url: str
    language: str
    level: str
    minutes: int | None
    note: str
    mark: str
    is_overdue: bool


@dataclass(frozen=True)
class Place:
    """A lesson reached through a track: its neighbours are None at the ends."""

    track_title: str
    track_url: str
    track_slug: str
    number: int
    total: int
    back: Stop | None
    onward: Stop | None


def track_context(track: Any, request: HttpRequest, today: date) -> dict[str, Any]:
    stops = stops_of(track, request, today)
    levels = list(dict.fromkeys(stop.level for stop in stops))
    return {
        "stops": stops,
        "minutes": sum(stop.minutes or 0 for stop in stops),
        "levels": levels,
        "is_overdue": track.is_check_overdue(today),
    }


def stops_of(track: Any, request: HttpRequest, today: date) -> list[Stop]:
    steps = list(track.steps.all())
    lessons = _for_reader(step.lesson_id for step in steps)
    shown = [(step, lessons[step.lesson_id]) for step in steps if step.lesson_id in lessons]
    return [
        Stop(
            number=number,
            title=lesson.title,
            url=f"{lesson.get_url(request) or ''}?{PARAMETER}={track.slug}",
            language=language_of(lesson),
            level=str(lesson.get_level_display()),
            minutes=lesson.minutes,
            note=step.note,
            mark=lesson.slug,
            is_overdue=lesson.is_check_overdue(today),
        )
        for number, (step, lesson) in enumerate(shown, start=1)
    ]


def _for_reader(pks: Iterable[int]) -> dict[int, Any]:
    """The page to show for each lesson that a row names; lessons live in no language of this reader are missing."""
    wanted = set(pks)
    lessons = apps.get_model("guides", "TutorialPage").objects
    keys = lessons.filter(pk__in=wanted).values("translation_key")
    family = list(lessons.filter(translation_key__in=keys).select_related("locale"))
    own, fallback = get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
    shown: dict[Any, Any] = {}
    for language in (fallback, own):
        shown |= {
            page.translation_key: page
            for page in family
            if page.live and page.locale.language_code == language
        }
    return {
        page.pk: shown[page.translation_key]
        for page in family
        if page.pk in wanted and page.translation_key in shown
    }


def place_of(lesson: Any, request: HttpRequest, today: date) -> Place | None:
    """Where the lesson stands in the track its address names (`?lo-trinh=`); None for a track that does not hold it."""
    slug = request.GET.get(PARAMETER, "")
    if not slug or "\0" in slug:
        return None
    tracks = for_readers(apps.get_model("guides", "TrackPage").objects.filter(slug=slug))
    track = min(tracks, key=lambda found: bool(language_of(found)), default=None)
    if track is None:
        return None
    stops = stops_of(track, request, today)
    here = next((at for at, stop in enumerate(stops) if stop.mark == lesson.slug), None)
    if here is None:
        return None
    return Place(
        track_title=track.title,
        track_url=track.get_url(request) or "",
        track_slug=track.slug,
        number=here + 1,
        total=len(stops),
        back=stops[here - 1] if here else None,
        onward=stops[here + 1] if here + 1 < len(stops) else None,
    )
