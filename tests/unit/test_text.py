import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.text import canonical, fold, fold_words, given_name_key, slug, sort_key, vietnamese_initial

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NEAR_VIETNAMESE = st.text(
    st.sampled_from(
        "qQuyoaegkhlmnthĐđơưâêăỷàÁé اآبيىةـͅſÐ1٢"
        "\u0300\u0301\u0309\u0323\u0302\u031b\u034f\u200b\u200c\u200d\u0654\u064b"
    )
)
TEXT = ANY_TEXT | NEAR_VIETNAMESE


def both_forms(text):
    return unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("hoà giải", "hòa giải"),
        ("hòa giải", "hòa giải"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Hoà Bình", "Hòa Bình"),
        ("sức khoẻ", "sức khỏe"),
        ("xoè", "xòe"),
        ("goá", "góa"),
        ("Thuý", "Thúy"),
        ("nguyên thuỷ", "nguyên thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("huỷ bỏ", "hủy bỏ"),
        ("quý", "quý"),
        ("quỹ", "quỹ"),
        ("qúy", "quý"),
        ("kết qủa", "kết quả"),
        ("hoàn", "hoàn"),
        ("thuyền", "thuyền"),
        ("khoản", "khoản"),
        ("Loan", "Loan"),
        ("Chloé", "Chloé"),
        ("lý lịch", "lý lịch"),
        ("  hai\u00a0 \n dòng ", "hai dòng"),
        ("khai\u200b sinh\ufeff", "khai sinh"),
        ("\u202eđảo\u202c \u2067ngược\u2069", "đảo ngược"),
        ("a\x00b\ud800c", "abc"),
        ("đăng\u200dký", "đăngký"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200fبلدية\u200e", "بلدية"),
        ("e\u200b\u0301", "é"),
        ("", ""),
    ],
)
def test_a_word_has_one_spelling_whichever_keyboard_wrote_it(written, kept):
    assert [canonical(form) for form in both_forms(written)] == [kept, kept]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký khai sinh", "dang ki khai sinh"),
        ("ĐĂNG KÍ KHAI SINH", "dang ki khai sinh"),
        ("kỹ thuật", "ki thuat"),
        ("kĩ thuật", "ki thuat"),
        ("Lý lịch tư pháp", "li lich tu phap"),
        ("Mỹ Tho", "mi tho"),
        ("tỷ lệ", "ti le"),
        ("Vy", "vi"),
        ("y tế", "y te"),
        ("ý kiến", "y kien"),
        ("quý", "quy"),
        ("quy hoạch", "quy hoach"),
        ("Ủy ban", "uy ban"),
        ("thủy lợi", "thuy loi"),
        ("ngày", "ngay"),
        ("cây", "cay"),
        ("Nguyễn", "nguyen"),
        ("xây nhà ở Mỹ Đức", "xay nha o mi duc"),
        ("1.001193", "1 001193"),
        ("20m²", "20m2"),
        ("１２３", "123"),
        ("Ðà Nẵng", "da nang"),
        ("\u0189ường", "duong"),
        ("hồ sơ – giấy tờ, (bản sao)…", "ho so giay to ban sao"),
        ("khai\u200bsinh", "khaisinh"),
        ("أحمد إلى آل", "احمد الي ال"),
        ("بَلَدِيَّة", "بلديه"),
        ("بلديـــة", "بلديه"),
        ("مستشفى", "مستشفي"),
        ("عام ٢٠٢٤ و ۲۰۲۵", "عام 2024 و 2025"),
        ("ﻻ", "لا"),
        ("Łódź Ærø", "lodz aero"),
        ("👍 ♥", ""),
    ],
)
def test_what_is_typed_without_marks_meets_what_is_written_with_them(written, folded):
    assert [fold(form) for form in both_forms(written)] == [folded, folded]


def test_words_of_the_folded_form_are_what_search_counts():
    assert fold_words("Cấp bản sao trích lục hộ tịch (2.000635)") == [
        *["cap", "ban", "sao", "trich", "luc", "ho", "tich", "2", "000635"]
    ]
    assert fold_words("…") == []


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Đăng ký khai sinh", "dang-ky-khai-sinh"),
        ("Lý lịch tư pháp", "ly-lich-tu-phap"),
        ("Ủy ban nhân dân xã", "uy-ban-nhan-dan-xa"),
        ("  «Sổ đỏ» — hỏi & đáp!  ", "so-do-hoi-dap"),
        ("Thủ tục 1.001193", "thu-tuc-1-001193"),
        ("Ðường liên thôn", "duong-lien-thon"),
        ("VNeID بطاقة الهوية", "vneid"),
        ("بطاقة الهوية", ""),
        ("---", ""),
    ],
)
def test_an_address_can_be_read_aloud(title, address):
    assert [slug(form) for form in both_forms(title)] == [address, address]


def test_a_long_address_is_cut_between_words():
    assert slug("Đăng ký khai sinh lưu động", max_length=20) == "dang-ky-khai-sinh"
    assert slug("Đăng ký khai sinh", max_length=17) == "dang-ky-khai-sinh"


def test_a_single_word_longer_than_the_address_is_cut_inside():
    assert slug("đ" * 100, max_length=8) == "dddddddd"


def test_an_address_without_room_is_refused():
    with pytest.raises(ValueError, match="at least one character"):
        slug("khai sinh", max_length=0)


@pytest.mark.parametrize(
    "in_order",
    [
        ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm", "ga"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["oi", "ôi", "ơi", "ui", "ưi", "xi", "yi"],
        ["Ba", "Bà", "Bá", "Ba Na"],
        ["Đăng ký khai sinh", "Đăng ký khai tử", "Đăng ký tạm trú", "Đất đai"],
        ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn Ái", "Thôn An Hạ"],
        ["24 giờ", "An ninh", "Zalo", "بلدية"],
        ["hòa", "hoà giải", "Hỏa Lò"],
    ],
)
def test_lists_follow_the_vietnamese_alphabet(in_order):
    backwards = in_order[::-1]
    assert sorted(backwards, key=sort_key) == in_order


def test_quotation_marks_and_old_tone_position_do_not_move_a_title():
    assert sort_key("“Hoà giải”")[:2] == sort_key("Hòa giải")[:2]


def test_officials_are_listed_by_given_name():
    people = [
        "Trần Văn Bình",
        "Nguyễn Thị Ánh",
        "Lê Thị Lan",
        "Nguyễn Văn An",
        "Bùi Văn Đức",
        "Lê Anh Dũng",
        "Đỗ Văn An",
    ]
    assert sorted(people, key=given_name_key) == [
        "Đỗ Văn An",
        "Nguyễn Văn An",
        "Nguyễn Thị Ánh",
        "Trần Văn Bình",
        "Lê Anh Dũng",
        "Bùi Văn Đức",
        "Lê Thị Lan",
    ]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Ấp Bắc", "Â"),
        ("ăn uống", "Ă"),
        ("Đất đai", "Đ"),
        ("Ðất đai", "Đ"),
        ("ủy ban", "U"),
        ("Ứng dụng", "Ư"),
        ("“Sổ đỏ”", "S"),
        ("(Mới) VNeID", "M"),
        ("Zalo", "Z"),
        ("113", "#"),
        ("بلدية", "#"),
        ("…", "#"),
        ("", "#"),
    ],
)
def test_a_title_stands_under_the_heading_where_people_look(title, heading):
    assert [vietnamese_initial(form) for form in both_forms(title)] == [heading, heading]


@given(TEXT)
def test_a_second_pass_changes_nothing(text):
    assert canonical(canonical(text)) == canonical(text)
    assert fold(fold(text)) == fold(text)
    assert slug(slug(text)) == slug(text)


@given(TEXT)
def test_composed_and_decomposed_text_are_the_same_text(text):
    composed, decomposed = both_forms(text)
    for form in (canonical, fold, slug, sort_key, vietnamese_initial):
        assert form(composed) == form(decomposed)


@given(TEXT)
def test_storing_the_canonical_form_loses_nothing_that_search_needs(text):
    assert fold(canonical(text)) == fold(text)


@given(TEXT)
def test_canonical_text_can_be_stored_in_every_database(text):
    kept = canonical(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert kept == " ".join(kept.split())


@given(TEXT)
def test_folded_text_is_words_of_letters_and_digits(text):
    folded = fold(text)
    assert folded == folded.casefold()
    assert all(word.isalnum() for word in folded.split(" ") if folded)
    assert len(folded) <= 18 * len(text)  # the longest ligature, U+FDFA, spells four words


@given(TEXT, st.integers(1, 90))
def test_an_address_is_plain_words_between_single_hyphens(text, room):
    address = slug(text, max_length=room)
    assert len(address) <= room
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert address == "-".join(filter(None, address.split("-")))
    assert bool(address) == any(character.isascii() and character.isalnum() for character in fold(text))


@given(st.lists(TEXT, max_size=8))
def test_any_list_can_be_sorted_and_headed(titles):
    assert sorted(sorted(titles, key=sort_key), key=given_name_key) is not None
    assert all(len(vietnamese_initial(title)) == 1 for title in titles)
