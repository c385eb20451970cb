"""One count as a form or a device sends it, read with care: what cannot be counted is refused with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from guides.models.choices import AgeBand, Obstacle, Outcome, Subject
from guides.models.tally import LONGEST, PROCEDURE_CODE


class Refused(ValueError):
    """The sentence says what is wrong with the count."""


@dataclass(frozen=True)
class Entry:
    uuid: UUID
    subject: str
    outcome: str
    obstacle: str = ""
    minutes: int | None = None
    age: str = ""
    guide_code: str = ""
    recorded_at: datetime | None = None
    is_undone: bool = False


def read_entry(raw: object) -> Entry:
    """Raises `Refused`. A reason with something that was done is left out."""
    if not isinstance(raw, Mapping):
        raise Refused(_("This is no count."))
    outcome = _one_of(Outcome, raw.get("outcome"), _("Choose how it ended."))
    return Entry(
        uuid=read_uuid(raw.get("uuid")),
        subject=_one_of(Subject, raw.get("subject"), _("Choose what it was about.")),
        outcome=outcome,
        obstacle="" if outcome == Outcome.DONE else _why(raw.get("obstacle")),
        minutes=_minutes(raw.get("minutes")),
        age=_one_of(AgeBand, raw["age"], _("This age is not on the list.")) if raw.get("age") else "",
        guide_code=_guide_code(raw.get("guide")),
        recorded_at=_moment(raw.get("at")),
        is_undone=raw.get("undone") is True,
    )


def read_uuid(raw: object) -> UUID:
    try:
        return UUID(str(raw))
    except ValueError as error:
        raise Refused(_("This count carries no valid number of its own.")) from error


def _one_of(choices: type[TextChoices], raw: object, problem: str) -> str:
    if not isinstance(raw, str) or raw not in choices.values:
        raise Refused(problem)
    return raw


def _why(raw: object) -> str:
    return _one_of(Obstacle, raw, _("Say why it was not done."))


def _minutes(raw: object) -> int | None:
    if raw in (None, ""):
        return None
    typed = str(raw).strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and 1 <= int(typed) <= LONGEST):
        raise Refused(_("Minutes are a number from 1 to %(most)d.") % {"most": LONGEST})
    return int(typed)


def _guide_code(raw: Any) -> str:
    if not raw:
        return ""
    try:
        PROCEDURE_CODE(str(raw))
    except ValidationError as error:
        raise Refused(_("This is no code of a procedure.")) from error
    return str(raw)


def _moment(raw: object) -> datetime | None:
    """What the device's clock said; None when it said nothing that can be read, since a count is worth more."""
    try:
        moment = parse_datetime(raw) if isinstance(raw, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
