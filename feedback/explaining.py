"""Why a case goes to whom it goes, step by step: each rule that was asked, then each person.

Follows `feedback.routing` and decides nothing itself; the person it ends with is always the one of `decide`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from feedback import routing
from feedback.models import Kind, RoutingRule, Topic
from feedback.routing import Decision, NobodyCanAnswer, Staff
from home.models import Area, Official


@dataclass(frozen=True)
class RuleAsked:
    rule: RoutingRule
    fires: bool
    because: str


@dataclass(frozen=True)
class PersonAsked:
    official: Official
    is_chosen: bool
    because: str


@dataclass(frozen=True)
class Explanation:
    """`decision` is None when nobody can answer; rules after the one that fired were not asked."""

    rules: list[RuleAsked]
    people: list[PersonAsked]
    decision: Decision | None


def explain(
    staff: Staff, topic: Topic, area: Area | None, kind: str, today: date, about: Official | None = None
) -> Explanation:
    try:
        decision = routing.decide(staff, topic, area, kind, today, about)
    except NobodyCanAnswer:
        decision = None
    people = list(_people(staff, topic, area, kind, today, about))
    return Explanation(list(_rules(staff, topic, area, kind)), people, decision)


def _rules(staff: Staff, topic: Topic, area: Area | None, kind: str) -> Iterator[RuleAsked]:
    if kind == Kind.CONDUCT:
        return
    for rule in staff.rules:
        if routing.fits(rule, topic, area, kind):
            yield RuleAsked(rule, True, _("fits"))
            return
        yield RuleAsked(rule, False, ", ".join(_differences(rule, topic, area, kind)))


def _differences(rule: RoutingRule, topic: Topic, area: Area | None, kind: str) -> Iterator[str]:
    if rule.topic_id not in (None, topic.pk):
        yield _("for another topic")
    if rule.area_id not in (None, area.pk if area else None):
        yield _("for another area")
    if rule.kind not in ("", kind):
        yield _("for another kind")


def _people(
    staff: Staff, topic: Topic, area: Area | None, kind: str, today: date, about: Official | None
) -> Iterator[PersonAsked]:
    """Each once, up to the one who answers."""
    seen: set[int] = set()
    barred = routing.barred_by(staff, about) if kind == Kind.CONDUCT else set()
    for first, role in _asked_first(staff, topic, area, kind):
        for place, official in enumerate(staff.chain(first)):
            if official.pk in seen:
                continue
            seen.add(official.pk)
            why_not = _why_not(official, today, barred)
            yield PersonAsked(official, not why_not, why_not or (_("deputy") if place else role))
            if not why_not:
                return


def _asked_first(
    staff: Staff, topic: Topic, area: Area | None, kind: str
) -> Iterator[tuple[Official | None, str]]:
    leader = staff.official(staff.leader_id)
    if kind == Kind.CONDUCT:
        yield leader, _("leader of the commune")
        yield staff.official(staff.conduct_reader_id), _("named in the settings for remarks about the leader")
        return
    rule = routing.rule_for(staff, topic, area, kind)
    unit = rule.unit if rule else topic.unit
    if rule:
        yield staff.official(rule.official_id), _("named by the rule")
    yield staff.official(unit.head_id), _("head of %(unit)s") % {"unit": unit}
    yield leader, _("leader of the commune")


def _why_not(official: Official, today: date, barred: set[int]) -> str:
    if official.pk in barred:
        return _("the remark is about this person, or about somebody they stand in for or work under")
    if not official.is_active(today):
        return _("not in office")
    if not routing.is_in_office(official, today):
        return _("the account is closed")
    if official.is_absent(today):
        until = official.away_until
        return _("away until %(day)s") % {"day": f"{until:%d/%m/%Y}"} if until else _("away")
    return ""
