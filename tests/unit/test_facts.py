"""The five facts: always five, in one order, unknown said as unknown, nothing empty ever free."""

from typing import Any

import pytest

from guides.facts import Fact, five_facts
from guides.terms import UNKNOWN_FEE, UNKNOWN_TIME

ORDER = ["where", "how-long", "cost", "bring", "online"]


def time(value: int | None, unit: str = "working_day", cut_off: str = "", note: str = "") -> dict[str, Any]:
    return {"value": value, "unit": unit, "cut_off": cut_off, "note": note}


def fee(state: str, amount: int | None = None, note: str = "") -> dict[str, Any]:
    return {"state": state, "amount": amount, "note": note, "exemptions": ""}


def term(
    channel: str = "",
    situation: str = "",
    time: dict[str, Any] = UNKNOWN_TIME,
    fee: dict[str, Any] = UNKNOWN_FEE,
) -> dict[str, Any]:
    return {"channel": channel, "situation": situation, "time": time, "fee": fee}


def situation(key: str, label: str) -> dict[str, Any]:
    return {"key": key, "label": label, "note": "", "icon": "paper"}


def paper(name: str, kind: str = "submit", only_if: str = "") -> dict[str, Any]:
    return {"name": name, "kind": kind, "only_if": only_if, "situations": [], "note": ""}


def sheet(
    *terms: dict[str, Any], ways: tuple[str, ...] = ("counter", "online"), **more: Any
) -> dict[str, Any]:
    return {"channels": [{"method": way, "note": ""} for way in ways], "terms": list(terms), **more}


def fact(key: str, of: dict[str, Any], language: str = "en") -> Fact:
    return next(fact for fact in five_facts(of, language) if fact.key == key)


def test_a_guide_without_any_row_has_five_facts_and_each_says_not_known() -> None:
    facts = five_facts({}, "en")
    assert [fact.key for fact in facts] == ORDER
    assert {fact.answer for fact in facts} == {"Not known yet"}


@pytest.mark.parametrize(
    ("kept", "answer"),
    [
        (fee("free"), "Free"),
        (fee("amount", 10000), "10.000\u00a0đ"),
        (fee("province"), "Set by the province"),
        (fee("unknown"), "Not known yet"),
        (fee("amount", None), "Not known yet"),
        (fee("unknown", note="The portal writes 0."), "Not known yet"),
        (fee("amount", 0), "0\u00a0đ"),
    ],
)
def test_only_a_fee_stated_as_free_is_free(kept: dict[str, Any], answer: str) -> None:
    assert fact("cost", sheet(term(fee=kept))).answer == answer


@pytest.mark.parametrize(
    ("kept", "answer"),
    [
        (time(0), "The same day"),
        (time(0, "hour"), "At once"),
        (time(1), "1 working day"),
        (time(3), "3 working days"),
        (time(2, "hour"), "2 hours"),
        (time(7, "day"), "7 days"),
        (time(1, "month"), "1 month"),
        (time(4, "other"), "Not known yet"),
        (time(None, note="The police answer first"), "Not known yet"),
    ],
)
def test_a_time_is_said_in_words(kept: dict[str, Any], answer: str) -> None:
    assert fact("how-long", sheet(term(time=kept))).answer == answer


def test_an_unknown_time_keeps_the_reason_in_its_note() -> None:
    told = fact("how-long", sheet(term(time=time(None, note="The police answer first."))))
    assert told.note == "The police answer first"


def test_the_cut_off_hour_is_explained_when_the_editor_did_not() -> None:
    told = fact("how-long", sheet(term(time=time(0, cut_off="15:00"))))
    assert told.note == "After 15:00: counts from the next working day"


def test_a_lower_fee_online_is_told_beside_the_fee_at_the_counter() -> None:
    told = fact(
        "cost", sheet(term("counter", fee=fee("amount", 20000)), term("online", fee=fee("amount", 10000)))
    )
    assert told.answer == "At the counter: 20.000\u00a0đ"
    assert told.note == "Online: 10.000\u00a0đ"


def test_a_fee_that_depends_on_the_situation_is_told_for_both() -> None:
    late_or_not = sheet(
        term(fee=fee("province")),
        term(situation="in-time", fee=fee("free")),
        situations=[situation("in-time", "Within 60 days"), situation("late", "Later")],
    )
    told = fact("cost", late_or_not)
    assert told.answer == "Within 60 days: free"
    assert told.note == "Otherwise: set by the province"


def test_a_longer_time_in_one_situation_is_told_in_the_note() -> None:
    told = fact(
        "how-long",
        sheet(
            term(time=time(3)),
            term(situation="abroad", time=time(8)),
            situations=[situation("abroad", "Abroad")],
        ),
    )
    assert (told.answer, told.note) == ("3 working days", "Abroad: 8 working days")


def test_many_different_situations_point_to_the_list_below() -> None:
    many = [situation(key, f"Situation {key}") for key in "abc"]
    told = fact(
        "how-long",
        sheet(*[term(situation=key, time=time(5)) for key in "abc"], term(time=time(3)), situations=many),
    )
    assert told.note == "Other situations differ: see below"


def test_the_counter_is_the_usual_way_even_when_it_stands_last() -> None:
    told = fact(
        "how-long",
        sheet(term("online", time=time(9)), term("counter", time=time(1)), ways=("online", "counter")),
    )
    assert told.answer == "1 working day"


def test_a_guide_that_is_only_filed_online_tells_the_time_online() -> None:
    assert fact("how-long", sheet(term("online", time=time(9)), ways=("online",))).answer == "9 working days"


def test_what_to_bring_comes_from_the_papers_when_the_editor_wrote_nothing() -> None:
    papers = [paper("Application form"), paper("ID card", "show"), paper("Old book", "not_needed")]
    assert fact("bring", sheet(papers=papers)).answer == "Application form, ID card"


def test_papers_needed_only_in_some_cases_are_announced() -> None:
    papers = [paper("Application form"), paper("Power of attorney", only_if="only if someone else goes")]
    assert fact("bring", sheet(papers=papers)).answer == "Application form and others in the list"


def test_a_procedure_without_papers_says_so() -> None:
    assert (
        fact("bring", sheet(bring={"text": "", "note": "", "no_papers": True})).answer == "No papers needed"
    )


def test_papers_that_are_only_not_needed_leave_what_to_bring_unknown() -> None:
    assert fact("bring", sheet(papers=[paper("Household book", "not_needed")])).answer == "Not known yet"


@pytest.mark.parametrize(
    ("level", "note", "answer"),
    [
        ("full", "", "Yes"),
        ("full", "Yes, with VNeID level 2", "Yes, with VNeID level 2"),
        ("partial", "", "Partly"),
        ("none", "", "No"),
        ("unknown", "", "Not known yet"),
        ("unknown", "Ask at counter 2", "Not known yet"),
    ],
)
def test_online_or_not_is_answered(level: str, note: str, answer: str) -> None:
    assert fact("online", {"online": {"level": level, "note": note, "url": ""}}).answer == answer


def test_a_place_without_an_english_name_keeps_its_vietnamese_one() -> None:
    places = [{"name": "Trung tâm", "name_en": "", "name_ar": "المركز", "key": "tt"}]
    where = {"counter": "2", "note": "", "places": places}
    assert fact("where", {"where": where}, "en").answer == "2, Trung tâm"
    assert fact("where", {"where": where}, "ar").answer == "2، المركز"
