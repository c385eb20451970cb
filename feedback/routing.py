"""Who answers: topic × area × kind → unit and official. Decides and writes nothing.

The first active rule that fits, lowest order first, names unit and official (blank: the head of the unit);
without any the topic's unit answers. Whoever is away or no longer in office is replaced by the first deputy along
the chain who is there, else by the head of the unit and that head's deputies, else by the commune's leader.

A remark about conduct follows no rule: it goes to the leader, and never to the person it is about, to whoever
stands in for that person, or to whom that person heads. About the leader it goes to the reader whom the settings
name.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from feedback.models import Kind, RoutingRule, Topic
from home.models import Area, CommuneSettings, Official, Unit


class Why(TextChoices):
    RULE = "rule", _("A rule names this official.")
    HEAD = "head", _("A rule names the unit; its head answers.")
    TOPIC = "topic", _("No rule fits; the head of the topic's unit answers.")
    DEPUTY = "deputy", _("The official is away; the deputy answers.")
    UNIT_HEAD = "unit_head", _("The official and the deputies are away; the head of the unit answers.")
    LEADER = "leader", _("Nobody else is there; the leader of the commune answers.")
    CONDUCT = "conduct", _("A remark about conduct goes to the leader, not to the person named.")


class NobodyCanAnswer(Exception):
    """No official in office and present can be reached for this topic, area and kind."""


@dataclass(frozen=True)
class Decision:
    unit: Unit
    official: Official
    why: Why
    rule: RoutingRule | None = None
    deputised_from: Official | None = None


@dataclass(frozen=True)
class Staff:
    """Everything a decision looks at, read once (three queries) and then asked as often as needed."""

    officials: Mapping[int, Official]
    rules: Sequence[RoutingRule] = ()
    leader_id: int | None = None
    conduct_reader_id: int | None = None

    @classmethod
    def load(cls) -> "Staff":
        commune = CommuneSettings.objects.filter(site__is_default_site=True).first()
        return cls(
            officials=officials_by_key(),
            rules=list(RoutingRule.objects.filter(is_active=True).select_related("unit")),
            leader_id=commune.leader_id if commune else None,
            conduct_reader_id=commune.conduct_reader_id if commune else None,
        )

    def official(self, pk: int | None) -> Official | None:
        return self.officials.get(pk) if pk else None

    def chain(self, official: Official | None) -> Iterator[Official]:
        """The official and the deputies in order; each once, however the deputies point at each other."""
        seen: set[int] = set()
        while official is not None and official.pk not in seen:
            seen.add(official.pk)
            yield official
            official = self.official(official.deputy_id)

    def present(
        self, official: Official | None, today: date, barred: Collection[int] = ()
    ) -> Official | None:
        """The first of the chain who can answer today; None when there is none."""
        return next((o for o in self.chain(official) if o.pk not in barred and can_answer(o, today)), None)


def officials_by_key() -> dict[int, Official]:
    return {official.pk: official for official in Official.objects.select_related("unit", "user")}


def can_answer(official: Official, today: date) -> bool:
    """In office and not away."""
    return is_in_office(official, today) and not official.is_absent(today)


def is_in_office(official: Official, today: date) -> bool:
    """Away or not; whoever's account was closed counts as gone."""
    has_closed_account = official.user is not None and not official.user.is_active
    return official.is_active(today) and not has_closed_account


def decide(
    staff: Staff,
    topic: Topic,
    area: Area | None,
    kind: str,
    today: date,
    about: Official | None = None,
) -> Decision:
    """Raises `NobodyCanAnswer`. `about` is the official whom a remark about conduct names, if any."""
    if kind == Kind.CONDUCT:
        return _decide_conduct(staff, today, about)
    rule = rule_for(staff, topic, area, kind)
    unit = rule.unit if rule else topic.unit
    named = staff.official(rule.official_id) if rule else None
    head = staff.official(unit.head_id)
    first = named or head
    candidates = [(first, Why.DEPUTY), (head, Why.UNIT_HEAD), (staff.official(staff.leader_id), Why.LEADER)]
    for candidate, why in candidates:
        official = staff.present(candidate, today)
        if official is not None:
            reason = _why(rule, named) if official == first else why
            replaced = first if first is not None and official != first else None
            return Decision(unit, official, reason, rule, replaced)
    raise NobodyCanAnswer(f"{topic.key} × {area.key if area else '*'} × {kind}")


def rule_for(staff: Staff, topic: Topic, area: Area | None, kind: str) -> RoutingRule | None:
    """The rule that fires; None where the topic's unit answers, and for remarks about conduct."""
    if kind == Kind.CONDUCT:
        return None
    return next((rule for rule in staff.rules if fits(rule, topic, area, kind)), None)


def fits(rule: RoutingRule, topic: Topic, area: Area | None, kind: str) -> bool:
    """Blank fits everything."""
    return (
        rule.topic_id in (None, topic.pk)
        and rule.area_id in (None, area.pk if area else None)
        and rule.kind in ("", kind)
    )


def barred_by(staff: Staff, about: Official | None) -> set[int]:
    """Who may never read a remark about this official: the person, the stand-ins, and whom the person heads."""
    if about is None:
        return set()
    barred = {official.pk for official in staff.chain(about)}
    return barred | {o.pk for o in staff.officials.values() if o.unit.head_id == about.pk}


def _decide_conduct(staff: Staff, today: date, about: Official | None) -> Decision:
    barred = barred_by(staff, about)
    leader = staff.official(staff.leader_id)
    for reader in (leader, staff.official(staff.conduct_reader_id)):
        official = staff.present(reader, today, barred)
        if official is not None:
            replaced = (
                leader if leader is not None and official != leader and leader.pk not in barred else None
            )
            return Decision(official.unit, official, Why.CONDUCT, deputised_from=replaced)
    raise NobodyCanAnswer(Kind.CONDUCT)


def _why(rule: RoutingRule | None, named: Official | None) -> Why:
    if rule is None:
        return Why.TOPIC
    return Why.RULE if named else Why.HEAD
