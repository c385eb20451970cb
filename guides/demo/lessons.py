from typing import Any

from gandan.demo import Tell
from gandan.publishing import publish_new
from guides.demo.publishing import index_page, make_rows
from guides.demo.sources import Source, Written, read_pages
from guides.models import Card, Check, ProcedurePage, TutorialPage
from home.models import Official

SAME = ("title", "summary", "level", "minutes", "scam_rule", "life_events", "framework", "priority")
CHECKING = ("checked_on", "check_again_on", "source_name", "source_url", "source_date")


def load_lessons(tell: Tell) -> None:
    existing = set(TutorialPage.objects.values_list("locale__language_code", "slug"))
    missing = [lesson for lesson in read_pages("bai-hoc") if (lesson.language, lesson.key) not in existing]
    if missing:
        tell(f"writing {len(missing)} lessons")
    for lesson in missing:
        _load(lesson)


def _load(lesson: Written) -> None:
    parent = index_page(lesson.language, "bai-hoc")
    if parent is None:
        return
    original = TutorialPage.objects.filter(locale__language_code="vi", slug=lesson.key).first()
    page = TutorialPage(slug=lesson.key, locale=parent.locale, **_fields(lesson.text))
    if original and lesson.language != "vi":
        page.translation_key = original.translation_key
    cards, checks = lesson.text.get("card", []), [_check(row) for row in lesson.text.get("check", [])]
    page.cards = make_rows(Card, cards, parent.locale_id, original, "cards")
    page.checks = make_rows(Check, checks, parent.locale_id, original, "checks")
    related = ProcedurePage.objects.filter(
        locale_id=parent.locale_id, slug__in=lesson.text.get("related", [])
    )
    page.related = list(related)
    publish_new(parent, page)


def _fields(text: Source) -> dict[str, Any]:
    return {
        **{name: text[name] for name in (*SAME, *CHECKING) if name in text},
        "app_name": text.get("app", ""),
        "app_version": text.get("app_version", ""),
        "is_verified": text.get("verified", False),
        "also_called": "\n".join(text.get("also_called", [])),
        "checked_by": Official.objects.filter(key=text.get("checked_by")).first(),
    }


def _check(row: Source) -> Source:
    return {**row, "answers": "\n".join(row["answers"])}
