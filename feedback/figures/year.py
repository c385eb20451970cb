"""One year of cases as it is published: the same numbers for page, CSV and JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feedback.figures.counting import Tally, by_key, conduct_remarks, rows_of, total
from feedback.figures.grouping import Group, joined_months, separated
from feedback.models import Topic
from gandan.small_numbers import LEAST, may_be_published
from home.models import Area

COLUMNS: Sequence[tuple[str, LazyText, LazyText]] = [
    ("received", _("Received"), _("Cases whose first working hour lies in this time.")),
    ("on_time", _("On time"), _("Answered, or refused with a reason, before the promised hour.")),
    ("late", _("Answered late"), _("Answered after the promised hour.")),
    ("open_late", _("Open and late"), _("Not answered yet although the promised hour has passed.")),
    ("open", _("Open, in time"), _("Not answered yet, and the promised hour lies ahead.")),
    (
        "otherwise",
        _("Ended otherwise"),
        _("Forwarded to another authority, withdrawn by the resident, or joined with the same case."),
    ),
    ("reopened", _("Reopened"), _("Of those received: called not solved by the resident.")),
    (
        "extended",
        _("Later date"),
        _("Of those received: given a later date, with a reason, before the first had passed."),
    ),
]


@dataclass(frozen=True)
class Line:
    """`name` of a topic, area or stretch of months; `ends` is None where they are not shown."""

    name: str
    received: int
    ends: Tally | None

    @property
    def cells(self) -> list[int | None]:
        """In the order of `COLUMNS`."""
        ends = self.ends
        return [self.received, *(getattr(ends, key) if ends else None for key, *_rest in COLUMNS[1:])]


@dataclass(frozen=True)
class Year:
    """`total` is None while fewer than five cases were received; `conduct` while there are fewer than five remarks."""

    year: int
    total: Tally | None
    months: Sequence[Line]
    topics: Sequence[Line]
    areas: Sequence[Line]
    conduct: int | None

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Every line with the name of its table."""
        if self.total is not None:
            yield "year", Line(str(self.year), self.total.received, self.total)
        for table, lines in (("month", self.months), ("topic", self.topics), ("area", self.areas)):
            yield from ((table, line) for line in lines)


def year_of(year: int, since: date, now: datetime) -> Year:
    """Months before `since`, the month of the oldest case, are left out."""
    rows = rows_of(year, now)
    everything = total(row.tally for row in rows)
    conduct = conduct_remarks(year)
    enough = may_be_published([everything.received])
    topics = {topic.pk: topic.local_name for topic in Topic.objects.all()}
    areas = {area.pk: area.local_name for area in Area.objects.all()} | {
        None: gettext("Not tied to a hamlet")
    }
    topic_tallies = dict.fromkeys(topics, Tally()) | by_key((row.topic, row.tally) for row in rows)
    area_tallies = dict.fromkeys(areas, Tally()) | by_key((row.area, row.tally) for row in rows)
    month_tallies = by_key((row.month, row.tally) for row in rows)
    months = joined_months(month_tallies, _months(year, since, max(month_tallies, default=since), now))
    return Year(
        year,
        everything if enough else None,
        [_line(group, _months_name) for group in reversed(months)],
        [_line(group, lambda keys: _name(keys, topics)) for group in separated(topic_tallies)]
        if enough
        else [],
        [_line(group, lambda keys: _name(keys, areas)) for group in separated(area_tallies)]
        if enough
        else [],
        conduct if conduct >= LEAST else None,
    )


def _line(group: Group, name: Callable[[Sequence[Any]], str]) -> Line:
    return Line(name(group.keys), group.tally.received, group.tally if group.shows_ends else None)


def _name(keys: Sequence[Any], names: Mapping[Any, str]) -> str:
    named = ", ".join(sorted(names.get(key, "?") for key in keys))
    return named if len(keys) == 1 else gettext("Others: %(names)s") % {"names": named}


def _months_name(months: Sequence[Any]) -> str:
    """10/2026, or 1–3/2026 where months were joined."""
    first, last = months[0], months[-1]
    return f"{last:%-m/%Y}" if first == last else f"{first:%-m}–{last:%-m/%Y}"


def _months(year: int, since: date, newest: date, now: datetime) -> list[date]:
    """Up to the present one; what was sent out of hours may already be received in the next."""
    today = timezone.localdate(now)
    last = 12 if year < today.year else max(today.month, newest.month)
    return [month for number in range(1, last + 1) if (month := date(year, number, 1)) >= since]
