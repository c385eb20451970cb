"""What ties guides and published answers together: neither app knows the other, both register here.

Guides say which guide has a code; feedback says which answers belong to a code.
"""

from collections.abc import Callable, Sequence

from home.sections import Row

GuideOf = Callable[[str], Row | None]
AnswersOf = Callable[[str], Sequence[Row]]

_guides: list[GuideOf] = []
_answers: list[AnswersOf] = []


def register_guides(guide_of: GuideOf) -> None:
    _guides[:] = [guide_of]


def register_answers(answers_of: AnswersOf) -> None:
    _answers[:] = [answers_of]


def guide_with(code: str) -> Row | None:
    """The live guide of that code in the reader's language, else in another; None when there is none."""
    return _guides[0](code) if _guides and code else None


def answers_about(code: str) -> Sequence[Row]:
    """Empty when nothing is published about it. One statement."""
    return _answers[0](code) if _answers and code else []
