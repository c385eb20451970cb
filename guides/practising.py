"""What a learner tries out on a lesson: screens to press, messages to judge, questions to answer.

Nobody is known and nothing is kept: a press leads to an anchor of the page itself, answers to the questions stand in
the address (`?tra-loi-1=2`) of a page that says whether they are right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guides.screens import can_be_pressed, parse_screen

MOST_DIGITS = 3  # of an answer's number; int() would take any length


@dataclass(frozen=True)
class Element:
    """A part of a drawn screen; `target` is the anchor that says how it was, "" where nothing can be pressed."""

    kind: str
    text: str
    icon: str
    target: str
    is_right: bool
    said: str


@dataclass(frozen=True)
class Screen:
    anchor: str
    task: str
    elements: list[Element]

    @property
    def outcomes(self) -> list[Element]:
        return [element for element in self.elements if element.target]


@dataclass(frozen=True)
class Asked:
    """`verdict` is "right", "wrong", "open" (others were answered, this one not) or "" (nothing was answered)."""

    name: str
    question: str
    choices: list[tuple[int, str, bool]]
    verdict: str
    right_answer: str
    why: str


def screens_of(practices: Iterable[Any]) -> list[Screen]:
    return [_screen(practice, number) for number, practice in enumerate(practices, start=1)]


def _screen(practice: Any, number: int) -> Screen:
    anchor = f"thu-{number}"
    elements = [
        Element(
            kind=part["kind"],
            text=part["text"],
            icon=part["icon"],
            target=f"{anchor}-{at}" if can_be_pressed(part) else "",
            is_right=part["pressed"],
            said=part["said"] or (practice.right if part["pressed"] else practice.wrong),
        )
        for at, part in enumerate(parse_screen(practice.screen), start=1)
    ]
    return Screen(anchor, practice.task, elements)


def judged(checks: Iterable[Any], given: Mapping[str, str]) -> list[Asked]:
    """The questions, with a verdict on each as soon as one of them is answered; what is no answer counts as none."""
    asked = list(checks)
    chosen = [_chosen(given.get(_name(number), ""), check) for number, check in enumerate(asked, start=1)]
    return [
        Asked(
            name=_name(number),
            question=check.question,
            choices=[(at, text, at == choice) for at, text in enumerate(check.answer_list, start=1)],
            verdict=_verdict(choice, check.right) if any(chosen) else "",
            right_answer=check.right_answer,
            why=check.why,
        )
        for number, (check, choice) in enumerate(zip(asked, chosen, strict=True), start=1)
    ]


def _name(number: int) -> str:
    return f"tra-loi-{number}"


def _chosen(typed: str, check: Any) -> int:
    """Number of the answer, 0 for none."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        return 0
    return int(typed) if int(typed) <= len(check.answer_list) else 0


def _verdict(choice: int, right: int) -> str:
    if not choice:
        return "open"
    return "right" if choice == right else "wrong"
