"""The desk's lists: my cases by urgency, all of them, search, and how much lies with whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.access import Reader
from feedback.desk_list import LISTED, UNFINISHED, Clock, by_urgency, group_counts, grouped
from feedback.desk_load import loads
from feedback.desk_search import IN_WORDS, SHOWN, find
from feedback.forms import typed
from feedback.models import State
from feedback.models.cases import CaseQuerySet
from feedback.views.desk.guard import for_overseers, for_staff
from home.models import Official

MINE, ALL, HELD, FINISHED = "", "tat-ca", "xem-lai", "da-tra-loi"
TABS = {MINE: _("Mine"), ALL: _("All open"), HELD: _("To check"), FINISHED: _("Answered")}
RELATED = ("topic", "area", "unit", "official")
LONGEST_QUERY = 200  # characters


@require_safe
@for_staff
def cases(request: HttpRequest, reader: Reader) -> HttpResponse:
    now, lists = timezone.now(), _lists(reader)
    tab = request.GET.get("xem", "")
    tab = tab if tab in lists else next(iter(lists))
    person = _person(request, reader) if tab == ALL else None
    counts = _counts(reader, lists, lists[tab], now)
    chosen = reader.cases().filter(lists[tab])
    total = counts[_name(lists, tab)]
    if person is not None:
        chosen = chosen.filter(official=person)
        total = chosen.count()
        counts = {}
    page = _page(
        request, chosen.order_by("-answered_at", "-pk") if tab == FINISHED else by_urgency(chosen), total
    )
    context = {
        "tabs": _tabs(lists, counts, tab),
        "groups": grouped(page.object_list, now, counts) if tab != FINISHED else [],
        "finished": [Clock(now).row(case) for case in page.object_list] if tab == FINISHED else [],
        "shows_official": reader.sees_all and tab != MINE,
        "person": person,
        "page": page,
        "query": request.GET.urlencode() and _without_page(request),
        "now": now,
        "reader": reader,
    }
    return render(request, "feedback/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def search(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What is looked for may be a person's words: it is posted, and stands in no address."""
    asked = typed(request.POST, ("q",)).get("q", "").strip()[:LONGEST_QUERY]
    clock = Clock(timezone.now())
    found = [clock.row(case) for case in find(reader, asked)] if asked else []
    context = {
        "asked": asked,
        "rows": found,
        "shows_official": reader.sees_all,
        "in_words": IN_WORDS,
        "is_cut": len(found) == SHOWN,
        "shown": SHOWN,
    }
    return render(request, "feedback/desk_search.html", context)


@require_safe
@for_overseers
def load(request: HttpRequest, reader: Reader) -> HttpResponse:
    return render(request, "feedback/desk_load.html", {"loads": loads(reader, timezone.now())})


class CountedPaginator(Paginator):
    """Knows the number of rows already."""

    def __init__(self, rows: CaseQuerySet, total: int) -> None:
        super().__init__(rows, LISTED)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


def _page(request: HttpRequest, rows: CaseQuerySet, total: int) -> Any:
    related = rows.select_related(*RELATED).prefetch_related("forwardings")
    return CountedPaginator(related, total).get_page(request.GET.get("page"))


def _without_page(request: HttpRequest) -> str:
    """What stands before page= in the links to other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode() + "&" if kept else ""


def _person(request: HttpRequest, reader: Reader) -> Official | None:
    key = request.GET.get("nguoi", "")
    return Official.objects.filter(key=key).first() if key else None


def _lists(reader: Reader) -> dict[str, Q]:
    """The lists this person has, the one to begin with first."""
    lists: dict[str, Q] = {}
    if reader.official is not None:
        lists[MINE] = UNFINISHED & Q(official=reader.official)
    if reader.sees_all:
        lists |= {ALL: UNFINISHED, HELD: UNFINISHED & ~Q(held_for="")}
    return lists | {FINISHED: Q(state__in=[State.ANSWERED, State.REFUSED])}


def _name(lists: Mapping[str, Q], tab: str) -> str:
    return f"tab_{list(lists).index(tab)}"


def _counts(reader: Reader, lists: Mapping[str, Q], shown: Q, now: datetime) -> dict[str, int]:
    """Of every tab, and of every group of the one that is shown, in one statement."""
    numbers = {_name(lists, tab): Count("pk", filter=which) for tab, which in lists.items()}
    return reader.cases().aggregate(**numbers, **group_counts(now, shown))


def _tabs(lists: Mapping[str, Q], counts: Mapping[str, int], current: str) -> list[dict[str, Any]]:
    return [
        {
            "title": TABS[tab],
            "url": f"?xem={tab}" if tab else "?",
            "count": counts.get(_name(lists, tab)),
            "current": tab == current,
        }
        for tab in lists
    ]
