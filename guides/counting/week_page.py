"""The weekly summary as a page and a table, for coordinators and the leader."""

from collections.abc import Iterator
from datetime import MAXYEAR, date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.tables import Cell, csv_file
from guides.counting.report import lines_of
from guides.counting.weekly import Week, week_of
from guides.helping.door import for_overseers
from guides.models import Session
from guides.models.choices import Outcome
from home.models import User

YEARS = range(2020, MAXYEAR - 1)


@require_safe
@for_overseers
def week(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    asked = request.GET.get("tu", "")
    day = read_day(asked)
    problem = _("This is no day: %(typed)s. Here is the present week.") % {"typed": asked[:20]}
    context = {
        "week": week_of(day or today, now),
        "problem": problem if asked and day is None else "",
        "outcomes": Outcome.labels,
        "today": today,
    }
    return render(request, "guides/counting/week.html", context)


@require_safe
@for_overseers
def week_table(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    found = week_of(read_day(request.GET.get("tu", "")) or timezone.localdate(now), now)
    return csv_file(f"tuan-{found.monday:%Y-%m-%d}.csv", _rows(found))


def read_day(typed: str) -> date | None:
    """ISO alone, as our own links write it; None for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _rows(found: Week) -> Iterator[list[Cell]]:
    yield [_("Week"), f"{found.monday:%d/%m/%Y}", f"{found.sunday:%d/%m/%Y}"]
    yield []
    yield [_("Day"), _("Session"), _("Place"), _("Hamlet"), _("State"), _("Times helped")]
    for held in found.held:
        yield [*_session(held.session), _("Held"), held.counted]
    for session in found.cancelled:
        yield [*_session(session), _("Cancelled"), session.reason]
    yield []
    yield [_("Subject"), *map(str, Outcome.labels), _("Together")]
    yield from lines_of(found.counts)
    yield []
    yield [_("Questions that became cases"), len(found.codes)]
    yield [_("Not answered yet"), found.unanswered]
    for area in found.not_this_month:
        yield [_("No session this month"), area.name]
    for area in found.not_this_quarter:
        yield [_("No session this quarter"), area.name]


def _session(session: Session) -> list[Cell]:
    hamlet = session.hamlet.name if session.hamlet else ""
    return [f"{session.date:%d/%m/%Y}", session.title, session.place.name, hamlet]
