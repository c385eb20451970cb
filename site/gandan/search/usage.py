"""What the counts of searches tell editors: how many find something, and which questions find nothing or help nobody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum

from gandan.models import SearchLog

LISTED = 30
NEVER_OPENED_FROM = 5  # searches with results of which none was opened


@dataclass(frozen=True)
class Week:
    """Seven days from `begin` on. The shares are per cent, None where nothing was searched for."""

    begin: date
    searches: int
    empty: int
    opened: int

    @property
    def end(self) -> date:
        return self.begin + timedelta(days=6)

    @property
    def empty_share(self) -> int | None:
        return round(100 * self.empty / self.searches) if self.searches else None

    @property
    def opened_share(self) -> int | None:
        """Searches of which a result was opened; one that opened two counts twice, but never for more than all."""
        return min(round(100 * self.opened / self.searches), 100) if self.searches else None


@dataclass(frozen=True)
class Question:
    key: str
    language: str
    searches: int
    empty: int
    opened: int


def week(begin: date) -> Week:
    return _sum(SearchLog.objects.filter(day__gte=begin, day__lt=begin + timedelta(days=7)), begin)


def weeks(monday: date, number: int = 8) -> list[Week]:
    """The running week and those before it, the newest first."""
    return [week(monday - timedelta(weeks=back)) for back in range(number)]


def without_result(since: date) -> list[Question]:
    """Questions that found nothing, the most frequent first."""
    return _questions(_totals(since).filter(lost__gt=0).order_by("-lost", "key"))


def never_opened(since: date) -> list[Question]:
    """Questions that found something, none of which was opened."""
    rows = _totals(since).filter(asked__gte=NEVER_OPENED_FROM, taken=0, lost__lt=F("asked"))
    return _questions(rows.order_by("-asked", "key"))


def share_around(key: str, language: str, day: date, span: int = 28) -> tuple[Week, Week]:
    """The question in the days before and from that day on: what an entry or a best bet of that day changed."""
    rows = SearchLog.objects.filter(key=key, language=language)
    return (
        _sum(rows.filter(day__gte=day - timedelta(days=span), day__lt=day), day - timedelta(days=span)),
        _sum(rows.filter(day__gte=day, day__lt=day + timedelta(days=span)), day),
    )


def _sum(rows: QuerySet[SearchLog], begin: date) -> Week:
    total = rows.aggregate(searches=Sum("searches"), empty=Sum("empty"), opened=Sum("opened"))
    return Week(begin, *(total[name] or 0 for name in ("searches", "empty", "opened")))


def _totals(since: date) -> QuerySet[Any, Any]:
    rows = SearchLog.objects.filter(day__gte=since).order_by().values("key", "language")
    return rows.annotate(asked=Sum("searches"), lost=Sum("empty"), taken=Sum("opened"))


def _questions(rows: QuerySet[Any, Any]) -> list[Question]:
    columns = rows.values_list("key", "language", "asked", "lost", "taken")
    return [Question(*row) for row in columns[:LISTED]]
