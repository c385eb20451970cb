"""Counting and narrowing results, numbers found as they are, and questions a fact answers."""

import pytest

from gandan.search.exact import literal
from gandan.search.facets import Filters, counted
from gandan.search.query import asking_words
from gandan.search.questions import asked_for, is_about

ROWS = [
    ({"kind": ("procedure",), "event": ("birth", "moving")}, 3),
    ({"kind": ("procedure",), "event": ("birth",)}, 2),
    ({"kind": ("news",)}, 4),
]


def test_a_result_of_two_life_events_counts_for_both() -> None:
    facets = counted(ROWS, Filters())

    assert facets["kind"] == {"procedure": 5, "news": 4}
    assert facets["event"] == {"birth": 5, "moving": 3}


def test_choosing_a_value_narrows_the_other_facets_and_not_its_own() -> None:
    facets = counted(ROWS, Filters(event=frozenset(["moving"])))

    assert facets["kind"] == {"procedure": 3}
    assert facets["event"] == {"birth": 5, "moving": 3}


def test_two_values_of_one_facet_keep_what_has_either() -> None:
    either = Filters(kind=frozenset(["news", "procedure"]))

    assert all(either.keeps(values) for values, _times in ROWS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1001193", "1.001193"),
        (" 1.001193 ", "1.001193"),
        ("1.001193.000.00.00.H26", "1.001193"),
        ("0912 345 612", "0912345612"),
        ("+84 912 345 612", "0912345612"),
        ("(024) 3825 0000", "02438250000"),
        ("123/2015/NĐ-CP", "123/2015/NĐ-CP"),
        ("45/TB-UBND", "45/TB-UBND"),
    ],
)
def test_a_code_a_number_or_a_phone_is_read_as_it_stands_in_the_records(typed: str, meant: str) -> None:
    found = literal(typed)

    assert found is not None
    assert found.text == meant


@pytest.mark.parametrize(
    "typed", ["", "khai sinh", "1.001193 khai sinh", "thôn 5", "CT01", "20/11", "7", "²"]
)
def test_words_are_no_number(typed: str) -> None:
    assert literal(typed) is None


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("tách hộ mất bao lâu", "how-long"),
        ("tach ho mat bao lau", "how-long"),
        ("làm khai sinh hết bao nhiêu tiền", "cost"),
        ("đăng ký kết hôn cần giấy tờ gì", "bring"),
        ("nộp hồ sơ khai sinh ở đâu", "where"),
        ("khai tử làm qua mạng được không", "online"),
        ("how long does a birth certificate take", "how-long"),
        ("đăng ký khai sinh", ""),
        ("", ""),
    ],
)
def test_a_question_asks_for_one_of_the_five_facts(question: str, key: str) -> None:
    assert asked_for(question) == key


def test_a_question_about_nothing_in_the_title_is_not_answered_from_the_guide() -> None:
    assert not is_about("Đăng ký khai sinh", ("mat", "bao", "lau"), "mất bao lâu")
    assert is_about("Đăng ký khai sinh", ("khai", "sinh", "bao", "lau"), "khai sinh bao lâu")


def test_the_accents_of_what_asks_are_known_without_any_text() -> None:
    words = ["dang", "ky", "mat", "bao", "lau"]

    assert asking_words(words) == {2: "mất", 3: "bao", 4: "lâu"}
