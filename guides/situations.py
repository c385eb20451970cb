"""“Your situation”: which one a reader chose, and how each differs from the usual case.

A situation is chosen by its key in the address (`?truong-hop=`). A key nobody has chooses none: an old link or a
slip of the pen shows the guide for everyone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from guides.facts import usual_way
from guides.terms import fee_for, time_for
from guides.wording import fee_in_words, joined, time_in_words

Sheet = dict[str, Any]

PARAMETER = "truong-hop"
FEW = 7  # situations that are shown at once; of more, the rest is folded away
ICONS = {
    "paper": "paper",
    "baby": "birth",
    "clock": "clock",
    "person": "official",
    "rings": "marriage",
    "house": "house",
    "truck": "moving",
    "elder": "elder",
    "phone": "mobile",
    "coin": "cost",
}


@dataclass(frozen=True)
class SituationRow:
    """The arguments of components/ruled_row.html."""

    title: str
    note: str
    icon: str
    url: str


@dataclass(frozen=True)
class Situations:
    """`shown` at once and `folded` away; `chosen` is the one the page is for, with `query` for links that keep it."""

    chosen: dict[str, Any] | None
    shown: list[SituationRow]
    folded: list[SituationRow]

    @property
    def query(self) -> str:
        return query_of(self.chosen)


def chosen_of(sheet: Sheet, asked: str) -> dict[str, Any] | None:
    return next((row for row in sheet.get("situations", []) if row["key"] and row["key"] == asked), None)


def key_of(chosen: dict[str, Any] | None) -> str:
    return chosen["key"] if chosen else ""


def query_of(chosen: dict[str, Any] | None, **more: str | int) -> str:
    """ "?truong-hop=qua-60-ngay", ready to stand in an address; empty without anything to keep."""
    kept = ({PARAMETER: chosen["key"]} if chosen else {}) | more
    return f"?{urlencode(kept)}" if kept else ""


def situations_of(sheet: Sheet, chosen: dict[str, Any] | None) -> Situations:
    """Once one is chosen, the others are out of the way."""
    rows = list(_rows(sheet, chosen))
    if chosen:
        return Situations(chosen, [], rows)
    few = FEW if len(rows) > FEW + 1 else len(rows)
    return Situations(None, rows[:few], rows[few:])


def _rows(sheet: Sheet, chosen: dict[str, Any] | None) -> Iterator[SituationRow]:
    for row in sheet.get("situations", []):
        if row is not chosen:
            note = joined([row["note"], *differences(sheet, row["key"])])
            yield SituationRow(row["label"], note, ICONS.get(row["icon"], "paper"), query_of(row))


def differences(sheet: Sheet, situation: str) -> Iterable[str]:
    """Time and fee of a situation, where they are not the usual ones."""
    terms, way = sheet.get("terms", []), usual_way(sheet)
    own_time, usual_time = time_for(terms, way, situation), time_for(terms, way)
    own_fee, usual_fee = fee_for(terms, way, situation), fee_for(terms, way)
    if time_in_words(own_time) != time_in_words(usual_time):
        yield _("Time: %(time)s") % {"time": time_in_words(own_time)}
    if own_time["note"] != usual_time["note"]:
        yield own_time["note"]
    if fee_in_words(own_fee) != fee_in_words(usual_fee):
        yield _("Fee: %(fee)s") % {"fee": fee_in_words(own_fee)}
