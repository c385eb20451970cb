"""The desk's list: open cases by urgency, each with one chip that says how much time is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, State
from feedback.promise import calendar_of
from gandan.models import WorkDay
from gandan.worktime import Calendar

LISTED = 200  # rows on one page, most urgent first


@dataclass(frozen=True)
class Row:
    """`chip` is the look of the state chip, `left` its words."""

    case: Case
    chip: str
    left: str


@dataclass
class Group:
    title: LazyText
    rows: list[Row] = field(default_factory=list)


def grouped(cases: Iterable[Case], now: datetime) -> list[Group]:
    """Late, today, this week (to Sunday), later; groups without a case are left out."""
    clock = Clock(now)
    groups = {name: Group(title) for name, title in TITLES.items()}
    for case in cases:
        groups[clock.group(case)].rows.append(clock.row(case))
    return [group for group in groups.values() if group.rows]


TITLES = {"late": _("Late"), "today": _("Today"), "week": _("This week"), "later": _("Later")}


class Clock:
    """Reads the time left of many cases with one query for the working calendar."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self._exceptions: Sequence[WorkDay] = list(WorkDay.objects.all())
        self._calendars: dict[int, Calendar] = {}

    def group(self, case: Case) -> str:
        due_on = timezone.localdate(case.due_at)
        if case.due_at < self.now:
            return "late"
        if due_on == self.today:
            return "today"
        is_this_week = due_on <= self.today + timedelta(days=6 - self.today.weekday())
        return "week" if is_this_week else "later"

    def row(self, case: Case) -> Row:
        if case.due_at < self.now:
            return Row(case, "late", self.late_by(case))
        if case.state == State.NEW:
            return Row(case, "new", gettext("New"))
        return Row(case, "ok", self.left(case))

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
