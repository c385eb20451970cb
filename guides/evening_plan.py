"""The plan of one session in minutes: set up, welcome, lessons together, help one by one, tally, tidy up.

Pure: hours of one day as minutes since midnight. Lessons take what they need while at least a third of the time
between welcome and tally is left for help one by one; those that find no room are named, to be taken home.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from guides.models.choices import Role

SET_UP, TIDY_UP = 30, 15  # minutes before and after
WELCOME, TALLY = 10, 15  # minutes, less in a short session
A_SIXTH, A_THIRD = 6, 3
USUAL_LESSON = 15  # minutes of a lesson that does not say
LAST_MINUTE = 24 * 60 - 1

SETTING_UP, WELCOMING, LESSON, HELPING, TALLYING, TIDYING = (
    "set_up",
    "welcome",
    "lesson",
    "help",
    "tally",
    "tidy",
)
WHO = {
    SETTING_UP: (Role.GREETER, Role.SAFETY),
    WELCOMING: (Role.GREETER, Role.CHECKER),
    LESSON: (Role.TYPIST, Role.CHECKER),
    HELPING: (Role.CHECKER, Role.TYPIST, Role.STUCK),
    TALLYING: (Role.GREETER, Role.STUCK),
    TIDYING: (Role.SAFETY, Role.GREETER),
}


@dataclass(frozen=True)
class Slot:
    starts: time
    ends: time
    what: str
    title: str = ""

    @property
    def roles(self) -> list[str]:
        return [str(role.label) for role in WHO[self.what]]


@dataclass(frozen=True)
class Plan:
    slots: list[Slot]
    no_room: list[str]


def plan_evening(starts: time, ends: time, lessons: Iterable[tuple[str, int | None]]) -> Plan:
    """`lessons` are (title, minutes) in order; none for a session without lessons together."""
    first, last = _minutes(starts), _minutes(ends)
    whole = last - first
    welcome, tally = min(WELCOME, whole // A_SIXTH), min(TALLY, whole // A_SIXTH)
    between = whole - welcome - tally
    taught, no_room = _that_fit(lessons, between - between // A_THIRD)
    lengths = [(WELCOMING, "", welcome), *((LESSON, title, minutes) for title, minutes in taught)]
    lengths += [(HELPING, "", between - sum(minutes for _title, minutes in taught)), (TALLYING, "", tally)]
    return Plan(
        [
            _slot(max(first - SET_UP, 0), first, SETTING_UP),
            *_one_after_the_other(first, lengths),
            _slot(last, last + TIDY_UP, TIDYING),
        ],
        no_room,
    )


def _that_fit(
    lessons: Iterable[tuple[str, int | None]], room: int
) -> tuple[list[tuple[str, int]], list[str]]:
    taught: list[tuple[str, int]] = []
    no_room: list[str] = []
    for title, minutes in lessons:
        needed = minutes or USUAL_LESSON
        if needed <= room:
            taught.append((title, needed))
            room -= needed
        else:
            no_room.append(title)
    return taught, no_room


def _one_after_the_other(first: int, lengths: Sequence[tuple[str, str, int]]) -> list[Slot]:
    slots, begins = [], first
    for what, title, minutes in lengths:
        if minutes:
            slots.append(_slot(begins, begins + minutes, what, title))
        begins += minutes
    return slots


def _slot(begins: int, ends: int, what: str, title: str = "") -> Slot:
    return Slot(_clock(begins), _clock(ends), what, title)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    hour, minute = divmod(min(minutes, LAST_MINUTE), 60)
    return time(hour, minute)
