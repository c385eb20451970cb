"""What search understands of what is typed: keys, slips, sayings, accents. Without a database."""

import ast
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gandan.search
import gandan.text
from gandan.search.plan import MOST_TOKENS, MOST_VARIANTS, Plan, plan
from gandan.search.statistics import Document, Statistics, gather
from gandan.search.terms import Dictionary, Kind, Term

NAMES = [
    "Đăng ký khai sinh",
    "Đăng ký lại khai sinh",
    "Đăng ký khai tử",
    "Đăng ký tạm trú",
    "Đăng ký thường trú",
    "Cấp thẻ căn cước",
    "Cấp đổi thẻ căn cước",
    "Gia hạn giấy phép xây dựng nhà ở",
    "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
    "Thông báo của lãnh đạo xã về lịch cắt điện",
    "Hỗ trợ tiền ăn trưa cho trẻ mẫu giáo",
    "Cấp lại thẻ BHYT",
]
STATISTICS = gather([Document((name,), f"{name}. Nộp hồ sơ tại xã.") for name in NAMES * 3], "1")
DICTIONARY = Dictionary(
    "1",
    (
        Term("đk", ("đăng ký",), Kind.ABBREVIATION),
        Term("ks", ("khai sinh",), Kind.ABBREVIATION),
        Term("sổ đỏ", ("giấy chứng nhận quyền sử dụng đất",), Kind.OLD),
        Term("báo tử", ("khai tử", "trích lục khai tử"), Kind.EVERYDAY),
        Term("đạo", ("sinh hoạt tôn giáo",), Kind.EVERYDAY),
        Term("răng", ("sao",), Kind.DIALECT),
        Term("th", ("thông báo",), Kind.ABBREVIATION),
        Term("hs", ("học sinh", "hồ sơ"), Kind.ABBREVIATION),
        Term("bhyt", ("bảo hiểm y tế",), Kind.ABBREVIATION),
        Term("rơi căn cước", ("cấp lại thẻ căn cước",), Kind.OLD),
        Term("căn cước công dân", ("căn cước",), Kind.OLD),
        Term("ông mất", ("đăng ký khai tử",), Kind.EVERYDAY),
    ),
)


def asked(text: str, *, while_typing: bool = False) -> Plan:
    return plan(text, "vi", STATISTICS, DICTIONARY, while_typing=while_typing)


def best(text: str) -> str:
    return " ".join(token.fold for token in asked(text).variants[0].tokens)


UNDERSTOOD = [
    ("ddawng kys khai sinh", "dang ki khai sinh"),
    ("d9a8ng ky1 ta5m tru1", "dang ki tam tru"),
    ("dang ky khai sin", "dang ki khai sinh"),
    ("đăng ký nại khai sinh", "dang ki lai khai sinh"),
    ("giấy phép xây giựng", "giay phep xay dung"),
    ("cap hte can cuoc", "cap the can cuoc"),
    ("dang ky am tru", "dang ki tam tru"),
    ("đk ks", "dang ki khai sinh"),
    ("sổ đỏ", "giay chung nhan quyen su dung dat"),
]


@pytest.mark.parametrize(("typed", "read"), UNDERSTOOD)
def test_what_was_meant_is_the_first_reading_and_what_was_typed_stays_one(typed: str, read: str) -> None:
    readings = [" ".join(token.fold for token in variant.tokens) for variant in asked(typed).variants]

    assert readings[0] == read
    assert " ".join(gandan.text.fold_words(typed)) in readings


RIGHT_AS_TYPED = [
    "đăng ký khai sinh",
    "dang ky khai tu",
    "cúp điện",
    "lãnh đạo xã",
    "CT01",
    "con trai 17 tuổi",
    "photo",
]


@pytest.mark.parametrize("typed", RIGHT_AS_TYPED)
def test_what_is_right_is_left_as_it_is(typed: str) -> None:
    assert best(typed) == gandan.text.fold(typed)


def test_a_saying_with_other_accents_is_another_word() -> None:
    assert "quyen su dung dat" not in str(asked("số đo"))
    assert "giay chung nhan" in best("so do")


def test_a_saying_may_mean_several_things_and_each_is_a_reading() -> None:
    readings = [" ".join(token.fold for token in variant.tokens) for variant in asked("báo tử").variants]

    assert {"khai tu", "trich luc khai tu", "bao tu"} <= set(readings)


def readings(text: str) -> list[str]:
    return [" ".join(token.fold for token in variant.tokens) for variant in asked(text).variants]


def test_a_saying_may_have_a_few_words_between_its_own() -> None:
    assert "dang ki khai tu" in readings("ông của tôi mất")
    assert "cap lai the can cuoc" in readings("rơi cái căn cước")
    assert "dang ki khai tu" not in readings("ông hàng xóm mất"), (
        "a word that tells something, in a short saying"
    )
    assert "cap lai the can cuoc" not in readings("rơi ví của mẹ ở chợ có căn cước"), "too far apart"


def test_a_saying_is_read_again_in_what_another_made() -> None:
    assert "cap lai the can cuoc" in readings("rơi căn cước công dân")


def test_an_abbreviation_that_the_texts_use_counts_as_the_words_it_stands_for() -> None:
    weights = {
        token.fold: token.weight
        for variant in asked("thẻ bảo hiểm y tế").variants
        for token in variant.tokens
    }

    assert weights["bhyt"] == 4 * weights["the"]


def test_of_several_meanings_the_one_that_goes_with_its_neighbours_comes_first() -> None:
    assert best("nộp hs") == "nop ho so"


def test_an_abbreviation_may_be_a_slip_where_its_neighbours_say_so() -> None:
    assert "cap the can cuoc" in readings("cap th can cuoc")
    assert "cap thong bao can cuoc" in readings("cap th can cuoc")


def test_what_was_typed_with_its_marks_is_not_given_others() -> None:
    assert asked("hồ sơ của con trai").understood is None


def test_one_question_in_any_spelling_has_one_key() -> None:
    spellings = ["Đăng ký khai sinh ở đâu?", "dang ky khai sinh", "ddawng kys khai sinh o dau", "đk ks"]

    assert {asked(typed).key for typed in spellings} == {"dang ki khai sinh"}


def test_accents_are_restored_to_what_was_typed_without() -> None:
    assert asked("dang ky khai sinh").understood == "đăng ký khai sinh"
    assert asked("đăng ký khai sinh").understood is None


def test_question_words_tell_little() -> None:
    weights = {token.fold: token.weight for token in asked("làm giấy khai sinh cần gì").variants[-1].tokens}

    assert weights["can"] < 0.2
    assert weights["khai"] == 1.0


def test_decomposed_letters_are_read_like_composed_ones() -> None:
    for typed, _ in UNDERSTOOD:
        assert asked(unicodedata.normalize("NFD", typed)).variants == asked(typed).variants


def test_the_last_word_may_go_on_while_it_is_typed() -> None:
    assert asked("đăng ký kh", while_typing=True).variants[0].tokens[-1].is_prefix
    assert not asked("đăng ký kh").variants[0].tokens[-1].is_prefix


def test_english_and_arabic_are_folded_and_their_words_are_not_taken_for_telex() -> None:
    english = plan("gas bill please", "en", STATISTICS, DICTIONARY)

    assert [token.fold for token in english.variants[0].tokens] == ["gas", "bill", "please"]
    assert plan("شَهادة", "ar", STATISTICS, DICTIONARY).variants[0].tokens[0].fold == gandan.text.fold("شهادة")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_string_gives_a_small_plan(text: str) -> None:
    found = asked(text)

    assert len(found.variants) <= MOST_VARIANTS
    assert all(len(variant.tokens) <= MOST_TOKENS and 0 < variant.weight <= 1 for variant in found.variants)
    assert bool(found.variants) == bool(found.key)


def test_a_hostile_length_costs_no_time() -> None:
    started = time.process_time()
    for text in ["a" * 100_000, "ế" * 100_000, "dang ky " * 10_000, "sổ đỏ đk ks báo tử " * 100]:
        asked(text)

    assert time.process_time() - started < 1


def test_statistics_come_back_from_their_packed_form() -> None:
    again = Statistics.unpacked(STATISTICS.packed())

    assert again.pair("khai", "sinh") == STATISTICS.pair("khai", "sinh") > 0
    assert again.form_pair("khai", "sinh") == STATISTICS.form_pair("khai", "sinh")
    assert (again.version, again.documents, again.holding, again.counts) == (
        STATISTICS.version,
        STATISTICS.documents,
        STATISTICS.holding,
        STATISTICS.counts,
    )


PURE = [
    "accents",
    "encoding",
    "facets",
    "plan",
    "query",
    "recall",
    "sayings",
    "score",
    "special",
    "spelling",
    "statistics",
    "syllables",
    "terms",
]


@pytest.mark.parametrize("module", PURE)
def test_the_reading_of_queries_knows_neither_django_nor_wagtail(module: str) -> None:
    source = Path(gandan.search.__file__).with_name(f"{module}.py").read_text()
    imported = {
        name
        for node in ast.walk(ast.parse(source))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    ours = {name for name in imported if name.startswith("gandan")}
    assert {name.partition(".")[0] for name in imported}.isdisjoint({"django", "wagtail", "modelsearch"})
    assert ours <= {"gandan.text", *(f"gandan.search.{pure}" for pure in PURE)}
