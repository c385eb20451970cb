"""Which time and which fee hold for a way and a situation: the most specific row that states one wins.

Terms are dicts as kept in a guide's sheet. A row's time and its fee are looked up apart, so that a row which
only sets a fee does not hide a time stated more generally. A situation is more specific than a way.
"""

from typing import Any, TypedDict


class Time(TypedDict):
    value: int | None
    unit: str
    cut_off: str
    note: str


class Fee(TypedDict):
    state: str
    amount: int | None
    note: str
    exemptions: str


class Term(TypedDict):
    channel: str
    situation: str
    time: Time
    fee: Fee


UNKNOWN_TIME: Time = {"value": None, "unit": "other", "cut_off": "", "note": ""}
UNKNOWN_FEE: Fee = {"state": "unknown", "amount": None, "note": "", "exemptions": ""}


def states_time(term: Term) -> bool:
    return term["time"]["value"] is not None or bool(term["time"]["note"])


def states_fee(term: Term) -> bool:
    return term["fee"]["state"] != "unknown" or bool(term["fee"]["note"])


def fits(term: Term, channel: str, situation: str) -> bool:
    return term["channel"] in {"", channel} and term["situation"] in {"", situation}


def specificity(term: Term) -> int:
    return 2 * bool(term["situation"]) + bool(term["channel"])


def _most_specific(terms: list[Term], channel: str, situation: str) -> list[Term]:
    return sorted((t for t in terms if fits(t, channel, situation)), key=specificity, reverse=True)


def time_for(terms: list[Term], channel: str = "", situation: str = "") -> Time:
    """The time that holds; `UNKNOWN_TIME` when no row states one."""
    return next(
        (t["time"] for t in _most_specific(terms, channel, situation) if states_time(t)), UNKNOWN_TIME
    )


def fee_for(terms: list[Term], channel: str = "", situation: str = "") -> Fee:
    """The fee that holds; `UNKNOWN_FEE` when no row states one, never free."""
    return next((t["fee"] for t in _most_specific(terms, channel, situation) if states_fee(t)), UNKNOWN_FEE)


def rows_for(rows: list[dict[str, Any]], channel: str = "", situation: str = "") -> list[dict[str, Any]]:
    """Papers or steps that hold for a way and a situation; a row without either holds for all.

    Without a way rows of every way are kept; without a situation only those that hold in every one.
    """

    def holds(row: dict[str, Any]) -> bool:
        situations, ways = _named(row, "situations", "situation"), _named(row, "ways", "channel")
        return (not channel or not ways or channel in ways) and (not situations or situation in situations)

    return [row for row in rows if holds(row)]


def _named(row: dict[str, Any], several: str, single: str) -> list[str]:
    """Papers name several situations and ways, steps one of each."""
    return row.get(several) or [name for name in [row.get(single, "")] if name]
