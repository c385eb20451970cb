"""Cards whose answers lead to other cards: how they are written, and what is wrong with them.

Pure: knows neither pages nor the database. An answer is one line, "words → key"; "->" and "=>" do as well. The first
card is where everybody begins. A set of cards is sound when every answer leads to a card, every card can be reached,
and from every card that can be reached an end can be reached too. Going round in circles is allowed as long as there
is a way out of the circle.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

ARROW = re.compile(r"\s*(?:→|->|=>)\s*")


@dataclass(frozen=True)
class Answer:
    """`to` is the key of the next card; empty where the line has no arrow or nothing after it."""

    words: str
    to: str


@dataclass(frozen=True)
class Node:
    key: str
    answers: tuple[Answer, ...]
    is_end: bool


class Wrong(Enum):
    NO_CARDS = "no cards"
    NO_KEY = "no key"
    SAME_KEY = "same key"
    NO_WORDS = "no words"
    NOWHERE = "nowhere"
    DEAD_END = "dead end"
    END_WITH_ANSWERS = "end with answers"
    UNREACHABLE = "unreachable"
    NO_WAY_OUT = "no way out"


@dataclass(frozen=True)
class Fault:
    """`number` counts cards from 1, 0 for the whole set; `key` is the card's; `answer` is set where one is at fault."""

    wrong: Wrong
    number: int = 0
    key: str = ""
    answer: Answer = Answer("", "")


def parse_answers(typed: str) -> tuple[Answer, ...]:
    """In the order of the lines; blank lines are skipped. The last arrow of a line counts, so words may hold one."""
    return tuple(_answer(line.strip()) for line in typed.splitlines() if line.strip())


def _answer(line: str) -> Answer:
    arrows = list(ARROW.finditer(line))
    if not arrows:
        return Answer(line, "")
    return Answer(line[: arrows[-1].start()].strip(), line[arrows[-1].end() :].strip())


def faults_in(nodes: Sequence[Node]) -> list[Fault]:
    """What is wrong, card by card; where single cards are at fault, ways through them are not judged yet."""
    if not nodes:
        return [Fault(Wrong.NO_CARDS)]
    alone = [fault for number, node in enumerate(nodes, start=1) for fault in _alone(number, node, nodes)]
    return alone or _on_the_way(nodes)


def _alone(number: int, node: Node, nodes: Sequence[Node]) -> Iterable[Fault]:
    if not node.key:
        yield Fault(Wrong.NO_KEY, number)
    elif node.key in {other.key for other in nodes[: number - 1]}:
        yield Fault(Wrong.SAME_KEY, number, node.key)
    if node.is_end and node.answers:
        yield Fault(Wrong.END_WITH_ANSWERS, number, node.key)
    if not node.is_end and not node.answers:
        yield Fault(Wrong.DEAD_END, number, node.key)
    keys = {other.key for other in nodes if other.key}
    for answer in node.answers:
        if answer.to not in keys:
            yield Fault(Wrong.NOWHERE, number, node.key, answer)
        if not answer.words:
            yield Fault(Wrong.NO_WORDS, number, node.key, answer)


def _on_the_way(nodes: Sequence[Node]) -> list[Fault]:
    onward = {node.key: [answer.to for answer in node.answers] for node in nodes}
    backward: dict[str, list[str]] = {node.key: [] for node in nodes}
    for node in nodes:
        for to in onward[node.key]:
            backward[to].append(node.key)
    reached = reachable([nodes[0].key], onward)
    with_exit = reachable([node.key for node in nodes if node.is_end], backward)
    found = []
    for number, node in enumerate(nodes, start=1):
        if node.key not in reached:
            found.append(Fault(Wrong.UNREACHABLE, number, node.key))
        elif node.key not in with_exit:
            found.append(Fault(Wrong.NO_WAY_OUT, number, node.key))
    return found


def reachable(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    """The starts and every key that can be reached from them."""
    found = set(starts)
    waiting = deque(found)
    while waiting:
        for key in ways.get(waiting.popleft(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found
