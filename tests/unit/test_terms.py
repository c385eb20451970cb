"""Which time and fee hold: the most specific row that states one, time and fee apart."""

from typing import Any

import pytest

from guides.terms import UNKNOWN_FEE, UNKNOWN_TIME, fee_for, rows_for, time_for


def term(channel: str = "", situation: str = "", days: int | None = None, fee: int | None = None) -> Any:
    return {
        "channel": channel,
        "situation": situation,
        "time": {**UNKNOWN_TIME, "value": days, "unit": "working_day"},
        "fee": {**UNKNOWN_FEE, "state": "unknown" if fee is None else "amount", "amount": fee},
    }


TERMS = [
    term(days=5, fee=20_000),
    term(channel="online", fee=10_000),
    term(situation="abroad", days=8),
    term(channel="online", situation="abroad", days=10),
]


@pytest.mark.parametrize(
    ("channel", "situation", "days", "fee"),
    [
        ("counter", "", 5, 20_000),
        ("online", "", 5, 10_000),  # the row for online states a fee only; the general time holds
        ("counter", "abroad", 8, 20_000),
        ("online", "abroad", 10, 10_000),
        ("post", "unknown-situation", 5, 20_000),
        ("", "", 5, 20_000),
    ],
)
def test_the_most_specific_row_that_states_something_wins(
    channel: str, situation: str, days: int, fee: int
) -> None:
    assert time_for(TERMS, channel, situation)["value"] == days
    assert fee_for(TERMS, channel, situation)["amount"] == fee


def test_without_rows_time_and_fee_are_unknown_and_not_free() -> None:
    assert time_for([]) == UNKNOWN_TIME
    assert fee_for([])["state"] == "unknown"


def test_a_row_for_another_way_says_nothing_about_the_counter() -> None:
    assert fee_for([term(channel="online", fee=10_000)], "counter") == UNKNOWN_FEE


def test_a_situation_is_more_specific_than_a_way() -> None:
    terms = [term(channel="online", days=1), term(situation="abroad", days=8)]
    assert time_for(terms, "online", "abroad")["value"] == 8


def test_a_note_alone_states_a_time() -> None:
    noted = term()
    noted["time"]["note"] = "The police answer first."
    assert time_for([noted, term(days=None)])["note"] == "The police answer first."


def test_papers_of_one_situation_stay_out_of_the_others() -> None:
    papers = [
        {"name": "form", "situations": []},
        {"name": "witness", "situations": ["no-notice"]},
    ]
    assert [paper["name"] for paper in rows_for(papers, situation="in-time")] == ["form"]
    assert [paper["name"] for paper in rows_for(papers, situation="no-notice")] == ["form", "witness"]


def test_steps_of_one_way_stay_out_of_the_others() -> None:
    steps = [
        {"text": "Take a number", "channel": "counter", "situation": ""},
        {"text": "Log in", "channel": "online", "situation": ""},
        {"text": "Keep the receipt", "channel": "", "situation": ""},
    ]
    assert [step["text"] for step in rows_for(steps, channel="online")] == ["Log in", "Keep the receipt"]
