"""The index pages: procedures from A to Z, by field or for a life event; lessons by level.

However many guides there are, one statement finds and orders them and one fetches the rows of the page shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gandan.text import sort_key, vietnamese_initial
from guides.facts import Fact, five_facts
from guides.models.choices import LIFE_EVENTS
from home.translated import for_readers, language_of

ROWS_A_PAGE = 30
BY_FIELD = "linh-vuc"


@dataclass(frozen=True)
class GuideRow:
    """`language` is set where the guide is not in the reader's language."""

    page: Any
    url: str
    facts: list[Fact]
    language: str


@dataclass(frozen=True)
class Group:
    heading: str
    rows: list[Any]


def index_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    if page.lists == page.Lists.PROCEDURES:
        return _procedures(request)
    if page.lists == page.Lists.LESSONS:
        return {"groups": _lessons()}
    return {"sections": page.get_children().live().specific()}


def _procedures(request: HttpRequest) -> dict[str, Any]:
    """`?viec=birth` keeps one life event, `?xep=linh-vuc` groups by field, `?page=2` goes on."""
    asked, by_field = request.GET.get("viec", ""), request.GET.get("xep") == BY_FIELD
    known = _known_procedures()
    events = Counter(event for guide in known for event in guide["life_events"])
    kept = (
        [guide for guide in known if asked in guide["life_events"]] if asked in dict(LIFE_EVENTS) else known
    )
    kept.sort(key=lambda guide: (sort_key(guide["field"]) if by_field else (), sort_key(guide["title"])))
    shown = Paginator(kept, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "groups": _grouped(shown, _field if by_field else _letter, request),
        "list_page": shown,
        "list_query": _query(asked, by_field),
        "total": len(known),
        "event": str(dict(LIFE_EVENTS).get(asked, "")),
        "event_tabs": _event_tabs(events, asked),
        "order_tabs": _order_tabs(asked, by_field),
    }


def _known_procedures() -> list[dict[str, Any]]:
    pages = apps.get_model("guides", "ProcedurePage").objects.all()
    return list(for_readers(pages).values("pk", "title", "field", "life_events"))


def _grouped(
    shown: PaginatorPage, heading: Callable[[dict[str, Any]], str], request: HttpRequest
) -> list[Group]:
    rows = {row.page.pk: row for row in _rows((guide["pk"] for guide in shown), request)}
    return [
        Group(name, [rows[guide["pk"]] for guide in guides if guide["pk"] in rows])
        for name, guides in groupby(shown, key=heading)
    ]


def _rows(pks: Iterable[int], request: HttpRequest) -> list[GuideRow]:
    pages = apps.get_model("guides", "ProcedurePage").objects.filter(pk__in=list(pks))
    return [
        GuideRow(
            page=page,
            url=page.get_url(request) or "",
            facts=five_facts(page.sheet, page.locale.language_code),
            language=language_of(page),
        )
        for page in pages.select_related("locale")
    ]


def _letter(guide: dict[str, Any]) -> str:
    return vietnamese_initial(guide["title"])


def _field(guide: dict[str, Any]) -> str:
    return guide["field"] or _("Other")


def _query(asked: str, by_field: bool) -> str:
    kept = [("viec", asked), ("xep", BY_FIELD if by_field else "")]
    return "".join(f"{name}={value}&" for name, value in kept if value and value.replace("-", "").isalnum())


def _event_tabs(events: Counter[str], asked: str) -> list[dict[str, Any]]:
    """Only life events that lead somewhere."""
    tabs: list[dict[str, Any]] = [
        {"title": _("Everything"), "url": "?", "count": None, "current": asked not in dict(LIFE_EVENTS)}
    ]
    for key, label in LIFE_EVENTS:
        if events[key]:
            tabs.append(
                {"title": label, "url": f"?viec={key}", "count": events[key], "current": asked == key}
            )
    return tabs


def _order_tabs(asked: str, by_field: bool) -> list[dict[str, Any]]:
    event = _query(asked, by_field=False)
    return [
        {"title": _("A to Z"), "url": f"?{event}".rstrip("&"), "count": None, "current": not by_field},
        {"title": _("By field"), "url": f"?{event}xep={BY_FIELD}", "count": None, "current": by_field},
    ]


def _lessons() -> list[Group]:
    pages = apps.get_model("guides", "TutorialPage").objects.annotate(card_count=Count("cards"))
    lessons = sorted(for_readers(pages), key=lambda page: (page.level, -page.priority, sort_key(page.title)))
    for lesson in lessons:
        lesson.other_language = language_of(lesson)
    return [
        Group(heading, list(rows))
        for heading, rows in groupby(lessons, key=lambda page: str(page.get_level_display()))
    ]
