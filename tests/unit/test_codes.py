import re
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.codes import ALPHABET, InvalidCode, is_valid, new_code, normalise, pin_from, spoken


def with_check(body):
    """The one valid code with these twelve characters."""
    groups = "-".join((body[:4], body[4:8], body[8:12]))
    (code,) = [f"GD-{groups}-{check}" for check in ALPHABET if is_valid(f"GD-{groups}-{check}")]
    return code


CODES = st.text(ALPHABET, min_size=12, max_size=12).map(with_check)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_look_alikes_are_not_in_the_alphabet():
    assert len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("01ILO")


def test_a_new_code_is_valid_and_not_the_last_one():
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(is_valid(code) for code in made)


def test_a_code_carries_at_least_58_bits():
    chosen_at_random = new_code().replace("-", "")[2:-1]
    assert len(ALPHABET) ** len(chosen_at_random) > 2**58


@given(CODES)
def test_every_single_wrong_character_is_caught(code):
    for place, right in enumerate(code):
        if right in "-" or place < 2:
            continue
        for wrong in set(ALPHABET) - {right}:
            assert not is_valid(code[:place] + wrong + code[place + 1 :])


@given(CODES)
def test_every_exchange_of_two_characters_is_caught(code):
    body = code.replace("-", "")[2:]
    for one, other in combinations(range(13), 2):
        if body[one] == body[other]:
            continue
        swapped = list(body)
        swapped[one], swapped[other] = body[other], body[one]
        with pytest.raises(InvalidCode) as caught:
            normalise("".join(swapped))
        assert caught.value.reason == "check"


def full_width(code):
    return "".join(chr(ord(character) + 0xFEE0) for character in code)


def arabic_digits(code):
    return code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))


@given(CODES)
def test_a_code_is_understood_however_it_is_typed(code):
    bare = code.replace("-", "")
    for typed in (
        code,
        code.lower(),
        bare,
        bare[2:],
        code[3:],
        f"  {code.replace('-', ' ')} \n",
        code.replace("-", "–"),
        code.replace("-", "."),
        " ".join(bare),
        full_width(code),
        arabic_digits(code),
        f"\u2066{code}\u2069",
        spoken(code),
    ):
        assert normalise(typed) == code


@pytest.mark.parametrize(
    ("keys", "on_screen"),
    [
        ("DD", "Đ"),
        ("AA", "Â"),
        ("EE", "Ê"),
        ("AW", "Ă"),
        ("UW", "Ư"),
        ("AS", "Á"),
        ("EF", "È"),
        ("YR", "Ỷ"),
        ("AX", "Ã"),
        ("UJ", "Ụ"),
    ],
)
def test_letters_that_a_vietnamese_keyboard_joined_are_taken_apart(keys, on_screen):
    code = with_check(f"7K{keys}2PQRW9YZ")
    for form in ("NFC", "NFD"):
        assert normalise(unicodedata.normalize(form, code.replace(keys, on_screen).lower())) == code


def test_a_code_may_itself_begin_with_the_letters_of_the_prefix():
    code = with_check("GDGD2PQRW9YZ")
    assert normalise(code.replace("-", "")) == normalise(code.replace("-", "")[2:]) == code


@pytest.mark.parametrize("look_alike", "01ILOilo")
def test_a_look_alike_is_refused_and_named_instead_of_guessed(look_alike):
    code = with_check("7KMX2PQRW9YZ")
    with pytest.raises(InvalidCode, match=look_alike.upper()) as caught:
        normalise(code.replace("Q", look_alike))
    assert caught.value.reason == "character"


@pytest.mark.parametrize("typed", ["", "GD", "   ", "GD-7KMX-2PQR", "7KMX" * 4, "7" * 1_000_000])
def test_a_code_of_the_wrong_length_is_refused(typed):
    with pytest.raises(InvalidCode) as caught:
        normalise(typed)
    assert caught.value.reason == "length"


@pytest.mark.parametrize("typed", ["🙂" * 13, "7KMX-2PQR-W9YZ-Ω", "\ud800", "\u0302", "7'; DROP TABLE"])
def test_what_is_no_letter_of_a_code_is_refused(typed):
    with pytest.raises(InvalidCode):
        normalise(typed)


@given(ANY_TEXT)
def test_any_text_is_either_a_code_or_refused_with_a_reason(text):
    outcome = ""
    try:
        outcome = normalise(text)
    except InvalidCode as refusal:
        outcome = refusal.reason
    assert outcome in {"length", "character", "check"} or is_valid(outcome)


@given(CODES)
def test_only_the_canonical_form_is_valid_as_it_stands(code):
    assert is_valid(code)
    for other in (code.lower(), code.replace("-", ""), code[3:], f"{code}\n", f" {code}"):
        assert not is_valid(other)


def test_a_code_is_read_aloud_in_groups():
    code = with_check("7KMX2PQRW9YZ")
    assert spoken(code) == f"GD 7KMX 2PQR W9YZ {code[-1]}"


def test_reading_aloud_refuses_what_is_no_code():
    with pytest.raises(InvalidCode):
        spoken("GD-0000-0000-0000-0")


@given(st.binary(min_size=1), st.text())
def test_a_pin_is_six_digits_and_the_same_for_the_same_form(secret, nonce):
    pin = pin_from(secret, nonce)
    assert re.fullmatch("[0-9]{6}", pin)
    assert pin_from(secret, nonce) == pin


def test_pins_of_different_forms_and_of_different_secrets_differ():
    pins = [pin_from(secret, str(form)) for secret in (b"one", b"two") for form in range(500)]
    assert len(set(pins)) > 980  # two of a thousand may be equal by chance


def test_first_digits_of_pins_are_spread_evenly():
    first = [pin_from(b"secret", str(form))[0] for form in range(5000)]
    assert all(400 < first.count(digit) < 600 for digit in "0123456789")


def test_a_pin_without_a_secret_is_refused():
    with pytest.raises(ValueError, match="secret"):
        pin_from(b"", "nonce")
