"""Tracks, `lo-trinh/<slug>.toml`; a translation beside it, `<slug>.en.toml`, holds words only.

key = "nam-viec-dau-tien"            # the slug
title, summary
goal = "…"                           # what one can do after the last lesson
priority = 3
also_called = ["học từ đầu"]
checked_on, checked_by, check_again_on, source_name, source_url, source_date

[[lesson]]                           # in the order to learn them; a lesson the commune has not got is left out
slug = "nhan-ra-lua-dao"
note = "…"                           # why it comes here
"""

from typing import Any
from uuid import uuid4

from gandan.demo import Tell
from gandan.publishing import publish_new
from guides.demo.lessons import CHECKING, missing_pages
from guides.demo.publishing import index_page
from guides.demo.sources import Source, Written
from guides.models import TrackPage, TrackStep, TutorialPage
from home.models import Official

SAME = ("title", "summary", "goal", "priority", *CHECKING)


def load_tracks(tell: Tell) -> None:
    for track in missing_pages("lo-trinh", TrackPage, "tracks", tell):
        _load(track)


def _load(track: Written) -> None:
    parent = index_page(track.language, "bai-hoc")
    if parent is None:
        return
    original = TrackPage.objects.filter(locale__language_code="vi", slug=track.key).first()
    page = TrackPage(slug=track.key, locale=parent.locale, **_fields(track.text))
    if original and track.language != "vi":
        page.translation_key = original.translation_key
    page.steps = _steps(track.text.get("lesson", []), parent.locale_id, original)
    publish_new(parent, page)


def _fields(text: Source) -> dict[str, Any]:
    return {
        **{name: text[name] for name in SAME if name in text},
        "also_called": "\n".join(text.get("also_called", [])),
        "checked_by": Official.objects.filter(key=text.get("checked_by")).first(),
    }


def _steps(rows: list[Source], locale_id: int, original: TrackPage | None) -> list[TrackStep]:
    slugs = [row["slug"] for row in rows]
    lessons = TutorialPage.objects.filter(locale__language_code="vi", slug__in=slugs)
    by_slug = {lesson.slug: lesson for lesson in lessons}
    keys = {step.key: step.translation_key for step in original.steps.all()} if original else {}
    return [
        TrackStep(
            key=row["key"],
            lesson=by_slug[row["slug"]],
            note=row.get("note", ""),
            locale_id=locale_id,
            translation_key=keys.get(row["key"], uuid4()),
        )
        for row in rows
        if row["slug"] in by_slug
    ]
