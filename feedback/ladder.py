"""The ladder of a promise, climbed by the worker, each rung once for each promise.

One working day before the promised hour the official is reminded; when it has passed, official and head of the unit
are told and the case reads "late" in public; two working days later the leader is told. The clock stands while a case
waits for the resident. A rung is a row with a unique key, written in one transaction with its mail: a worker that
dies in between has done nothing, one that comes late or twice does each rung once. A reminder that could only come
after the promised hour is left out.

Beside the ladder an official is reminded of an authority that has not answered, and of a resident who has not
replied for ten working days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from feedback import notices
from feedback.models import Case, Escalation, Kind, State
from feedback.models.cases import CaseQuerySet
from feedback.promise import calendar_of
from feedback.routing import Staff, barred_by
from gandan.models import WorkDay
from gandan.worktime import VIETNAM, Calendar
from home.models import Official

Step = Escalation.Step
LEADER_AFTER = 2  # working days after the promised hour
NO_REPLY_AFTER = 10  # working days of waiting for the resident
LONGEST_CLOSURE = timedelta(days=21)  # more than Tết with its weekends; within it a working day is found


@dataclass(frozen=True)
class Rung:
    case: Case
    step: str
    since: datetime


def climb(now: datetime) -> int:
    """Takes every rung that is due and was not taken; returns how many."""
    return sum(_take(rung, now) for rung in Ladder(now).rungs())


class Ladder:
    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self._exceptions = list(WorkDay.objects.all())
        self._calendars: dict[int, Calendar] = {}

    def rungs(self) -> Iterator[Rung]:
        yield from self._soon()
        yield from self._overdue()
        yield from self._follow_up()
        yield from self._no_reply()

    def _soon(self) -> Iterator[Rung]:
        running = _told().open().filter(waiting_since=None, due_at__gt=self.now)
        for case in _without(Step.SOON, running.filter(due_at__lte=self.now + LONGEST_CLOSURE)):
            moment = self._shifted(case, -1)
            if case.received_at < moment <= self.now:
                yield Rung(case, Step.SOON, case.due_at)

    def _overdue(self) -> Iterator[Rung]:
        late = _told().overdue(self.now)
        for case in _without(Step.DUE, late):
            yield Rung(case, Step.DUE, case.due_at)
        for case in _without(Step.LEADER, late.filter(due_at__lte=self.now - timedelta(days=LEADER_AFTER))):
            if self._shifted(case, LEADER_AFTER) <= self.now:
                yield Rung(case, Step.LEADER, case.due_at)

    def _follow_up(self) -> Iterator[Rung]:
        forwarded = _told().filter(state=State.FORWARDED)
        for case in forwarded.annotate(expected_on=Max("forwardings__expected_on")):
            since = _midnight(case.expected_on)
            if case.expected_on < self.today and not _taken(case, Step.FOLLOW_UP, since):
                yield Rung(case, Step.FOLLOW_UP, since)

    def _no_reply(self) -> Iterator[Rung]:
        limit = self.now - timedelta(days=NO_REPLY_AFTER)
        for case in _told().filter(state=State.NEED_INFO, waiting_since__lte=limit):
            assert case.waiting_since is not None
            waited = self._calendar(case).between(timezone.localdate(case.waiting_since), self.today)
            if waited >= NO_REPLY_AFTER and not _taken(case, Step.NO_REPLY, case.waiting_since):
                yield Rung(case, Step.NO_REPLY, case.waiting_since)

    def _shifted(self, case: Case, working_days: int) -> datetime:
        return self._calendar(case).shift(case.due_at, working_days)

    def _calendar(self, case: Case) -> Calendar:
        if case.unit_id not in self._calendars:
            self._calendars[case.unit_id] = calendar_of(case.unit, self.today, self._exceptions)
        return self._calendars[case.unit_id]


def _told() -> CaseQuerySet:
    """Cases whose officials have heard of them; what waits for a first look is in the coordinators' alarm."""
    return Case.objects.exclude(held_for__in=notices.SILENT_HOLDS).select_related("topic", "unit", "about")


def _without(step: str, cases: CaseQuerySet) -> CaseQuerySet:
    taken = Escalation.objects.filter(case=OuterRef("pk"), step=step, since=OuterRef("due_at"))
    return cases.filter(~Exists(taken))


def _taken(case: Case, step: str, since: datetime) -> bool:
    return Escalation.objects.filter(case=case, step=step, since=since).exists()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _take(rung: Rung, now: datetime) -> int:
    """1 when this worker took it, 0 when another was faster."""
    try:
        with transaction.atomic():
            Escalation.objects.create(case=rung.case, step=rung.step, since=rung.since, at=now)
            told = hearers(rung.case, rung.step, timezone.localdate(now))
            notices.tell_escalated(rung.case, rung.step, rung.since, told)
    except IntegrityError:
        return 0
    return 1


def hearers(case: Case, step: str, today: date) -> list[Official]:
    """Whom a rung tells; of a remark about conduct nobody whom it may be about."""
    staff = Staff.load()
    barred = barred_by(staff, case.about)
    handler = staff.official(case.official_id)
    leader = staff.present(staff.official(staff.leader_id), today, barred)
    head = staff.present(staff.official(case.unit.head_id), today, barred)
    if case.kind == Kind.CONDUCT:
        head = None
    chosen = {Step.DUE: [handler, head], Step.LEADER: [leader or handler]}.get(Step(step), [handler])
    return [one for one in dict.fromkeys(chosen) if one is not None and one.pk not in barred]
