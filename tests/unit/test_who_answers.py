"""The admin's page that says who would answer and why, and which given promises a new calendar touches."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from feedback.calendar_changes import touched
from feedback.explaining import explain
from feedback.models import Kind, RoutingRule
from feedback.routing import NobodyCanAnswer, Staff, decide
from gandan.models import WorkDay
from gandan.worktime import VIETNAM
from home.groups import create_groups
from home.models import Official, Unit
from tests.unit.feedback_world import MONDAY, account, found_commune, later, send_away, sent, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PAGE = "/admin/ai-tra-loi/"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def coordinator(commune):
    create_groups()
    return signed_in(account("dieuphoi", group="coordinator"))


def asked(commune, topic="ho-tich", area=None, kind=Kind.QUESTION, about=None):
    return explain(
        Staff.load(), commune.topics[topic], commune.areas[area] if area else None, kind, TODAY, about
    )


def test_each_rule_says_why_it_does_not_fit_up_to_the_one_that_fires(commune):
    found = asked(commune, area="doai")
    assert [(one.rule.order, one.fires) for one in found.rules] == [(10, False), (20, True)]
    assert found.rules[0].because == "dành cho địa bàn khác"


def test_each_person_says_why_not_up_to_the_one_who_answers(commune):
    Official.objects.filter(pk=commune.lan.pk).update(is_away=True, away_until=date(2026, 11, 30))
    Official.objects.filter(pk=commune.hoa.pk).update(until=date(2026, 11, 1))
    found = asked(commune)
    assert [(one.official.key, one.because) for one in found.people] == [
        ("lan", "vắng đến hết 30/11/2026"),
        ("hoa", "không còn công tác"),
        ("binh", "phụ trách Trung tâm"),
    ]


def test_a_remark_about_the_leader_says_why_it_goes_past_the_leader(commune):
    found = asked(commune, kind=Kind.CONDUCT, about=commune.minh)
    assert not found.rules
    assert [one.official.key for one in found.people] == ["minh", "thao"]
    assert "nói về người này" in found.people[0].because


@pytest.mark.parametrize("away", [(), ("lan",), ("lan", "hoa"), ("lan", "hoa", "binh", "minh"), ("minh",)])
@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.CONDUCT])
def test_the_explanation_always_ends_with_whom_the_routing_chooses(commune, away, kind):
    send_away(*(getattr(commune, key) for key in away))
    staff = Staff.load()
    found = asked(commune, kind=kind)
    try:
        official = decide(staff, commune.topics["ho-tich"], None, kind, TODAY).official
    except NobodyCanAnswer:
        assert found.decision is None
        assert not any(one.is_chosen for one in found.people)
    else:
        assert [one.official for one in found.people if one.is_chosen] == [official]


def test_a_coordinator_tries_a_case_and_reads_who_answers_by_when(commune, coordinator):
    with time_machine.travel(MONDAY, tick=False):
        shown = coordinator.get(
            PAGE, {"topic": commune.topics["ho-tich"].pk, "kind": "question"}
        ).content.decode()
    assert "<b data-who>Nguyễn Thị Lan</b>" in shown
    assert "27/11/2026" in shown
    assert "data-problems" not in shown


def test_bad_choices_get_a_sentence_and_no_fault(commune, coordinator):
    response = coordinator.get(PAGE, {"topic": "x", "kind": "\x00", "area": "99", "about": "y"})
    assert response.status_code == 200
    assert "data-explanation" not in response.content.decode()


def test_the_page_shows_conflicts_and_whom_nothing_reaches(commune, coordinator):
    RoutingRule.objects.create(order=20, unit=commune.centre, official=commune.hoa)
    send_away(commune.minh, commune.thao)
    shown = coordinator.get(PAGE).content.decode()
    assert "data-problems" in shown
    assert shown.count("<li>") >= 7


@pytest.mark.parametrize("group", ["official", "leader", "editor", "volunteer"])
def test_only_those_who_may_change_rules_open_the_page(commune, group):
    create_groups()
    assert signed_in(account("ai", group=group)).get(PAGE).status_code in (302, 403)


def test_a_holiday_that_comes_later_changes_no_promise_and_is_listed(commune):
    case = sent(commune)
    due = case.due_at
    assert touched(later(hours=1)) == []
    WorkDay.objects.create(date=date(2026, 11, 26), kind=WorkDay.Kind.OFF, note="Nghỉ bù")
    case.refresh_from_db()
    assert case.due_at == due
    found = touched(later(hours=1))
    assert [(one.case, one.would_be) for one in found] == [(case, datetime(2026, 11, 30, 16, tzinfo=VIETNAM))]


def test_other_hours_of_a_unit_change_no_promise_and_are_listed(commune):
    case = sent(commune)
    Unit.objects.filter(pk=commune.centre.pk).update(answer_by="11:00")
    assert [one.case for one in touched(later(hours=1))] == [case]


def test_a_holiday_known_before_the_promise_was_given_touches_nothing(commune):
    WorkDay.objects.create(date=date(2026, 11, 26), kind=WorkDay.Kind.OFF, note="Nghỉ bù")
    sent(commune)
    assert touched(later(hours=1)) == []


def test_whoever_adds_a_holiday_reads_how_many_promises_it_touches(commune, coordinator):
    with time_machine.travel(later(hours=1), tick=False):
        sent(commune)
        add = reverse(WorkDay.snippet_viewset.get_url_name("add"))
        shown = coordinator.post(
            add, {"date": "26/11/2026", "kind": "off", "note": "Nghỉ bù"}, follow=True
        ).content.decode()
        assert reverse("who_answers") in shown
        assert "data-touched" in coordinator.get(PAGE).content.decode()
