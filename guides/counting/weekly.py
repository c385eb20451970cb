"""One week of help sessions, Monday to Sunday: what was held, what it came to, and where nobody has been yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, QuerySet
from django.utils.timezone import localtime

from guides.counting.report import unanswered
from guides.counts import Counts, count
from guides.models import Session, SessionQuestion, Tally
from home.models import Area

WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """A session of the week with what was counted at it."""

    session: Session
    counted: int


@dataclass(frozen=True)
class Week:
    """`until` is the last day looked at: today in the present week, else its Sunday. Six statements in all."""

    monday: date
    until: date
    held: list[Held]
    cancelled: list[Session]
    coming: list[Session]
    counts: Counts
    codes: list[str]
    unanswered: int
    not_this_month: list[Area]
    not_this_quarter: list[Area]

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - A_DAY

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date, now: datetime) -> Week:
    """The week in which the day lies, as far as it has passed."""
    here = localtime(now)
    monday = monday_of(day)
    sunday = monday + WEEK - A_DAY
    until = min(here.date(), sunday)
    sessions = list(_sessions(monday, sunday))
    tallies = Tally.objects.filter(session__date__range=(monday, sunday))
    by_session = _by_session(tallies)
    codes = list(
        SessionQuestion.objects.filter(session__date__range=(monday, sunday)).values_list("code", flat=True)
    )
    visited = _visited(until)
    areas = list(Area.objects.all())
    took_place = [session for session in sessions if not session.is_cancelled]
    return Week(
        monday=monday,
        until=until,
        held=[Held(each, by_session.get(each.pk, 0)) for each in took_place if _has_begun(each, here)],
        cancelled=[session for session in sessions if session.is_cancelled],
        coming=[session for session in took_place if not _has_begun(session, here)],
        counts=count(tallies),
        codes=codes,
        unanswered=unanswered(codes),
        not_this_month=_not_visited(areas, visited, until.replace(day=1)),
        not_this_quarter=_not_visited(areas, visited, quarter_begins(until)),
    )


def _has_begun(session: Session, here: datetime) -> bool:
    return (session.date, session.starts) <= (here.date(), here.time())


def quarter_begins(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _sessions(first: date, last: date) -> QuerySet[Session]:
    found = Session.objects.filter(date__range=(first, last)).select_related("place__area", "area")
    return found.order_by("date", "starts", "pk")


def _by_session(tallies: QuerySet[Tally]) -> dict[int, int]:
    counted = tallies.filter(is_undone=False).order_by().values_list("session")
    return dict(counted.annotate(n=Count("pk")))


def _visited(until: date) -> dict[int, date]:
    """The last day of a session held in each hamlet since the quarter began."""
    held = Session.objects.filter(is_cancelled=False, date__range=(quarter_begins(until), until))
    placed = held.annotate(where=Session.HAMLET).exclude(where=None).order_by()
    days = placed.values_list("where").annotate(last=Max("date"))
    return dict(days)


def _not_visited(areas: list[Area], visited: dict[int, date], since: date) -> list[Area]:
    return [area for area in areas if visited.get(area.pk, date.min) < since]
