"""The desk's list: unfinished cases by urgency, each with one chip that says how much time is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from feedback.models import OPEN_STATES, WAITING_STATES, Case, State
from feedback.models.cases import CaseQuerySet
from feedback.promise import calendar_of
from gandan.models import WorkDay
from gandan.worktime import Calendar

LISTED = 50  # rows on one page
UNFINISHED = Q(state__in=(*OPEN_STATES, State.FORWARDED))
IS_WAITING = Q(state__in=WAITING_STATES)
TITLES: Mapping[str, LazyText] = {
    "late": _("Late"),
    "today": _("Today"),
    "week": _("This week"),
    "later": _("Later"),
    "waiting": _("Waiting for others"),
}


@dataclass(frozen=True)
class Row:
    """`chip` is the look of the state chip, `left` its words; `note` says more where there is more room."""

    case: Case
    chip: str
    left: str
    note: str = ""


@dataclass
class Group:
    """`total` counts the whole group, of which one page may show a part."""

    title: LazyText
    total: int
    rows: list[Row] = field(default_factory=list)


def by_urgency(cases: CaseQuerySet) -> CaseQuerySet:
    """The next due first; what waits for the resident or another authority last."""
    waits = ExpressionWrapper(IS_WAITING, BooleanField())
    return cases.annotate(waits=waits).order_by("waits", "due_at", "pk")


def group_counts(now: datetime, among: Q) -> dict[str, Count]:
    """One aggregate for each group of the cases that `among` picks."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    next_week = midnight + timedelta(days=7 - midnight.weekday())
    runs = among & ~IS_WAITING
    which = {
        "late": runs & Q(due_at__lt=now),
        "today": runs & Q(due_at__gte=now, due_at__lt=tomorrow),
        "week": runs & Q(due_at__gte=tomorrow, due_at__lt=next_week),
        "later": runs & Q(due_at__gte=next_week),
        "waiting": among & IS_WAITING,
    }
    return {f"in_{name}": Count("pk", filter=condition) for name, condition in which.items()}


def grouped(cases: Iterable[Case], now: datetime, counts: Mapping[str, int]) -> list[Group]:
    """Late, today, this week (to Sunday), later, waiting; groups without a case are left out."""
    clock = Clock(now)
    groups = {name: Group(title, counts.get(f"in_{name}", 0)) for name, title in TITLES.items()}
    for case in cases:
        groups[clock.group(case)].rows.append(clock.row(case))
    return [group for group in groups.values() if group.rows]


class Clock:
    """Reads the time left of many cases with one query for the working calendar."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self._exceptions: Sequence[WorkDay] = list(WorkDay.objects.all())
        self._calendars: dict[int, Calendar] = {}

    def group(self, case: Case) -> str:
        if case.state in WAITING_STATES:
            return "waiting"
        due_on = timezone.localdate(case.due_at)
        if case.due_at < self.now:
            return "late"
        if due_on == self.today:
            return "today"
        is_this_week = due_on <= self.today + timedelta(days=6 - self.today.weekday())
        return "week" if is_this_week else "later"

    def row(self, case: Case) -> Row:
        if case.state == State.FORWARDED:
            return self._forwarded(case)
        if case.state == State.NEED_INFO:
            return Row(case, "wait", gettext("Waiting for the resident"))
        if case.due_at < self.now and case.is_open:
            return self._late(case)
        if not case.is_open:
            return Row(case, "ended", case.get_state_display())
        if case.state in (State.NEW, State.REOPENED):
            return Row(case, "new", case.get_state_display())
        return Row(case, "ok", self._in_short(case))

    def _late(self, case: Case) -> Row:
        word, words = gettext("Late"), self.late_by(case)
        return Row(case, "late", word, words if words != word else "")

    def _forwarded(self, case: Case) -> Row:
        """Reads the prefetched forwardings: another authority that is late is asked again."""
        latest = next(reversed(case.forwardings.all()), None)
        if latest is not None and latest.is_overdue(self.today):
            return Row(case, "late", gettext("Ask them again"))
        return Row(case, "wait", gettext("Forwarded"))

    def words(self, case: Case) -> str:
        """How much time is left, or how late it is."""
        return self.late_by(case) if case.is_late(self.now) else self.left(case)

    def left(self, case: Case) -> str:
        """Hours on the last day, working days before."""
        if timezone.localdate(case.due_at) == self.today:
            hours = int((case.due_at - self.now) / timedelta(hours=1))
            if hours < 1:
                return gettext("Less than 1 hour left")
            return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
        days = self.working_days(case, self.now, case.due_at)
        return ngettext("%(n)d working day left", "%(n)d working days left", days) % {"n": days}

    def _in_short(self, case: Case) -> str:
        if timezone.localdate(case.due_at) == self.today:
            return self.left(case)
        days = self.working_days(case, self.now, case.due_at)
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}

    def late_by(self, case: Case) -> str:
        days = self.working_days(case, case.due_at, self.now)
        if days < 1:
            return gettext("Late")
        return ngettext("Late %(n)d working day", "Late %(n)d working days", days) % {"n": days}

    def working_days(self, case: Case, start: datetime, end: datetime) -> int:
        if case.unit_id not in self._calendars:
            self._calendars[case.unit_id] = calendar_of(case.unit, self.today, self._exceptions)
        calendar = self._calendars[case.unit_id]
        return calendar.between(timezone.localdate(start), timezone.localdate(end))
