"""The one seam by which a question becomes a case. Whoever takes questions registers here; nobody else is named.

The asker's words pass through and are kept by the taker alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class TopicOffer:
    """A topic, who answers it and by when; `due` is None when nobody is there for it just now."""

    key: str
    name: str
    hint: str
    who: str
    due: datetime | None


@dataclass(frozen=True)
class Offer:
    """What may be asked now. `token` makes taking idempotent: one token, one case. `areas` are (key, name)."""

    topics: Sequence[TopicOffer]
    areas: Sequence[tuple[str, str]]
    token: str
    contact_days: int
    words_days: int


@dataclass(frozen=True)
class Question:
    """As it was typed. Contact is used only with consent."""

    token: str
    topic: str
    text: str
    area: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    consents: bool = False


@dataclass(frozen=True)
class Receipt:
    """`slip_url` is a secret address that shows code and PIN for two days, to be printed for the asker."""

    code: str
    pin: str
    due: datetime
    who: str
    slip_url: str


class NotTaken(Exception):
    """Nothing is stored. Sentences by field, "" for the whole; a fresh token when the one sent was of no use."""

    def __init__(
        self, errors: Mapping[str, Sequence[str]], token: str = "", *, has_personal_number: bool = False
    ) -> None:
        super().__init__(*errors)
        self.errors = errors
        self.token = token
        self.has_personal_number = has_personal_number


class Taker(Protocol):
    def offer(self, now: datetime) -> Offer: ...

    def take(self, question: Question, now: datetime) -> Receipt:
        """Raises `NotTaken`."""
        ...

    def mask(self, text: str) -> str:
        """The text with identity and card numbers made unreadable."""
        ...

    def unanswered(self, codes: Collection[str]) -> set[str]:
        """Those of the cases that still wait for an answer."""
        ...


_takers: list[Taker] = []


def register(taker: Taker) -> None:
    _takers[:] = [taker]


def are_taken() -> bool:
    return bool(_takers)


def taker() -> Taker:
    """Raises LookupError where no app takes questions."""
    if not _takers:
        raise LookupError("No app takes questions.")
    return _takers[0]
