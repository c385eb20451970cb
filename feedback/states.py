"""The one table of a case's moves: from which states each may be made, and where it leads.

Whoever changes a state names a move; `handling` is the only one who does, by an update that holds only while the
case is still where it was. Desk and pages ask `may` which buttons to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise as LazyText

from feedback.models import OPEN_STATES, State


class Move(StrEnum):
    ACCEPT = "accept"
    START_WORK = "start_work"
    ASK_MORE = "ask_more"
    RESUME = "resume"
    FORWARD = "forward"
    REFUSE = "refuse"
    ANSWER = "answer"
    CLOSE = "close"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Way:
    to: str
    starts: frozenset[str]


def _way(to: str, *starts: str) -> Way:
    return Way(to, frozenset(starts))


MOVES: Mapping[str, Way] = {
    Move.ACCEPT: _way(State.ACCEPTED, State.NEW, State.REOPENED),
    Move.START_WORK: _way(State.WORKING, State.NEW, State.ACCEPTED, State.REOPENED),
    Move.ASK_MORE: _way(State.NEED_INFO, State.NEW, State.ACCEPTED, State.WORKING, State.REOPENED),
    Move.RESUME: _way(State.WORKING, State.NEED_INFO, State.FORWARDED),
    Move.FORWARD: _way(State.FORWARDED, *OPEN_STATES),
    Move.REFUSE: _way(State.REFUSED, *OPEN_STATES),
    Move.ANSWER: _way(State.ANSWERED, *OPEN_STATES, State.FORWARDED),
    Move.CLOSE: _way(State.CLOSED, State.ANSWERED, State.REFUSED),
    Move.MERGE: _way(State.CLOSED, *OPEN_STATES),
    Move.WITHDRAW: _way(State.CLOSED, *OPEN_STATES, State.FORWARDED),
    Move.REOPEN: _way(State.REOPENED, State.ANSWERED, State.REFUSED, State.CLOSED),
}


class MoveRefused(Exception):
    """The case is not in a state from which this move is allowed; somebody may have been faster."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"A case cannot go from {state} to {to}.")
        self.state, self.to = state, to


class NotPossible(ValueError):
    """A step that its facts forbid. Its text is a sentence for whoever tried, in their language."""

    def __init__(self, sentence: str | LazyText) -> None:
        super().__init__(str(sentence))


def may(state: str, move: str) -> bool:
    return state in MOVES[move].starts


def may_move(state: str, to: str) -> bool:
    """Whether any move leads from the one state to the other."""
    return any(way.to == to and state in way.starts for way in MOVES.values())
