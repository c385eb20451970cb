"""Any order of steps, clocks, absences and calendars: what must always hold for every case.

Each has one responsible official in office; only allowed moves happen; a promise never moves to an earlier moment and
only with a reason; the first promise stays; the history only grows; no rung of the ladder is taken twice.
"""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from feedback import handling, ladder
from feedback.closing import close_answered
from feedback.handing_on import hand_on, orphaned, unrouted
from feedback.handling import MoveRefused, NotPossible
from feedback.models import Case, CaseEvent, Escalation, Kind, Rating, Refusal, State
from feedback.routing import NobodyCanAnswer, Staff, barred_by
from feedback.states import MOVES
from gandan.models import WorkDay
from home.models import Official
from tests.unit.feedback_world import MONDAY, account, found_commune, sent

PEOPLE = ("lan", "hoa", "binh", "hung", "dung", "minh", "thao")
picks = strategies.integers(min_value=0, max_value=50)
texts = strategies.sampled_from(["Bệnh viện huyện cấp giấy.", "Xin chờ.", "Đã rõ.", " "])


class CaseMachine(RuleBasedStateMachine):
    @initialize()
    def found(self):
        self.save = transaction.atomic()
        self.save.__enter__()
        self.commune = found_commune()
        self.user = account("lan", self.commune.lan)
        self.now: datetime = MONDAY
        self.promises: dict[int, datetime] = {}
        self.firsts: dict[int, datetime] = {}
        self.history: list[tuple[object, ...]] = []
        sent(self.commune, self.now)
        sent(self.commune, self.now, topic=self.commune.topics["cu-tru"])
        sent(self.commune, self.now, kind=Kind.CONDUCT, about=self.commune.hung)

    def teardown(self):
        if hasattr(self, "save"):
            transaction.set_rollback(True)
            self.save.__exit__(None, None, None)

    def pick(self, number) -> Case:
        cases = list(Case.objects.select_related("topic", "unit", "official", "about").order_by("pk"))
        return cases[number % len(cases)]

    def attempt(self, step, case: Case, *args):
        """A step may be refused; then nothing at all is changed."""
        before = (Case.objects.filter(pk=case.pk).values().get(), case.words.count(), case.events.count())
        try:
            with transaction.atomic():
                step(case, *args, self.now)
        except (MoveRefused, NotPossible, NobodyCanAnswer):
            after = (Case.objects.filter(pk=case.pk).values().get(), case.words.count(), case.events.count())
            assert after == before

    @rule(hours=strategies.integers(min_value=1, max_value=60))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(
        key=strategies.sampled_from(PEOPLE),
        what=strategies.sampled_from(("away", "away for good", "back", "gone")),
        days=strategies.integers(min_value=0, max_value=20),
    )
    def somebody_is_away_or_back_or_gone(self, key, what, days):
        today = timezone.localdate(self.now)
        changes = {
            "away": {"is_away": True, "away_until": today + timedelta(days=days)},
            "away for good": {"is_away": True, "away_until": None},
            "back": {"is_away": False, "away_until": None, "until": None},
            "gone": {"until": today},
        }
        Official.objects.filter(key=key).update(**changes[what])

    @rule(
        days=strategies.integers(min_value=1, max_value=15), kind=strategies.sampled_from(WorkDay.Kind.values)
    )
    def the_calendar_changes(self, days, kind):
        day = timezone.localdate(self.now) + timedelta(days=days)
        WorkDay.objects.update_or_create(date=day, defaults={"kind": kind, "note": "Thông báo"})

    @rule(
        topic=strategies.sampled_from(("ho-tich", "cu-tru")),
        kind=strategies.sampled_from(Kind.values),
        about=strategies.sampled_from((None, *PEOPLE)),
    )
    def somebody_writes(self, topic, kind, about):
        named = Official.objects.get(key=about) if about and kind == Kind.CONDUCT else None
        try:
            sent(self.commune, self.now, topic=self.commune.topics[topic], kind=kind, about=named)
        except NobodyCanAnswer:
            return

    @rule(
        number=picks,
        name=strategies.sampled_from(("accept", "start_work", "resume", "ask_more", "answer")),
        text=texts,
    )
    def the_official_goes_on(self, number, name, text):
        words = (text,) if name in ("ask_more", "answer") else ()
        self.attempt(getattr(handling, name), self.pick(number), self.commune.lan, self.user, *words)

    @rule(number=picks, text=texts, days=strategies.integers(min_value=-1, max_value=20))
    def the_official_forwards(self, number, text, days):
        today = timezone.localdate(self.now)
        facts = ("Sở Xây dựng", "45/UBND", today, today + timedelta(days=days), text)
        self.attempt(handling.forward, self.pick(number), self.commune.lan, self.user, *facts)

    @rule(number=picks, text=texts, reason=strategies.sampled_from([*Refusal.Reason.values, "other"]))
    def the_official_refuses(self, number, text, reason):
        facts = (reason, text, "Chi cục Thuế")
        self.attempt(handling.refuse, self.pick(number), self.commune.lan, self.user, *facts)

    @rule(number=picks, text=texts, days=strategies.sampled_from((-3, -2, -1, 3, 14)))
    def the_official_asks_for_time(self, number, text, days):
        case = self.pick(number)
        new_due = case.due_at + timedelta(days=days)
        self.attempt(handling.extend, case, self.commune.lan, self.user, text, new_due)

    @rule(number=picks, key=strategies.sampled_from(PEOPLE))
    def the_coordinator_hands_on(self, number, key):
        self.attempt(handling.reassign, self.pick(number), self.user, Official.objects.get(key=key))

    @rule(number=picks, key=strategies.sampled_from(("ho-tich", "cu-tru")))
    def the_coordinator_changes_the_topic(self, number, key):
        self.attempt(handling.retopic, self.pick(number), self.user, self.commune.topics[key])

    @rule(number=picks, other=picks)
    def the_coordinator_joins(self, number, other):
        self.attempt(handling.merge, self.pick(number), self.user, self.pick(other))

    @rule(number=picks, text=texts)
    def the_resident_replies(self, number, text):
        self.attempt(handling.resident_replies, self.pick(number), text)

    @rule(number=picks, face=strategies.sampled_from(Rating.Face.values), solved=strategies.booleans())
    def the_resident_rates(self, number, face, solved):
        self.attempt(handling.rate, self.pick(number), face, "", solved)

    @rule(number=picks)
    def the_resident_withdraws(self, number):
        self.attempt(handling.withdraw, self.pick(number))

    @rule()
    def the_worker_runs(self):
        hand_on(self.now)
        ladder.climb(self.now)
        close_answered(self.now)
        staff, today = Staff.load(), timezone.localdate(self.now)
        assert list(orphaned(staff, today)) == unrouted(staff, today)

    @invariant()
    def every_case_has_one_responsible_person_whom_it_is_not_about(self):
        if not hasattr(self, "commune"):
            return
        staff = Staff.load()
        for case in Case.objects.select_related("about"):
            assert case.official_id in staff.officials
            assert case.official_id not in barred_by(staff, case.about)

    @invariant()
    def promises_never_move_to_an_earlier_moment_and_the_first_one_stays(self):
        if not hasattr(self, "commune"):
            return
        for pk, due, first in Case.objects.values_list("pk", "due_at", "first_due_at"):
            assert due >= self.promises.get(pk, due)
            assert first == self.firsts.get(pk, first)
            assert due >= first
            self.promises[pk], self.firsts[pk] = due, first

    @invariant()
    def the_history_only_grows_and_tells_only_allowed_moves(self):
        if not hasattr(self, "commune"):
            return
        ways = {(start, way.to) for way in MOVES.values() for start in way.starts} | {("", State.NEW)}
        history = list(
            CaseEvent.objects.order_by("pk").values_list("pk", "case", "kind", "state_from", "state_to")
        )
        assert history[: len(self.history)] == self.history
        self.history = history
        states: dict[int, str] = {}
        for _pk, case, _kind, before, after in history:
            if after:
                assert (before, after) in ways
                assert states.get(case, "") == before
                states[case] = after
        assert states == dict(Case.objects.values_list("pk", "state"))

    @invariant()
    def no_rung_is_taken_twice_for_one_promise(self):
        if not hasattr(self, "commune"):
            return
        rungs = list(Escalation.objects.values_list("case", "step", "since"))
        assert len(rungs) == len(set(rungs))

    @invariant()
    def the_clock_stands_just_where_somebody_is_waited_for(self):
        if not hasattr(self, "commune"):
            return
        waiting = {State.NEED_INFO, State.FORWARDED}
        for state, since in Case.objects.values_list("state", "waiting_since"):
            assert (state in waiting) == (since is not None)


def drive(examples, steps):
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # shrinking takes minutes; the steps are printed as they were
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_whatever_happens_cases_keep_their_person_their_promise_and_their_history():
    drive(examples=20, steps=30)


@pytest.mark.drill
@pytest.mark.django_db
def test_the_same_over_ten_thousand_steps():
    drive(examples=200, steps=50)
