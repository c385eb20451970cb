"""A guide for one situation: what holds in it and nothing of another, however many situations and ways there are."""

import re
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.facts import five_facts
from guides.paper_rows import paper_rows
from guides.reading import way_sections
from guides.situations import FEW, chosen_of, query_of, situations_of

WAYS = ["counter", "online", "post"]
SITUATIONS = ["mot", "hai", "ba", "bon"]
NUMBER = re.compile(r"\d[\d.]*")


def row(key: str, label: str = "") -> dict[str, Any]:
    return {"key": key, "label": label or f"Trường hợp {key}", "note": "", "icon": "paper"}


def term(number: int, channel: str, situation: str, states: str) -> dict[str, Any]:
    """Its time and fee, where it states them, carry its own number."""
    has_time, has_fee = "time" in states, "fee" in states
    return {
        "channel": channel,
        "situation": situation,
        "time": {
            "value": number if has_time else None,
            "unit": "working_day" if has_time else "other",
            "cut_off": "",
            "note": "",
        },
        "fee": {
            "state": "amount" if has_fee else "unknown",
            "amount": number if has_fee else None,
            "note": "",
            "exemptions": f"nhóm {number}" if has_fee else "",
        },
    }


def paper(name: str, situations: list[str], ways: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "submit",
        "originals": 1,
        "copies": 0,
        "only_if": "",
        "note": "",
        "form": None,
        "situations": situations,
        "ways": ways,
    }


def step(text: str, channel: str, situation: str) -> dict[str, Any]:
    return {"text": text, "channel": channel, "situation": situation}


any_way, any_situation = st.sampled_from(["", *WAYS]), st.sampled_from(["", *SITUATIONS])
places = st.lists(st.tuples(any_way, any_situation), max_size=8, unique=True)
sheets = st.builds(
    lambda terms, papers, steps: {
        "channels": [{"method": way, "note": ""} for way in WAYS],
        "situations": [row(key) for key in SITUATIONS],
        "terms": [
            term(101 + n, way, situation, states) for n, ((way, situation), states) in enumerate(terms)
        ],
        "papers": [
            paper(f"Giấy {301 + n}", sorted(keys), sorted(ways)) for n, (keys, ways) in enumerate(papers)
        ],
        "steps": [step(f"Bước {501 + n}", way, situation) for n, (way, situation) in enumerate(steps)],
    },
    st.lists(
        st.tuples(st.tuples(any_way, any_situation), st.sampled_from(["time fee", "time", "fee", ""])),
        max_size=10,
        unique_by=lambda each: each[0],
    ),
    st.lists(st.tuples(st.sets(st.sampled_from(SITUATIONS)), st.sets(st.sampled_from(WAYS))), max_size=6),
    places,
)


def fits(kept: dict[str, Any], way: str, situation: str) -> bool:
    return kept["channel"] in {"", way} and kept["situation"] in {"", situation}


def best(sheet: dict[str, Any], way: str, situation: str, part: str) -> int | None:
    """The number of the term that holds: the exact pair, then the situation, then the way, then the general one."""
    value = "value" if part == "time" else "amount"
    order = [(way, situation), ("", situation), (way, ""), ("", "")]
    if not situation:
        order = [(way, ""), ("", "")]
    stated = {(t["channel"], t["situation"]): t[part][value] for t in sheet["terms"]}
    return next((stated[at] for at in order if stated.get(at) is not None), None)


def numbers(text: str) -> set[int]:
    return {int(found.replace(".", "")) for found in NUMBER.findall(text) if found.strip(".")}


@settings(max_examples=300, deadline=None)
@given(sheets, any_situation)
def test_each_way_tells_the_time_and_fee_that_hold_in_the_situation(
    sheet: dict[str, Any], situation: str
) -> None:
    with override("en"):
        sections = way_sections(sheet, situation)
    for way, section in zip(WAYS, sections, strict=True):
        time, fee = best(sheet, way, situation, "time"), best(sheet, way, situation, "fee")
        assert numbers(section["time"]) == ({time} if time is not None else set())
        assert numbers(section["fee"]) == ({fee} if fee is not None else set())
        assert numbers(section["fee_note"]) <= ({fee} if fee is not None else set())
        if time is None:
            assert section["time"] == "Not known yet"
        if fee is None:
            assert section["fee"] == "Not known yet"


@settings(max_examples=300, deadline=None)
@given(sheets, st.sampled_from(SITUATIONS))
def test_the_facts_of_a_situation_say_nothing_of_another(sheet: dict[str, Any], situation: str) -> None:
    facts = {fact.key: fact for fact in five_facts(sheet, "en", situation)}
    for key, part in (("how-long", "time"), ("cost", "fee")):
        held = {best(sheet, way, situation, part) for way in WAYS}
        assert numbers(f"{facts[key].answer} {facts[key].note}") <= held - {None}
        if best(sheet, "counter", situation, part) is None:
            assert "Not known yet".lower() in facts[key].answer.lower()


@settings(max_examples=300, deadline=None)
@given(sheets, st.sampled_from(SITUATIONS), st.sampled_from(WAYS))
def test_papers_and_steps_of_another_situation_or_way_never_show(
    sheet: dict[str, Any], situation: str, way: str
) -> None:
    with override("en"):
        shown = {paper.name for paper in paper_rows(sheet, situation, way)}
        section = way_sections(sheet, situation)[WAYS.index(way)]
    assert shown == {
        paper["name"]
        for paper in sheet["papers"]
        if (not paper["situations"] or situation in paper["situations"])
        and (not paper["ways"] or way in paper["ways"])
    }
    assert section["steps"] == [each["text"] for each in sheet["steps"] if fits(each, way, situation)]


def test_an_unknown_situation_chooses_none() -> None:
    sheet = {"situations": [row("qua-han"), row("")]}
    assert chosen_of(sheet, "qua-han") == sheet["situations"][0]
    for asked in ("", "khac", "QUA-HAN", "\x00", "qua-han/"):
        assert chosen_of(sheet, asked) is None


def test_twenty_seven_situations_show_a_few_and_fold_the_rest() -> None:
    found = situations_of({"situations": [row(f"th-{n}") for n in range(27)]}, None)
    assert (len(found.shown), len(found.folded)) == (FEW, 27 - FEW)


def test_one_situation_more_than_a_few_is_not_worth_folding() -> None:
    found = situations_of({"situations": [row(f"th-{n}") for n in range(FEW + 1)]}, None)
    assert (len(found.shown), found.folded) == (FEW + 1, [])


def test_once_one_is_chosen_the_others_are_folded_away() -> None:
    sheet = {"situations": [row("mot"), row("hai")]}
    found = situations_of(sheet, sheet["situations"][1])
    assert [each.url for each in found.folded] == ["?truong-hop=mot"]
    assert found.shown == []
    assert found.query == "?truong-hop=hai"


def test_a_situation_tells_what_differs_from_the_usual_case() -> None:
    sheet = {
        "channels": [{"method": "counter", "note": ""}],
        "situations": [row("thuong"), row("kho")],
        "terms": [term(3, "", "", "time fee"), term(8, "", "kho", "time")],
    }
    with override("en"):
        rows = situations_of(sheet, None).shown
    assert [each.note for each in rows] == ["", "Time: 8 working days"]


@pytest.mark.parametrize(
    ("more", "query"),
    [({}, "?truong-hop=mot"), ({"buoc": 2}, "?truong-hop=mot&buoc=2")],
)
def test_links_keep_the_situation(more: dict[str, int], query: str) -> None:
    assert query_of(row("mot"), **more) == query
    assert query_of(None) == ""


def test_what_to_bring_is_told_in_the_editors_words_only_where_the_papers_are_the_usual_ones() -> None:
    sheet = {
        "terms": [],
        "bring": {"text": "Giấy chứng sinh, căn cước", "note": "", "no_papers": False},
        "situations": [row("thuong"), row("cung-the"), row("mat-giay")],
        "papers": [
            paper("Giấy chứng sinh", ["thuong", "cung-the"], []),
            paper("Giấy cam đoan", ["mat-giay"], []),
        ],
    }
    told = {
        key: next(fact.answer for fact in five_facts(sheet, "en", key) if fact.key == "bring")
        for key in ("", "thuong", "cung-the", "mat-giay")
    }
    assert told == {
        "": "Giấy chứng sinh, căn cước",
        "thuong": "Giấy chứng sinh, căn cước",
        "cung-the": "Giấy chứng sinh, căn cước",
        "mat-giay": "Giấy cam đoan",
    }


def test_a_paper_of_one_way_says_so_and_is_not_for_everyone() -> None:
    sheet = {
        "channels": [{"method": way, "note": ""} for way in WAYS],
        "situations": [],
        "papers": [paper("Tờ khai", [], ["counter", "post"]), paper("Tờ khai điện tử", [], ["online"])],
    }
    with override("en"):
        counter, online = paper_rows(sheet)
        at_the_counter = paper_rows(sheet, "", "counter")
    assert (counter.condition, counter.is_common) == ("Only: at the counter, by post", True)
    assert (online.condition, online.is_common) == ("Only: online", False)
    assert [(each.name, each.condition) for each in at_the_counter] == [("Tờ khai", "")]


def test_whoever_pays_nothing_is_named_beside_the_fee() -> None:
    sheet = {
        "channels": [{"method": "counter", "note": ""}],
        "situations": [],
        "terms": [term(8000, "", "", "fee")],
    }
    cost = next(fact for fact in five_facts(sheet, "en") if fact.key == "cost")
    assert (cost.answer, cost.note) == ("8.000\u00a0đ", "Pay nothing: nhóm 8000")
