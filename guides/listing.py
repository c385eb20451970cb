"""The index pages: procedures from A to Z, by field or most used, for a life event or an audience; lessons by level.

However many guides there are, one statement finds and orders them and one fetches the rows of the page shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gandan.text import sort_key, vietnamese_initial
from guides.facts import Fact, five_facts
from guides.lesson_listing import lessons_context
from guides.models.choices import AUDIENCES, LIFE_EVENTS
from home.translated import for_readers, language_of

ROWS_A_PAGE = 30
COLUMNS = ("pk", "title", "field", "life_events", "audience", "priority", "useful_count")
BY_FIELD, BY_USE = "linh-vuc", "hay-dung"


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
        return lessons_context(request)
    return {"sections": page.get_children().live().specific()}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown asks for nothing."""

    event: str
    audience: str
    order: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        def known(name: str, values: Iterable[str]) -> str:
            given = request.GET.get(name, "")
            return given if given in values else ""

        return cls(
            event=known("viec", dict(LIFE_EVENTS)),
            audience=known("cho", dict(AUDIENCES)),
            order=known("xep", (BY_FIELD, BY_USE)),
        )

    def query(self, **other: str) -> str:
        """The address that keeps the rest, "?viec=birth&xep=linh-vuc"; "?" for everything from A to Z."""
        wanted = replace(self, **other)
        pairs = {"viec": wanted.event, "cho": wanted.audience, "xep": wanted.order}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})

    def keeps(self, guide: dict[str, Any]) -> bool:
        return (not self.event or self.event in guide["life_events"]) and (
            not self.audience or self.audience in guide["audience"]
        )


def _procedures(request: HttpRequest) -> dict[str, Any]:
    """`?viec=birth` keeps one life event, `?cho=foreigner` one audience, `?xep=` orders, `?page=2` goes on."""
    asked = Asked.of(request)
    known = _known_procedures()
    kept = sorted(filter(asked.keeps, known), key=_order(asked))
    shown = Paginator(kept, ROWS_A_PAGE).get_page(request.GET.get("page"))
    query = asked.query().removeprefix("?")
    return {
        "groups": _grouped(shown, _heading(asked), request),
        "list_page": shown,
        "list_query": f"{query}&" if query else "",
        "total": len(known),
        "event": str(dict(LIFE_EVENTS).get(asked.event, "")),
        "event_tabs": _event_tabs(known, asked),
        "audience_tabs": _audience_tabs(known, asked),
        "order_tabs": _order_tabs(asked),
    }


def _order(asked: Asked) -> Callable[[dict[str, Any]], Any]:
    if asked.order == BY_FIELD:
        return lambda guide: (sort_key(guide["field"]), sort_key(guide["title"]))
    if asked.order == BY_USE:
        return lambda guide: (-guide["priority"], -guide["useful_count"], sort_key(guide["title"]))
    return lambda guide: sort_key(guide["title"])


def _heading(asked: Asked) -> Callable[[dict[str, Any]], str]:
    if asked.order == BY_FIELD:
        return _field
    return (lambda guide: _("Most used first")) if asked.order == BY_USE else _letter


def _known_procedures() -> list[dict[str, Any]]:
    pages = apps.get_model("guides", "ProcedurePage").objects.all()
    return list(for_readers(pages).values(*COLUMNS))


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
    return guide_rows(pages.select_related("locale"), request)


def guide_rows(pages: Iterable[Any], request: HttpRequest) -> list[GuideRow]:
    """Each with its five facts; the pages come with their locales."""
    return [
        GuideRow(
            page=page,
            url=page.get_url(request) or "",
            facts=five_facts(page.sheet, page.locale.language_code),
            language=language_of(page),
        )
        for page in pages
    ]


def _letter(guide: dict[str, Any]) -> str:
    return vietnamese_initial(guide["title"])


def _field(guide: dict[str, Any]) -> str:
    return guide["field"] or _("Other")


def _event_tabs(known: list[dict[str, Any]], asked: Asked) -> list[dict[str, Any]]:
    """Only life events that lead somewhere."""
    counts = Counter(event for guide in known for event in guide["life_events"])
    kinds = [(key, label) for key, label in LIFE_EVENTS if counts[key]]
    return [
        _tab(_("Everything"), asked.query(event=""), not asked.event),
        *(_tab(label, asked.query(event=key), asked.event == key, counts[key]) for key, label in kinds),
    ]


def _audience_tabs(known: list[dict[str, Any]], asked: Asked) -> list[dict[str, Any]]:
    """None where every guide is for the same people."""
    counts = Counter(audience for guide in known for audience in guide["audience"])
    kinds = [(key, label) for key, label in AUDIENCES if counts[key]]
    if len(kinds) < 2:
        return []
    return [
        _tab(_("Everybody"), asked.query(audience=""), not asked.audience),
        *(_tab(label, asked.query(audience=key), asked.audience == key, counts[key]) for key, label in kinds),
    ]


def _order_tabs(asked: Asked) -> list[dict[str, Any]]:
    orders = {"": _("A to Z"), BY_FIELD: _("By field"), BY_USE: _("Most used")}
    return [_tab(title, asked.query(order=order), asked.order == order) for order, title in orders.items()]


def _tab(title: Any, url: str, current: bool, count: int | None = None) -> dict[str, Any]:
    return {"title": title, "url": url, "count": count, "current": current}
