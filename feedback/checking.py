"""What is wrong with the routing: cases that reach nobody, and rules that contradict, never fire or lead nowhere.

Asked by `check_routing`, by the admin's page about routing, and before a change is saved (`feedback.guarding`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.translation import gettext as _

from feedback import routing
from feedback.models import Kind, RoutingRule, Topic
from feedback.plan import Plan
from feedback.routing import NobodyCanAnswer, Staff
from home.models import Area, Official, Unit


@dataclass(frozen=True)
class Stranded:
    topic: Topic
    area: Area | None
    kind: str

    def __str__(self) -> str:
        return (
            f"{self.topic.key} × {self.area.key if self.area else 'no area'} × {self.kind}: nobody can answer"
        )

    @property
    def sentence(self) -> str:
        words = {
            "topic": self.topic.name,
            "area": self.area.name if self.area else _("no area"),
            "kind": Kind(self.kind).label,
        }
        return _("%(topic)s · %(area)s · %(kind)s") % words


@dataclass(frozen=True)
class Conflict:
    """Two rules of one order that fit the same case and name different people: chance decides."""

    rule: RoutingRule
    other: RoutingRule

    def __str__(self) -> str:
        return _("Rules “%(rule)s” and “%(other)s” have the same order and fit the same cases.") % {
            "rule": self.rule,
            "other": self.other,
        }


@dataclass(frozen=True)
class Unreachable:
    """A rule that no case ever comes to, since earlier rules take them all."""

    rule: RoutingRule

    def __str__(self) -> str:
        if self.rule.kind == Kind.CONDUCT:
            return _("Rule “%(rule)s” never fires: remarks about conduct follow no rule.") % {
                "rule": self.rule
            }
        return _("Rule “%(rule)s” never fires: earlier rules take all its cases.") % {"rule": self.rule}


@dataclass(frozen=True)
class DeadEnd:
    """A rule or a topic whose people have all left; only the leader is left to answer."""

    where: RoutingRule | Topic
    unit: Unit

    def __str__(self) -> str:
        return _("“%(where)s” leads to nobody in office of %(unit)s: only the leader is left.") % {
            "where": self.where,
            "unit": self.unit,
        }


Problem = Conflict | Unreachable | DeadEnd


def stranded(today: date, plan: Plan | None = None) -> list[Stranded]:
    plan = plan or Plan.load()
    return [lost for cell in plan.cells() for lost in _lost(plan.staff, Stranded(*cell), today)]


def problems(today: date, plan: Plan | None = None) -> list[Problem]:
    """Conflicts, rules that never fire and dead ends; not the combinations that reach nobody at all."""
    plan = plan or Plan.load()
    return [*_conflicts(plan.staff), *_unreachable(plan), *_dead_ends(plan, today)]


def without_account() -> list[Official]:
    """Officials whom a rule names, or who read remarks about conduct, and who cannot open the desk."""
    staff = Staff.load()
    keys = {rule.official_id or rule.unit.head_id for rule in staff.rules}
    keys |= {staff.leader_id, staff.conduct_reader_id}  # remarks about conduct
    named = [official for pk, official in staff.officials.items() if pk in keys]
    return [official for official in named if official.user is None or not official.user.email]


def _lost(staff: Staff, cell: Stranded, today: date) -> Iterator[Stranded]:
    try:
        routing.decide(staff, cell.topic, cell.area, cell.kind, today)
    except NobodyCanAnswer:
        yield cell


def _conflicts(staff: Staff) -> Iterator[Conflict]:
    for rule, other in combinations(staff.rules, 2):
        if rule.order == other.order and _overlap(rule, other) and _target(rule) != _target(other):
            yield Conflict(rule, other)


def _overlap(rule: RoutingRule, other: RoutingRule) -> bool:
    pairs = (
        (rule.topic_id, other.topic_id),
        (rule.area_id, other.area_id),
        (rule.kind, other.kind),
    )
    return all(not one or not two or one == two for one, two in pairs)


def _target(rule: RoutingRule) -> tuple[int, int | None]:
    return rule.unit_id, rule.official_id


def _unreachable(plan: Plan) -> Iterator[Unreachable]:
    """Rules about closed topics sleep; they are not looked at."""
    reached = {rule.pk for cell in plan.cells() if (rule := routing.rule_for(plan.staff, *cell)) is not None}
    open_topics = {None, *(topic.pk for topic in plan.topics)}
    for rule in plan.staff.rules:
        if rule.pk not in reached and rule.topic_id in open_topics:
            yield Unreachable(rule)


def _dead_ends(plan: Plan, today: date) -> Iterator[DeadEnd]:
    staff = plan.staff
    ends: dict[tuple[str, int], DeadEnd] = {}
    for topic, area, kind in plan.cells():
        if kind == Kind.CONDUCT:
            continue
        rule = routing.rule_for(staff, topic, area, kind)
        unit = rule.unit if rule else topic.unit
        named = staff.official(rule.official_id) if rule else None
        chains = [*staff.chain(named), *staff.chain(staff.official(unit.head_id))]
        if not any(routing.is_in_office(official, today) for official in chains):
            where = rule or topic
            ends.setdefault((type(where).__name__, where.pk), DeadEnd(where, unit))
    yield from ends.values()
