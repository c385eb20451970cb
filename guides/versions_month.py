"""What changed in a month: guides that are new, whose facts changed, and that ended.

Three statements, however much changed: every guide in short, the days on which any changed, and the month's
changes with their words. Guides of the reader's language, and Vietnamese ones that nobody has translated.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language

from guides.models import PastVersion, ProcedurePage
from guides.versions_words import ChangeWords, in_words
from home.translated import for_readers, language_of

COLUMNS = ("title", "url_path", "path", "depth", "live", "first_published_at", "valid_to", "translation_key")
NEW_A_PAGE = 30
MONTHS_SHOWN = 12
ASKED = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z")


@dataclass(frozen=True)
class Changed:
    """`url` is empty where the guide has gone; `old_url` leads to the text of before."""

    title: str
    url: str
    day: date
    changes: list[ChangeWords] = field(default_factory=list)
    old_url: str = ""
    language: str = ""


def month_context(request: HttpRequest, today: date) -> dict[str, Any]:
    """`?thang=2026-11`; a month that cannot be read is said, and the present one shown."""
    asked = request.GET.get("thang", "")
    month = _month(asked) or today.replace(day=1)
    guides = list(for_readers(ProcedurePage.objects.only(*COLUMNS, "locale__language_code")))
    pks = [guide.pk for guide in guides]
    kept = _versions(month, request)
    new = [_new(guide, request) for guide in guides if _began(guide) and _is_in(_began(guide), month)]
    new.sort(key=lambda row: (-row.day.toordinal(), row.title))
    return {
        "month": month,
        "not_understood": bool(asked) and _month(asked) is None,
        "month_tabs": _tabs(_months(guides, pks, today), month),
        "changed": [row for row in kept if row.url],
        "ended": [
            *(row for row in kept if not row.url),
            *(_ended(guide, request) for guide in guides if _has_ended(guide, month, today)),
        ],
        "new_page": Paginator(new, NEW_A_PAGE).get_page(request.GET.get("page")),
        "list_query": f"thang={month:%Y-%m}&",
    }


def _month(asked: str) -> date | None:
    found = ASKED.match(asked)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _is_in(day: date | None, month: date) -> bool:
    return day is not None and month <= day < _next(month)


def _began(guide: ProcedurePage) -> date | None:
    return localdate(guide.first_published_at) if guide.first_published_at else None


def _has_ended(guide: ProcedurePage, month: date, today: date) -> bool:
    return guide.valid_to is not None and guide.valid_to < today and _is_in(guide.valid_to, month)


def _new(guide: ProcedurePage, request: HttpRequest) -> Changed:
    day = _began(guide)
    assert day is not None
    return Changed(guide.title, guide.get_url(request) or "", day, language=language_of(guide))


def _ended(guide: ProcedurePage, request: HttpRequest) -> Changed:
    assert guide.valid_to is not None
    return Changed(guide.title, guide.get_url(request) or "", guide.valid_to, language=language_of(guide))


def _versions(month: date, request: HttpRequest) -> list[Changed]:
    """Old versions replaced in the month, newest first; of guides that are gone only their end."""
    live = for_readers(ProcedurePage.objects.all()).values("pk")
    gone = Q(page__live=False, page__locale__language_code=get_language())
    found = PastVersion.objects.filter(replaced_on__gte=month, replaced_on__lt=_next(month))
    readable = found.filter(Q(page__in=live) | gone).select_related("page__locale")
    rows = readable.defer("sheet", "page__sheet").order_by("-replaced_on", "-pk")
    return [row for version in rows if (row := _row(version, request))]


def _row(version: PastVersion, request: HttpRequest) -> Changed | None:
    page = version.page
    if not page.live:
        title = version.shown.get("title", page.title)
        return Changed(title, "", version.replaced_on, language=language_of(page)) if version.is_end else None
    url = page.get_url(request) or ""
    return Changed(
        title=page.title,
        url=url,
        day=version.replaced_on,
        changes=in_words(version.changes),
        old_url=f"{url}ban-cu/{version.number}/",
        language=language_of(page),
    )


def _months(guides: Iterable[ProcedurePage], pks: list[int], today: date) -> list[date]:
    days = set(PastVersion.objects.filter(page__in=pks).values_list("replaced_on", flat=True).distinct())
    days |= {day for guide in guides if (day := _began(guide))}
    days |= {guide.valid_to for guide in guides if guide.valid_to and guide.valid_to < today}
    months = {day.replace(day=1) for day in days if day <= today} | {today.replace(day=1)}
    return sorted(months, reverse=True)[:MONTHS_SHOWN]


def _tabs(months: list[date], shown: date) -> list[dict[str, Any]]:
    offered = sorted({*months, shown}, reverse=True)
    return [
        {
            "title": f"{month:%m/%Y}",
            "url": f"?thang={month:%Y-%m}",
            "count": None,
            "current": month == shown,
        }
        for month in offered
    ]
