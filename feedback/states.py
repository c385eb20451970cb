"""The one table of allowed moves of a case. Whoever changes a state asks here; `handling` is the only one who does."""

from collections.abc import Mapping

from feedback.models import State

ALLOWED: Mapping[str, frozenset[str]] = {
    State.NEW: frozenset({State.ACCEPTED, State.NEED_INFO, State.FORWARDED, State.ANSWERED, State.REFUSED}),
    State.ACCEPTED: frozenset(
        {State.WORKING, State.NEED_INFO, State.FORWARDED, State.ANSWERED, State.REFUSED}
    ),
    State.WORKING: frozenset({State.NEED_INFO, State.FORWARDED, State.ANSWERED, State.REFUSED}),
    State.NEED_INFO: frozenset({State.WORKING, State.FORWARDED, State.ANSWERED, State.REFUSED}),
    State.FORWARDED: frozenset({State.WORKING, State.ANSWERED, State.CLOSED}),
    State.ANSWERED: frozenset({State.CLOSED, State.REOPENED}),
    State.REFUSED: frozenset({State.CLOSED, State.REOPENED}),
    State.REOPENED: frozenset(
        {State.ACCEPTED, State.WORKING, State.NEED_INFO, State.FORWARDED, State.ANSWERED, State.REFUSED}
    ),
    State.CLOSED: frozenset({State.REOPENED}),
}


class MoveRefused(Exception):
    """The case is not in a state from which this move is allowed; somebody may have been faster."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"A case cannot go from {state} to {to}.")
        self.state, self.to = state, to


def may_move(state: str, to: str) -> bool:
    return to in ALLOWED[state]
