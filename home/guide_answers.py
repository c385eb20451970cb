"""What ties guides and published answers together: neither app knows the other, both register here.

Guides say which guide has a code. Feedback gives the answers of a code as JSON columns for the statement that a guide
makes anyway, and makes rows of them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import Subquery

from home.sections import Row

GuideOf = Callable[[str], Row | None]


class Answers(Protocol):
    def columns(self, code: str) -> Mapping[str, Subquery]:
        """JSON of the answers about a guide, one a column, to be annotated."""
        ...

    def rows(self, record: Mapping[str, Any]) -> Sequence[Row]:
        """The rows of a record that holds those columns."""
        ...


_guides: list[GuideOf] = []
_answers: list[Answers] = []


def register_guides(guide_of: GuideOf) -> None:
    _guides[:] = [guide_of]


def register_answers(answers: Answers) -> None:
    _answers[:] = [answers]


def guide_with(code: str) -> Row | None:
    """The live guide of that code in the reader's language, else in Vietnamese; None when there is none."""
    return _guides[0](code) if _guides and code else None


def answer_columns(code: str) -> Mapping[str, Subquery]:
    return _answers[0].columns(code) if _answers and code else {}


def answer_rows(record: Mapping[str, Any]) -> Sequence[Row]:
    return _answers[0].rows(record) if _answers else []
