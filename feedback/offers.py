"""What a form offers before anything is sent: the open topics, and for each who answers and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from feedback import routing
from feedback.models import Kind, Topic
from feedback.promise import Promise, calendar_of, promise
from feedback.routing import Decision, NobodyCanAnswer, Staff
from gandan.models import WorkDay
from gandan.text import sort_key
from gandan.worktime import Calendar
from home.models import Area, Official, Unit


@dataclass(frozen=True)
class Answer:
    """Who answers and by when. `area` is set where that hamlet alone differs; `deputy` steps in when away."""

    decision: Decision
    promise: Promise
    deputy: Official | None
    area: Area | None = None


@dataclass(frozen=True)
class TopicOffer:
    """`answer` is None when nobody can be reached: then the form says whom to call."""

    topic: Topic
    answer: Answer | None
    elsewhere: Sequence[Answer] = ()


class Offers:
    """Asks eight questions of the database, whatever the number of topics and areas."""

    def __init__(self, kind: Kind, now: datetime) -> None:
        self.kind, self.now, self.today = kind, now, timezone.localdate(now)
        self.counted_from = now  # the promise
        self.about: Official | None = None  # whom a remark about conduct names
        self.staff = Staff.load()
        self.areas = list(Area.objects.all())
        self.topics = [
            topic
            for topic in Topic.objects.filter(is_open=True).select_related("unit")
            if kind in topic.kinds
        ]
        self._exceptions = list(WorkDay.objects.all())
        self._calendars: dict[int, Calendar] = {}
        self._ruled_areas = {rule.area_id for rule in self.staff.rules if rule.area_id}

    @property
    def retention(self) -> tuple[int, int]:
        """The longest days that contact and words are kept after closing, over the topics offered."""
        return (
            max((topic.contact_days for topic in self.topics), default=0),
            max((topic.words_days for topic in self.topics), default=0),
        )

    def topic(self, key: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.key == key), None)

    def area(self, key: str) -> Area | None:
        return next((area for area in self.areas if area.key == key), None)

    @property
    def officials(self) -> list[Official]:
        """Those in office, whom a remark about conduct may name."""
        serving = (official for official in self.staff.officials.values() if official.is_active(self.today))
        return sorted(serving, key=lambda official: sort_key(official.name))

    def official(self, key: str) -> Official | None:
        return next((official for official in self.officials if official.key == key), None)

    def all(self, area: Area | None) -> list[TopicOffer]:
        return [self._offer(topic, area) for topic in self.topics]

    def answer(self, topic: Topic, area: Area | None) -> Answer:
        """Raises `NobodyCanAnswer`."""
        decision = routing.decide(self.staff, topic, area, self.kind, self.today, self.about)
        made = promise(self._calendar(decision.unit), decision.unit, topic.working_days, self.counted_from)
        deputy = next((o for o in self.staff.chain(decision.official) if o != decision.official), None)
        return Answer(decision, made, deputy)

    def _offer(self, topic: Topic, area: Area | None) -> TopicOffer:
        try:
            usual = self.answer(topic, area)
        except NobodyCanAnswer:
            return TopicOffer(topic, None)
        return TopicOffer(topic, usual, [] if area else self._elsewhere(topic, usual))

    def _elsewhere(self, topic: Topic, usual: Answer) -> list[Answer]:
        found = []
        for area in self.areas:
            if area.pk not in self._ruled_areas:
                continue
            there = self.answer(topic, area)
            if (there.decision.official, there.promise.due_at) != (
                usual.decision.official,
                usual.promise.due_at,
            ):
                found.append(Answer(there.decision, there.promise, there.deputy, area))
        return found

    def _calendar(self, unit: Unit) -> Calendar:
        if unit.pk not in self._calendars:
            self._calendars[unit.pk] = calendar_of(unit, self.today, self._exceptions)
        return self._calendars[unit.pk]
