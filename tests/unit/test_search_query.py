"""How search reads what was typed, and how it marks and weighs words: without a database."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.search.highlight import marked
from gandan.search.plan import plan
from gandan.search.query import LONGEST_WORD, MOST_WORDS, read
from gandan.search.score import Candidate, rank
from gandan.search.statistics import Statistics
from gandan.text import fold


@pytest.mark.parametrize(
    ("typed", "telling"),
    [
        ("làm giấy khai sinh cần gì", ["giay", "khai", "sinh"]),
        ("lam giay khai sinh can gi", ["giay", "khai", "sinh"]),
        ("Cần gì để đăng ký tạm trú?", ["dang", "ki", "tam", "tru"]),
        ("căn cước", ["can", "cuoc"]),
        ("cần cước", ["cuoc"]),
        ("bản sao", ["ban", "sao"]),
        ("làm sao để kết hôn", ["ket", "hon"]),
        ("thẻ bảo hiểm", ["the", "bao", "hiem"]),
        ("ở đâu", ["o", "dau"]),
        ("1.001193", ["1", "001193"]),
        ("?!", []),
    ],
)
def test_question_words_say_little_and_the_rest_says_what_is_sought(typed: str, telling: list[str]) -> None:
    assert list(read(typed).telling) == telling


def test_question_words_of_the_readers_language_say_little() -> None:
    assert read("how do I register a birth", "en").telling == ("register", "birth")
    assert "how" in read("how", "vi").telling


def test_a_query_is_cut_at_two_hundred_characters() -> None:
    query = read("khai sinh " + "x" * 500)

    assert query.was_cut
    assert len(query.text) <= 200


def test_decomposed_text_is_not_cut_earlier_than_composed() -> None:
    typed = "đăng ký khai sinh " * 3

    assert read(unicodedata.normalize("NFD", typed)) == read(typed)
    assert not read(unicodedata.normalize("NFD", typed)).was_cut


@given(st.text())
def test_any_string_gives_a_small_query(typed: str) -> None:
    query = read(typed)

    assert len(query.words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD for word in query.words)
    assert set(query.telling) <= set(query.words)
    assert bool(query.telling) == bool(query.words)


@given(st.text(min_size=201).map(lambda text: text + " sinh " * 17))
def test_a_query_too_long_for_search_says_that_it_was_cut(typed: str) -> None:
    assert read(typed).was_cut


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Đăng ký khai sinh", ["khai", "sinh"], "Đăng ký <mark>khai sinh</mark>"),
        ("Đăng ký lại khai sinh", ["dang", "ki", "sinh"], "<mark>Đăng ký</mark> lại khai <mark>sinh</mark>"),
        ("Mã 1.001193.", ["1", "001193"], "Mã <mark>1.001193</mark>."),
        ("<b>khai</b> & sinh", ["khai"], "&lt;b&gt;<mark>khai</mark>&lt;/b&gt; &amp; sinh"),
        ('"khai"<script>', ["script"], "&quot;khai&quot;&lt;<mark>script</mark>&gt;"),
        ("khaisinh", ["khai"], "khaisinh"),
        ("", ["khai"], ""),
        ("khai sinh", [], "khai sinh"),
    ],
)
def test_the_words_found_are_marked_on_the_accented_text(text: str, words: list[str], html: str) -> None:
    assert marked(text, words) == html


def test_words_are_marked_in_decomposed_text_and_in_arabic_with_vowel_signs() -> None:
    decomposed = unicodedata.normalize("NFD", "Đăng ký")

    assert marked(decomposed, ["dang"]).startswith("<mark>")
    assert marked("شَهادة الميلاد", [fold("شهادة")]) == "<mark>شَهادة</mark> الميلاد"


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_marking_changes_nothing_but_the_marks_and_lets_no_markup_through(
    text: str, words: list[str]
) -> None:
    html = str(marked(text, [part for word in words for part in fold(word).split()]))
    without = re.sub(r"</?mark>", "", html)

    assert "<" not in without
    assert "&lt;mark&gt;" in without or "<mark>" not in text
    assert marked(text, []) == without


def candidate(*names: str, text: str = "", priority: int = 0, pk: int = 1) -> Candidate:
    return Candidate(0, pk, "vi", "", priority, 0.0, tuple(map(fold, names)), fold(text))


def best(typed: str, *candidates: Candidate) -> list[str]:
    return [one.candidate.names[0] for one in rank(plan(typed, "vi"), candidates, Statistics())]


def test_the_words_of_a_title_in_their_order_come_before_the_same_words_strewn() -> None:
    strewn = candidate("Sinh hoạt và khai hội")
    together = candidate("Giấy khai sinh", pk=2)

    assert best("khai sinh", strewn, together)[0] == "giay khai sinh"


def test_a_name_people_use_counts_almost_like_the_title() -> None:
    called = candidate("Đăng ký kết hôn", "hôn thú")
    told = candidate("Chuyện làng", text="hôn thú ngày xưa", pk=2)

    assert best("hôn thú", told, called)[0] == "dang ki ket hon"


def test_a_short_title_comes_before_a_long_one_with_the_same_words() -> None:
    long = candidate("Đăng ký lại khai sinh cho người đã có hồ sơ")
    short = candidate("Đăng ký khai sinh", pk=2)

    assert best("đăng ký khai sinh", long, short)[0] == "dang ki khai sinh"


def test_weight_in_lists_breaks_a_tie_and_no_more() -> None:
    heavy = candidate("Khai tử", priority=3, pk=2)

    assert best("khai", candidate("Khai sinh"), heavy)[0] == "khai tu"
    assert best("khai sinh", candidate("Khai sinh"), heavy)[0] == "khai sinh"


def test_a_page_with_one_word_of_four_is_left_out() -> None:
    found = best("xin phép xây nhà", candidate("Nhà văn hóa"), candidate("Phép xây nhà", pk=2))

    assert found == [fold("Phép xây nhà")]


def test_nothing_in_common_is_no_result() -> None:
    assert best("khai sinh", candidate("Nhà văn hóa")) == []
    assert best("", candidate("Nhà văn hóa")) == []
