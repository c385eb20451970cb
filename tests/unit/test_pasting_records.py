"""All real records, written as the portal and as a decision show them, and read back from that text.

A record's times for single cases stand in no text, so the record is compared without them. The shares are what was
measured, a little below; they may rise and must not fall. Where the reading says more than the record, that is
because the record keeps "Không quá 15 ngày kể từ ngày nhận đủ hồ sơ" as words, which the helper reads as a time.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gandan.text import fold
from guides.importing.mapping import map_record
from guides.importing.reading import read_file
from guides.importing.record import OfficialRecord
from guides.pasting.recognising import recognise
from tests.unit.pasting_world import decision, portal_page

Values = dict[str, Any]

AT_LEAST = {  # per cent of the records
    portal_page: {
        **{"code": 100, "title": 100, "agency": 100, "days": 97, "right_days": 100, "fees": 100, "laws": 99},
        **{"papers": 100, "ways": 100, "steps": 96},
    },
    decision: {
        **{"code": 100, "title": 98, "agency": 100, "days": 94, "right_days": 100, "fees": 98, "laws": 94},
        **{"papers": 100, "ways": 100, "steps": 96},
    },
}


@cache
def agreement(layout: Callable[[dict[str, Any]], str], folder: Path) -> Counter[str]:
    """In how many of the records each thing agrees."""
    agreed: Counter[str] = Counter()
    for file in sorted(folder.glob("*.json")):
        record = read_file(file)
        assert isinstance(record, OfficialRecord)
        raw = json.loads(file.read_text(encoding="utf-8"))
        found = recognise(layout(raw))
        wanted = map_record(replace(record, cases=())).values
        agreed["records"] += 1
        agreed["code"] += found.code == record.code
        for name, compare in SAME.items():
            agreed[name] += compare(found.values) == compare(wanted)
        agreed["right_days"] += not _contradict(_days(found.values), _days(wanted))
    return agreed


def _days(values: Values) -> set[tuple[int, str]]:
    return {(t["time_value"], t["time_unit"]) for t in values.get("terms", []) if t["time_value"] is not None}


def _contradict(read: set[tuple[int, str]], record: set[tuple[int, str]]) -> bool:
    """A time where the record states another one; a time where it states none is no contradiction."""
    return bool(record) and not read <= record


SAME: dict[str, Callable[[Values], Any]] = {
    "title": lambda values: values.get("title"),
    "agency": lambda values: values.get("where_note") or "",
    "days": _days,
    "fees": lambda values: {(t["fee_state"], t["fee_amount"]) for t in values.get("terms", [])},
    "laws": lambda values: {row["number"] for row in values.get("legal_basis", [])},
    "papers": lambda values: [(p["originals"], p["copies"]) for p in values.get("papers", [])],
    "ways": lambda values: {row["method"] for row in values.get("channels", [])},
    "steps": lambda values: fold(" ".join(row["text"] for row in values.get("steps", []))),
}


@pytest.mark.parametrize("layout", [portal_page, decision])
def test_what_is_read_agrees_with_the_record(shared, layout):
    agreed = agreement(layout, shared / "data" / "procedures")
    assert agreed["records"] == 284
    shares = {name: 100 * agreed[name] / agreed["records"] for name in AT_LEAST[layout]}
    low = {name: round(share, 1) for name, share in shares.items() if share < AT_LEAST[layout][name]}
    assert not low, low


def test_a_wrong_number_of_days_would_be_seen():
    assert _contradict({(5, "day")}, {(3, "day")})
    assert not _contradict({(5, "day")}, set())
