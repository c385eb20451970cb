"""The news index: by kind, by area, in pages of twenty. And a news item as one row of any list."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.models import Area
from home.sections import Row
from home.translated import for_readers, language_of, noted

if TYPE_CHECKING:
    from news.models import NewsPage

ON_A_PAGE = 20

ICONS = {"news": "slip", "notice": "loudspeaker", "posting": "paper", "dialogue": "ask", "result": "tick"}


def news_list(pages: "QuerySet[NewsPage]", request: HttpRequest, today: date) -> dict[str, Any]:
    """An unknown kind or area is as good as none; a page beyond the last is the last."""
    kinds = dict(pages.model.Kind.choices)
    areas = {area.key: area for area in Area.objects.all()}
    kind = _known(request.GET.get("loai"), kinds)
    area = _known(request.GET.get("thon"), areas)
    page = Paginator(_found(pages, kind, areas.get(area)), ON_A_PAGE).get_page(request.GET.get("page"))
    chosen = {"loai": kind, "thon": area}
    return {
        "news": page,
        "rows": [row(item, request, today) for item in page],
        "kinds": _tabs("loai", {"": _("All"), **kinds}, chosen),
        "areas": _tabs("thon", {"": _("All hamlets"), **_names(areas)}, chosen),
        "query": _query(chosen),
    }


def row(item: "NewsPage", request: HttpRequest, today: date) -> Row:
    note = f"{item.get_kind_display()} · {date_format(item.date, 'd/m/Y')}"
    if item.has_ended(today):
        note = f"{note} · {_('this has ended')}"
    return Row(
        title=item.title,
        url=item.get_url(request) or "",
        note=noted(note, item),
        icon=ICONS[item.kind],
        language=language_of(item),
    )


def _known(key: str | None, known: dict[str, Any]) -> str:
    return key if key in known else ""


def _names(areas: dict[str, Area]) -> dict[str, str]:
    return {key: area.local_name for key, area in areas.items()}


def _found(pages: "QuerySet[NewsPage]", kind: str, area: Area | None) -> "QuerySet[NewsPage]":
    """Newest first; news for no hamlet in particular is for every hamlet."""
    found = for_readers(pages).defer("body", "spoken_text").order_by("-date", "-pk")
    if kind:
        found = found.filter(kind=kind)
    if area:
        found = found.filter(Q(areas=area) | Q(areas=None)).distinct()
    return found


def _tabs(parameter: str, titles: dict[str, Any], chosen: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "url": f"./?{_query({**chosen, parameter: key})}".rstrip("?&"),
            "current": chosen[parameter] == key,
        }
        for key, title in titles.items()
    ]


def _query(chosen: dict[str, str]) -> str:
    """What stands before "page=" in the address: empty, or ending in "&"."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{query}&" if query else ""
