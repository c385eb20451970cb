import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gandan.search import log, stored
from gandan.search.engine import BEST, NEWEST
from gandan.search.facets import Filters
from gandan.search.finding import Hits, find, suggest
from gandan.search.highlight import marked
from gandan.search.kinds import KINDS, Kind
from gandan.search.narrowing import Address, groups, kind_tabs
from gandan.search.questions import answering, asked_for, is_about
from gandan.search.recall import LEAST_WEIGHT
from gandan.search.registry import Hit, offered
from gandan.text import fold

A_PAGE = 10
LAST_PAGE = 20  # no more than 200 results are looked at for one query
SUGGESTED, MOST_BYTES = 7, 2048
MACHINES = re.compile(r"bot\b|crawl|spider|slurp|monitor", re.IGNORECASE)  # that say so themselves
DATED_KINDS = {"news", "posting"}


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
    """The results, best first; `?loai= viec= linh-vuc= khu-vuc= ngon-ngu= qua-mang=` narrow them, each more than once
    if need be, `?xep=moi` puts the newest first, `?dung-chu=1` searches for just what was typed."""
    address = Address.of(request.GET)
    language = get_language() or "vi"
    number = _page_number(request.GET.get("page", ""))
    hits = _part(address, language, number)
    if hits.reachable and not hits:
        number = 1
        hits = _part(address, language, number)
    typed = address.typed.strip()[:200]
    key = _counted(request, hits, address, typed) if number == 1 and not address.filters else ""
    context = {
        "typed": typed,
        "ping": f"{reverse('search:opened')}?{urlencode({'k': key})}" if key else "",
        "hits": hits,
        "understood": _understood(hits, address),
        "answer": _answer(hits, typed) if number == 1 and not address.filters else None,
        "results": _shown(hits, is_first_page=number == 1 and address.sort == BEST, language=language),
        "kinds": kind_tabs(address, hits.counts),
        "groups": groups(address, hits.facets),
        "orders": _orders(hits, address),
        "unfiltered": "?" + address.query(filters=Filters()) if address.filters else "",
        "page": Paginator(range(hits.reachable), A_PAGE).get_page(number),
        "query": address.query() + "&",
        "retry": _meant(hits, address) if not hits and address.as_typed else None,
        "ask_url": _ask_url(typed),
        "most_used": [] if hits or not typed else offered(request, timezone.now()),
    }
    return render(request, "search/page.html", context)


@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """A browser tells, by the `ping` of a link, that a result of this question was opened. No cookie, no body."""
    key, language = request.GET.get("k", "")[:200], get_language() or "vi"
    if settings.COUNTS_SEARCHES and log.may_be_counted(key, key, stored.current(language)):
        log.note(key, language, timezone.now(), log.OPENED)
    return HttpResponse(status=204)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names and addresses of at most seven results, for the box that completes what is typed; at most 2 KB."""
    found = suggest(request.GET.get("q", ""), SUGGESTED, get_language() or "vi")
    rows = [{"title": hit.title, "url": hit.url, "kind": str(KINDS[hit.kind].one)} for hit in found]
    body = _as_json(rows)
    while rows and len(body) > MOST_BYTES:
        rows.pop()
        body = _as_json(rows)
    return HttpResponse(body, content_type="application/json")


def _counted(request: HttpRequest, hits: Hits, address: Address, typed: str) -> str:
    """The key under which this search was counted; empty when it may be about somebody, or a machine asked."""
    key, language = hits.plan.key, get_language() or "vi"
    if not settings.COUNTS_SEARCHES or not typed or address.as_typed:
        return ""
    if MACHINES.search(request.headers.get("User-Agent", "")):
        return ""
    if not log.may_be_counted(key, typed, stored.current(language)):
        return ""
    log.note(key, language, timezone.now(), log.SEARCHES, *([] if hits else [log.EMPTY]))
    return key


def _as_json(rows: list[dict[str, str]]) -> bytes:
    return json.dumps({"suggestions": rows}, ensure_ascii=False).encode()


def _part(address: Address, language: str, number: int) -> Hits:
    return find(
        address.typed,
        language,
        limit=A_PAGE,
        start=(number - 1) * A_PAGE,
        filters=address.filters,
        sort=address.sort,
        as_typed=address.as_typed,
    )


def _page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 4 else 1


def _understood(hits: Hits, address: Address) -> dict[str, str] | None:
    """What was searched for where that is not what was typed, and the way back to just that."""
    text = hits.plan.understood
    if not text or (text.isascii() and fold(text) == fold(address.typed)):
        return None
    return {"text": text, "url": "?" + address.query(as_typed=True)}


def _meant(hits: Hits, address: Address) -> dict[str, str] | None:
    """The corrected text, where just what was typed found nothing."""
    text = find(address.typed, get_language() or "vi", limit=0).plan
    return (
        {"text": text.understood, "url": "?" + address.query(as_typed=False)}
        if text and text.understood
        else None
    )


def _ask_url(typed: str) -> str:
    """The form for a question, with the words carried over."""
    query = "?" + urlencode({"noi-dung": typed}) if typed else ""
    return reverse("feedback:ask") + query


def _answer(hits: Hits, typed: str) -> dict[str, Any] | None:
    """The fact of the best guide that the question asks for, when that is known."""
    best = hits[0] if hits else None
    key = asked_for(f"{typed} {hits.plan.understood or ''}")
    if best is None or not key or not is_about(best.title, hits.query.telling, typed):
        return None
    fact = answering(best.facts, key)
    return {"hit": best, "fact": fact} if fact and fact.is_known else None


def _words(hits: Hits) -> set[str]:
    """The folded words to mark: those typed that tell something, and those of the best reading."""
    reading = hits.plan.variants[0].tokens if hits.plan.variants else ()
    return {*hits.query.telling, *(token.fold for token in reading if token.weight > LEAST_WEIGHT)}


def _shown(hits: Hits, *, is_first_page: bool, language: str) -> list[Shown]:
    words = _words(hits)
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


def _orders(hits: Hits, address: Address) -> list[dict[str, Any]]:
    """Best or newest first, where there is news among the results."""
    if address.sort == BEST and not DATED_KINDS & {kind for kind, count in hits.counts.items() if count}:
        return []
    return [
        {"title": title, "url": "?" + address.query(sort=sort), "current": address.sort == sort}
        for sort, title in ((BEST, _("Best match first")), (NEWEST, _("Newest first")))
    ]
