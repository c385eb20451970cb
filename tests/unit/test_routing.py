from dataclasses import replace
from datetime import date

import pytest

from feedback.models import Kind, RoutingRule, Topic
from feedback.routing import NobodyCanAnswer, Staff, Why, barred_by, decide
from home.models import CommuneSettings, Official
from tests.unit.feedback_world import account, found_commune, pair, send_away

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def commune():
    return found_commune()


def ask(commune, topic="ho-tich", area=None, kind=Kind.QUESTION, about=None):
    chosen = commune.areas[area] if area else None
    return decide(Staff.load(), Topic.objects.get(key=topic), chosen, kind, TODAY, about)


@pytest.mark.parametrize(
    ("topic", "area", "kind", "who", "why"),
    [
        ("ho-tich", None, Kind.QUESTION, "lan", Why.RULE),
        ("ho-tich", "doai", Kind.PRAISE, "lan", Why.RULE),
        ("ho-tich", "bai", Kind.QUESTION, "binh", Why.RULE),
        ("cu-tru", None, Kind.REPORT, "hung", Why.RULE),
        ("cu-tru", None, Kind.QUESTION, "hung", Why.TOPIC),
        ("cu-tru", "bai", Kind.CONDUCT, "minh", Why.CONDUCT),
    ],
)
def test_topic_area_and_kind_lead_to_one_official(commune, topic, area, kind, who, why):
    decision = ask(commune, topic, area, kind)
    assert (decision.official.key, decision.why) == (who, why)


def test_the_lowest_order_wins_when_two_rules_fit(commune):
    RoutingRule.objects.create(order=5, unit=commune.centre, official=commune.hoa)
    assert ask(commune, area="bai").official == commune.hoa


def test_a_rule_that_is_switched_off_is_passed_over(commune):
    RoutingRule.objects.filter(order=10).update(is_active=False)
    assert ask(commune, area="bai").official == commune.lan


def test_a_rule_without_an_official_goes_to_the_head_of_its_unit(commune):
    RoutingRule.objects.create(order=1, unit=commune.police)
    decision = ask(commune)
    assert (decision.official, decision.unit, decision.why) == (commune.hung, commune.police, Why.HEAD)


def test_the_deputy_answers_for_an_official_who_is_away(commune):
    send_away(commune.lan)
    decision = ask(commune)
    assert (decision.official, decision.deputised_from) == (commune.hoa, commune.lan)
    assert decision.why == Why.DEPUTY


def test_the_last_day_away_still_counts_as_away(commune):
    Official.objects.filter(pk=commune.lan.pk).update(is_away=True, away_until=TODAY)
    assert ask(commune).official == commune.hoa


def test_whoever_is_back_answers_again(commune):
    Official.objects.filter(pk=commune.lan.pk).update(is_away=True, away_until=date(2026, 11, 22))
    assert ask(commune).official == commune.lan


def test_deputies_of_deputies_are_asked_in_turn(commune):
    pair(commune.hoa, commune.dung)
    send_away(commune.lan, commune.hoa)
    assert ask(commune).official == commune.dung


def test_two_who_deputise_for_each_other_and_are_both_away_do_not_go_round_for_ever(commune):
    send_away(commune.lan, commune.hoa)
    decision = ask(commune)
    assert (decision.official, decision.why) == (commune.binh, Why.UNIT_HEAD)


def test_the_deputy_of_an_absent_head_is_asked_before_the_leader(commune):
    pair(commune.binh, commune.dung)
    send_away(commune.lan, commune.hoa, commune.binh)
    assert ask(commune).official == commune.dung


def test_the_leader_answers_when_a_whole_unit_is_away(commune):
    send_away(commune.lan, commune.hoa, commune.binh)
    decision = ask(commune)
    assert (decision.official, decision.why) == (commune.minh, Why.LEADER)


def test_with_everyone_away_nobody_can_answer_and_it_is_said(commune):
    send_away(*Official.objects.all())
    with pytest.raises(NobodyCanAnswer):
        ask(commune)


def test_an_official_who_has_left_office_is_replaced(commune):
    Official.objects.filter(pk=commune.lan.pk).update(until=date(2026, 11, 22))
    assert ask(commune).official == commune.hoa


def test_an_official_with_a_closed_account_is_replaced(commune):
    user = account("lan", commune.lan)
    user.is_active = False
    user.save()
    assert ask(commune).official == commune.hoa


def test_a_unit_without_a_head_falls_back_to_the_leader(commune):
    commune.police.head = None
    commune.police.save()
    assert ask(commune, "cu-tru").official == commune.minh


def test_a_remark_about_conduct_ignores_rules_that_name_someone_else(commune):
    RoutingRule.objects.create(order=1, kind=Kind.CONDUCT, unit=commune.centre, official=commune.lan)
    assert ask(commune, kind=Kind.CONDUCT).official == commune.minh


def test_a_remark_about_the_leader_goes_to_the_reader_named_for_that(commune):
    assert ask(commune, kind=Kind.CONDUCT, about=commune.minh).official == commune.thao


@pytest.mark.parametrize("about", ["lan", "hoa", "binh", "minh", "thao", "hung", "dung"])
def test_a_remark_about_conduct_never_reaches_the_person_their_deputies_or_whom_they_head(commune, about):
    person = getattr(commune, about)
    staff = Staff.load()
    try:
        reader = decide(staff, commune.topics["ho-tich"], None, Kind.CONDUCT, TODAY, person).official
    except NobodyCanAnswer:
        return
    assert reader.pk not in barred_by(staff, person)
    assert reader != person


def test_an_absent_leaders_deputy_never_reads_about_themselves(commune):
    pair(commune.minh, commune.binh)
    send_away(commune.minh)
    assert ask(commune, kind=Kind.CONDUCT, about=commune.lan).official == commune.binh
    with pytest.raises(NobodyCanAnswer):
        ask(commune, kind=Kind.CONDUCT, about=commune.binh)


def test_without_a_leader_in_the_settings_a_remark_about_conduct_goes_to_the_reader(commune):
    CommuneSettings.objects.update(leader=None)
    assert ask(commune, kind=Kind.CONDUCT).official == commune.thao


def test_deciding_asks_the_database_nothing_more(commune, django_assert_num_queries):
    staff, topics = Staff.load(), list(Topic.objects.select_related("unit"))
    with django_assert_num_queries(0):
        for topic in topics:
            for kind in Kind:
                decide(staff, topic, commune.areas["bai"], kind, TODAY)


def test_loading_the_staff_takes_three_statements_however_many_there_are(commune, django_assert_num_queries):
    for number in range(30):
        Official.objects.create(key=f"o{number}", name=f"Người {number}", title="x", unit=commune.centre)
    with django_assert_num_queries(3):
        staff = Staff.load()
    assert replace(staff, rules=[]).officials
