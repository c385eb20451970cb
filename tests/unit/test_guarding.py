"""What is wrong with rules, and changes that would leave somebody without an answer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from feedback.checking import Conflict, DeadEnd, Unreachable, problems
from feedback.models import Kind, RoutingRule, Topic
from gandan.worktime import VIETNAM
from home.models import CommuneSettings, Official, Unit
from tests.unit.feedback_world import MONDAY, account, found_commune, send_away, signed_in
from tests.unit.test_check_routing import check

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY.astimezone(VIETNAM), tick=False):
        yield


@pytest.fixture
def commune():
    return found_commune()


def rule(commune, **values):
    return RoutingRule.objects.create(**{"order": 100, "unit": commune.centre, **values})


def only_lan(commune):
    """Everybody else is away: Lan's topics hang on her alone."""
    send_away(*Official.objects.exclude(pk__in=[commune.lan.pk, commune.thao.pk]))
    CommuneSettings.objects.update(leader=commune.thao)


def test_the_sample_rules_have_no_problem(commune):
    assert problems(TODAY) == []


def test_two_rules_of_one_order_for_the_same_case_are_a_conflict(commune):
    other = rule(commune, order=20, area=commune.areas["doai"], official=commune.hoa)
    found = problems(TODAY)
    assert [type(problem) for problem in found] == [Conflict]
    assert found[0].other == other
    said, code = check()
    assert code == 1
    assert "have the same order" in said


def test_rules_of_one_order_for_different_areas_do_not_conflict(commune):
    rule(commune, order=10, topic=commune.topics["ho-tich"], area=commune.areas["doai"], official=commune.hoa)
    assert problems(TODAY) == []


def test_a_rule_whose_cases_are_all_taken_before_it_never_fires(commune):
    shadowed = rule(commune, topic=commune.topics["ho-tich"], kind=Kind.PRAISE, official=commune.hoa)
    assert problems(TODAY) == [Unreachable(shadowed)]
    assert check()[1] == 1


def test_a_rule_about_conduct_never_fires(commune):
    useless = rule(commune, order=1, kind=Kind.CONDUCT, official=commune.hoa)
    assert problems(TODAY) == [Unreachable(useless)]


def test_a_rule_about_a_closed_topic_sleeps(commune):
    Topic.objects.filter(key="cu-tru").update(is_open=False)
    assert problems(TODAY) == []


def test_a_rule_whose_people_have_all_left_is_a_dead_end(commune):
    Official.objects.filter(unit=commune.police).update(until=TODAY - timedelta(days=1))
    found = problems(TODAY)
    assert {type(problem) for problem in found} == {DeadEnd}
    assert {str(problem.where) for problem in found} >= {"Tạm trú"}
    assert "only the leader is left" in check()[0]


def test_somebody_away_with_nobody_else_to_answer_cannot_be_saved_as_away(commune):
    only_lan(commune)
    Official.objects.filter(pk=commune.thao.pk).update(is_away=True)
    commune.lan.refresh_from_db()
    commune.lan.is_away = True
    with pytest.raises(ValidationError, match="Khai sinh"):
        commune.lan.full_clean()


def test_leaving_office_on_a_later_day_is_checked_for_the_day_after(commune):
    only_lan(commune)
    Official.objects.filter(pk=commune.thao.pk).update(is_away=True)
    commune.lan.refresh_from_db()
    commune.lan.until = TODAY + timedelta(days=30)
    with pytest.raises(ValidationError):
        commune.lan.full_clean()


def test_somebody_with_a_deputy_may_go(commune):
    commune.lan.refresh_from_db()
    commune.lan.is_away = True
    commune.lan.full_clean()


def test_what_was_stranded_before_does_not_stand_in_the_way(commune):
    send_away(*Official.objects.all())
    commune.binh.refresh_from_db()
    commune.binh.title = "Phó Chủ tịch"
    commune.binh.full_clean()


def test_a_closed_account_of_the_only_person_is_refused(commune):
    user = account("lan", commune.lan)
    only_lan(commune)
    Official.objects.filter(pk=commune.thao.pk).update(is_away=True)
    user.is_active = False
    with pytest.raises(ValidationError):
        user.full_clean()


def test_a_unit_does_not_lose_the_head_on_whom_a_topic_hangs(commune):
    send_away(commune.minh, commune.thao)
    unit = Unit.objects.get(key="cong-an")
    unit.head = None
    with pytest.raises(ValidationError, match="Tạm trú"):
        unit.full_clean()


def test_the_settings_keep_somebody_for_remarks_about_conduct(commune):
    settings = CommuneSettings.objects.get()
    settings.leader = settings.conduct_reader = None
    with pytest.raises(ValidationError):
        settings.full_clean()


def test_a_rule_to_a_unit_where_nobody_is_there_is_refused(commune):
    send_away(commune.minh, commune.thao)
    empty = Unit.objects.create(key="trong", name="Đơn vị trống")
    with pytest.raises(ValidationError):
        RoutingRule(order=1, unit=empty).full_clean()


def test_a_topic_cannot_be_opened_for_nobody(commune):
    send_away(*Official.objects.filter(unit=commune.police), commune.minh)
    Topic.objects.filter(key="cu-tru").update(is_open=False)
    topic = Topic.objects.get(key="cu-tru")
    topic.is_open = True
    with pytest.raises(ValidationError):
        topic.full_clean()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"legal_basis": "Nghị định 20/2008, điều 9"}, "legal_checked_on"),
        ({"legal_working_days": 15}, "legal_basis"),
        (
            {"legal_working_days": 2, "legal_basis": "Quy định A", "legal_checked_on": TODAY},
            "working_days",
        ),
    ],
)
def test_a_legal_time_carries_source_and_date_and_is_never_exceeded(commune, changes, field):
    topic = commune.topics["ho-tich"]
    for name, value in changes.items():
        setattr(topic, name, value)
    with pytest.raises(ValidationError) as refused:
        topic.full_clean()
    assert field in refused.value.message_dict


def test_the_admin_refuses_with_names_and_keeps_the_official_in_office(commune):
    only_lan(commune)
    Official.objects.filter(pk=commune.thao.pk).update(is_away=True)
    admin = account("quantri")
    admin.is_superuser = admin.is_staff = True
    admin.save()
    client = signed_in(admin)
    address = reverse(Official.snippet_viewset.get_url_name("edit"), args=[commune.lan.pk])
    form = {
        "name": "Nguyễn Thị Lan",
        "title": "Hộ tịch",
        "unit": commune.centre.pk,
        "key": "lan",
        "order": 0,
        "deputy": commune.hoa.pk,
        "is_away": "on",
    }
    shown = client.post(address, form).content.decode()
    assert "Khai sinh" in shown
    assert not Official.objects.get(key="lan").is_away


def test_the_admin_does_not_delete_a_rule_on_which_a_topic_hangs(commune):
    send_away(commune.binh, commune.minh, commune.thao)
    hanging = RoutingRule.objects.get(order=20)
    admin = account("quantri")
    admin.is_superuser = True
    admin.save()
    client = signed_in(admin)
    client.post(reverse(RoutingRule.snippet_viewset.get_url_name("delete"), args=[hanging.pk]))
    assert RoutingRule.objects.filter(pk=hanging.pk).exists()
