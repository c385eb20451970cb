"""What must hold between the rows of one guide; the editor's form asks the same of what is typed there."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guides.importing.values import Values
from guides.models.choices import FeeState

Fault = tuple[str, int, str, str]  # (kind of rows, place of the row from 0, column, reason)


def faults(values: Values, known: Sequence[str] = ()) -> Iterator[Fault]:
    """`known` are the keys of the guide's situations, for values that say nothing about them."""
    own = [row["key"] for row in values.get("situations", [])]
    yield from _keys(own)
    keys = own if "situations" in values else list(known)
    for name, column in (("terms", "situation"), ("steps", "situation"), ("papers", "situations")):
        for place, row in enumerate(values.get(name, [])):
            yield from _unknown_situation(name, place, column, row, keys)
    for place, row in enumerate(values.get("terms", [])):
        if row.get("fee_state") == FeeState.AMOUNT and row.get("fee_amount") is None:
            yield "terms", place, "fee_amount", _("Write the amount, or choose another kind of fee.")


def _keys(keys: list[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if not key:
            yield "situations", place, "key", _("is missing")
        elif key in keys[:place]:
            yield "situations", place, "key", _("Another situation already has this key.")


def _unknown_situation(
    name: str, place: int, column: str, row: dict[str, Any], keys: Sequence[str]
) -> Iterator[Fault]:
    named = [key.strip() for key in str(row.get(column, "")).split(",") if key.strip()]
    unknown = [key for key in named if key not in keys]
    if unknown:
        words = {"key": ", ".join(unknown), "keys": ", ".join(keys) or "–"}
        reason = _("No situation has the key “%(key)s”. Keys of this guide: %(keys)s.")
        yield name, place, column, reason % words
