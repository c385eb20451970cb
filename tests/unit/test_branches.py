"""Troubleshooters never leave anybody standing: what the check of their cards finds, and that it finds nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.branch_words import in_words
from guides.branches import Answer, Fault, Node, Wrong, faults_in, parse_answers, reachable


def node(key: str, *to: str, is_end: bool = False) -> Node:
    return Node(key, tuple(Answer(f"tới {name}", name) for name in to), is_end)


END = node("xong", is_end=True)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Được → xong", Answer("Được", "xong")),
        ("Được -> xong", Answer("Được", "xong")),
        ("  Được=>xong  ", Answer("Được", "xong")),
        ("Bấm Cài đặt → Mật khẩu → doi-mat-khau", Answer("Bấm Cài đặt → Mật khẩu", "doi-mat-khau")),
        ("Được", Answer("Được", "")),
        ("Được →", Answer("Được", "")),
        ("→ xong", Answer("", "xong")),
    ],
)
def test_an_answer_is_its_words_an_arrow_and_the_key_of_a_card(line: str, answer: Answer) -> None:
    assert parse_answers(f"\n{line}\n\n") == (answer,)


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        ([], [(Wrong.NO_CARDS, "")]),
        ([END], []),
        ([node("a", "xong"), END], []),
        ([node("a", "khong-co"), END], [(Wrong.NOWHERE, "a")]),
        ([node("a", "xong"), END, node("le", "xong")], [(Wrong.UNREACHABLE, "le")]),
        ([node("a", "b"), node("b", "a")], [(Wrong.NO_WAY_OUT, "a"), (Wrong.NO_WAY_OUT, "b")]),
        ([node("a", "b", "xong"), node("b", "a"), END], []),
        ([node("a", "b", "xong"), node("b", "c"), node("c", "b"), END],
         [(Wrong.NO_WAY_OUT, "b"), (Wrong.NO_WAY_OUT, "c")]),
        ([node("a")], [(Wrong.DEAD_END, "a")]),
        ([node("a", "xong"), node("xong", "a", is_end=True)], [(Wrong.END_WITH_ANSWERS, "xong")]),
        ([node("a", "xong"), END, node("a", "xong")], [(Wrong.SAME_KEY, "a")]),
        ([node("", "xong"), END], [(Wrong.NO_KEY, "")]),
        ([Node("a", (Answer("", "xong"),), is_end=False), END], [(Wrong.NO_WORDS, "a")]),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_named(nodes: list[Node], found: list[tuple[Wrong, str]]) -> None:
    assert [(fault.wrong, fault.key) for fault in faults_in(nodes)] == found


@pytest.mark.parametrize("wrong", Wrong)
def test_every_fault_has_a_sentence_that_names_the_card(wrong: Wrong) -> None:
    said = in_words(Fault(wrong, 3, "bam-quen", Answer("Chưa được", "khong-co")))
    assert "bam-quen" in said or "3" in said or wrong is Wrong.NO_CARDS


def test_the_sentence_about_a_branch_to_nowhere_names_card_answer_and_goal() -> None:
    said = in_words(Fault(Wrong.NOWHERE, 3, "bam-quen", Answer("Chưa được", "khong-co")))
    assert all(word in said for word in ("bam-quen", "Chưa được", "khong-co"))


KEYS = st.sampled_from("abcdefgh")


@st.composite
def any_cards(draw: st.DrawFn) -> list[Node]:
    keys = draw(st.lists(KEYS, min_size=1, max_size=8, unique=True))
    return [
        Node(key, (), is_end=True)
        if draw(st.booleans())
        else node(key, *draw(st.lists(st.sampled_from([*keys, "khong-co"]), max_size=3)))
        for key in keys
    ]


def walks(nodes: list[Node]) -> dict[str, set[str]]:
    """From each card every card one can come to, found by walking as often as there are cards."""
    ways = {card.key: {answer.to for answer in card.answers} for card in nodes}
    found = {key: {key} for key in ways}
    for _step in nodes:
        found = {key: met | {to for here in met for to in ways.get(here, ())} for key, met in found.items()}
    return found


@given(any_cards())
def test_no_fault_means_that_an_end_is_reached_from_wherever_one_can_come(nodes: list[Node]) -> None:
    if faults_in(nodes):
        return
    from_here, ends = walks(nodes), {card.key for card in nodes if card.is_end}
    assert from_here[nodes[0].key] == {card.key for card in nodes}
    assert all(from_here[card.key] & ends for card in nodes)


@given(any_cards())
def test_a_fault_on_the_way_is_never_found_where_there_is_none(nodes: list[Node]) -> None:
    from_here, ends = walks(nodes), {card.key for card in nodes if card.is_end}
    for fault in faults_in(nodes):
        if fault.wrong is Wrong.UNREACHABLE:
            assert fault.key not in from_here[nodes[0].key]
        if fault.wrong is Wrong.NO_WAY_OUT:
            assert not from_here[fault.key] & ends
        if fault.wrong is Wrong.NOWHERE:
            assert fault.answer.to not in {card.key for card in nodes}


@given(any_cards())
def test_what_is_wrong_in_each_way_is_found(nodes: list[Node]) -> None:
    from_here, ends = walks(nodes), {card.key for card in nodes if card.is_end}
    keys = {card.key for card in nodes}
    is_sound = (
        all({answer.to for answer in card.answers} <= keys for card in nodes)
        and all(card.is_end or card.answers for card in nodes)
        and from_here[nodes[0].key] == keys
        and all(from_here[key] & ends for key in keys)
    )
    assert bool(faults_in(nodes)) == (not is_sound)


@given(st.text())
def test_whatever_is_typed_as_answers_can_be_read(typed: str) -> None:
    assert all(answer.words or answer.to for answer in parse_answers(typed) if answer != Answer("", ""))


@given(st.lists(KEYS, min_size=1), st.dictionaries(KEYS, st.lists(KEYS)))
def test_the_starts_are_always_reached(starts: list[str], ways: dict[str, list[str]]) -> None:
    assert set(starts) <= reachable(starts, ways)
