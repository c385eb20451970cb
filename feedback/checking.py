"""Does every case that can be sent today reach somebody? Asked by `check_routing`, and before rules change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from feedback import routing
from feedback.models import Topic
from feedback.routing import NobodyCanAnswer, Staff
from home.models import Area, Official


@dataclass(frozen=True)
class Stranded:
    topic: Topic
    area: Area | None
    kind: str

    def __str__(self) -> str:
        return (
            f"{self.topic.key} × {self.area.key if self.area else 'no area'} × {self.kind}: nobody can answer"
        )


def stranded(today: date) -> list[Stranded]:
    staff = Staff.load()
    areas: list[Area | None] = [None, *Area.objects.all()]
    topics = Topic.objects.filter(is_open=True).select_related("unit")
    return [lost for topic in topics for area in areas for lost in _lost(staff, topic, area, today)]


def without_account() -> list[Official]:
    """Officials whom a rule names and who cannot open the desk."""
    staff = Staff.load()
    keys = {rule.official_id or rule.unit.head_id for rule in staff.rules}
    named = [official for pk, official in staff.officials.items() if pk in keys]
    return [official for official in named if official.user is None or not official.user.email]


def _lost(staff: Staff, topic: Topic, area: Area | None, today: date) -> Iterator[Stranded]:
    for kind in topic.kinds:
        try:
            routing.decide(staff, topic, area, kind, today)
        except NobodyCanAnswer:
            yield Stranded(topic, area, kind)
