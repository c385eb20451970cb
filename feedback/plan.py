"""The routing as it is, or as it would be after a change that somebody is about to save."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Model

from feedback.models import RoutingRule, Topic
from feedback.routing import Staff
from home.models import Area, CommuneSettings, Official, Unit, User

Row = TypeVar("Row", RoutingRule, Topic, Official)
Cell = tuple[Topic, Area | None, str]


@dataclass(frozen=True)
class Plan:
    """`topics` are the open ones."""

    staff: Staff
    topics: Sequence[Topic]
    areas: Sequence[Area]

    @classmethod
    def load(cls) -> "Plan":
        topics = Topic.objects.filter(is_open=True).select_related("unit")
        return cls(Staff.load(), list(topics), list(Area.objects.all()))

    def cells(self) -> Iterator[Cell]:
        """Everything that can be sent: each open topic with each of its kinds, from each area and from none."""
        areas: list[Area | None] = [None, *self.areas]
        for topic in self.topics:
            for area in areas:
                for kind in topic.kinds:
                    yield topic, area, kind

    def after(self, changed: Model) -> "Plan":
        """With this row as it would be saved; a row of another kind changes nothing."""
        match changed:
            case Official():
                return self._with_staff(officials={**self.staff.officials, changed.pk: changed})
            case User():
                return self._with_account(changed)
            case Unit():
                return self._with_unit(changed)
            case CommuneSettings():
                leads = {"leader_id": changed.leader_id, "conduct_reader_id": changed.conduct_reader_id}
                return self._with_staff(**leads) if changed.site.is_default_site else self
            case RoutingRule():
                rules = [changed] if changed.is_active else []
                return self._with_staff(rules=_ordered([*_others(self.staff.rules, changed), *rules]))
            case Topic():
                topics = [changed] if changed.is_open else []
                return replace(self, topics=[*_others(self.topics, changed), *topics])
        return self

    def without(self, gone: Model) -> "Plan":
        """Once this row is deleted, with what is deleted or emptied along with it."""
        match gone:
            case Official():
                officials = {pk: one for pk, one in self.staff.officials.items() if pk != gone.pk}
                return self._with_staff(officials=officials)
            case RoutingRule():
                return self._with_staff(rules=_others(self.staff.rules, gone))
            case Topic():
                rules = [rule for rule in self.staff.rules if rule.topic_id != gone.pk]
                return replace(self._with_staff(rules=rules), topics=_others(self.topics, gone))
            case Area():
                rules = [rule for rule in self.staff.rules if rule.area_id != gone.pk]
                areas = [area for area in self.areas if area.pk != gone.pk]
                return replace(self._with_staff(rules=rules), areas=areas)
        return self

    def _with_staff(self, **changes: Any) -> "Plan":
        return replace(self, staff=replace(self.staff, **changes))

    def _with_account(self, user: User) -> "Plan":
        officials = dict(self.staff.officials)
        for pk, official in officials.items():
            if official.user_id == user.pk:
                officials[pk] = copy(official)
                officials[pk].user = user
        return self._with_staff(officials=officials)

    def _with_unit(self, unit: Unit) -> "Plan":
        officials = {pk: _moved(official, unit) for pk, official in self.staff.officials.items()}
        rules = [_moved(rule, unit) for rule in self.staff.rules]
        topics = [_moved(topic, unit) for topic in self.topics]
        return replace(self._with_staff(officials=officials, rules=rules), topics=topics)


def _moved(row: Row, unit: Unit) -> Row:
    if row.unit_id != unit.pk:
        return row
    row = copy(row)
    row.unit = unit
    return row


def _others(rows: Sequence[Row], row: Row) -> list[Row]:
    return [other for other in rows if other.pk != row.pk]


def _ordered(rules: list[RoutingRule]) -> list[RoutingRule]:
    """As the database orders them; a new rule comes after the others of its order."""
    return sorted(rules, key=lambda rule: (rule.order, rule.pk is None, rule.pk or 0))
