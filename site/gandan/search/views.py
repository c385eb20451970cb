from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gandan.search.finding import Hits, find, suggest
from gandan.search.highlight import marked
from gandan.search.kinds import KINDS, Kind
from gandan.search.registry import Hit

A_PAGE = 10
LAST_PAGE = 20  # no more than 200 results are looked at for one query


@dataclass(frozen=True)
class Shown:
    """A hit as the page shows it: `title` and `summary` are HTML with the words found in `<mark>`."""

    hit: Hit
    kind: Kind
    title: str
    summary: str
    is_best: bool
    other_language: str


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    kind = request.GET.get("loai", "")
    kind = kind if kind in KINDS else ""
    language = get_language() or "vi"
    number = _page_number(request.GET.get("page", ""))
    hits = _part(typed, language, kind, number)
    if hits.total and not hits:
        number = 1
        hits = _part(typed, language, kind, number)
    context = {
        "typed": typed.strip()[:200],
        "hits": hits,
        "results": _shown(hits, is_first_page=number == 1, language=language),
        "kinds": _kinds(hits, typed, kind),
        "page": Paginator(range(hits.total), A_PAGE).get_page(number),
        "query": urlencode(_asked(typed, kind)) + "&",
    }
    return render(request, "search/page.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names and addresses of at most seven results, for the box that completes what is typed."""
    found = suggest(request.GET.get("q", ""), 7, get_language() or "vi")
    rows = [{"title": hit.title, "url": hit.url, "kind": str(KINDS[hit.kind].one)} for hit in found]
    return JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})


def _part(typed: str, language: str, kind: str, number: int) -> Hits:
    kinds = [kind] if kind else None
    return find(typed, language, kinds=kinds, limit=A_PAGE, start=(number - 1) * A_PAGE)


def _page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 4 else 1


def _asked(typed: str, kind: str) -> dict[str, str]:
    return {"q": typed[:200], **({"loai": kind} if kind else {})}


def _shown(hits: Hits, *, is_first_page: bool, language: str) -> list[Shown]:
    words = hits.query.telling
    return [
        Shown(
            hit,
            KINDS[hit.kind],
            marked(hit.title, words),
            marked(hit.summary, words),
            is_best=is_first_page and place == 0,
            other_language=hit.language if hit.language not in {"", language} else "",
        )
        for place, hit in enumerate(hits)
    ]


def _kinds(hits: Hits, typed: str, chosen: str) -> list[dict[str, Any]]:
    found = [(name, kind) for name, kind in KINDS.items() if hits.counts.get(name)]
    if len(found) < 2 and not chosen:
        return []
    everything = {
        "title": _("All"),
        "url": "?" + urlencode(_asked(typed, "")),
        "count": sum(hits.counts.values()),
        "current": not chosen,
    }
    return [
        everything,
        *(
            {
                "title": kind.many,
                "url": "?" + urlencode(_asked(typed, name)),
                "count": hits.counts[name],
                "current": name == chosen,
            }
            for name, kind in found
        ),
    ]
