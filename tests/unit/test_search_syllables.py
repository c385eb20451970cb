"""Every possible syllable of Vietnamese, through folding, codes and the keys of Telex and VNI."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.search.encoding import CODE_START, code, encode_for_index
from gandan.search.syllables import all_syllables, could_be_syllable, is_syllable, repaired, split
from gandan.text import canonical, fold

SYLLABLES = list(all_syllables())
TELEX_TONES = dict(zip(["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"], "frxsj", strict=True))
VNI_TONES = dict(zip(["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"], "23415", strict=True))
TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
VNI_LETTERS = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}


def keys(syllable: str, letters: dict[str, str], tones: dict[str, str]) -> str:
    """What is typed for a syllable when the input method is off: letters first, the tone last."""
    onset, rime, tone = split(syllable) or ("", "", "")
    return "".join(letters.get(letter, letter) for letter in onset + rime) + tones.get(tone, "")


def test_there_are_as_many_syllables_as_the_language_can_write() -> None:
    assert len(SYLLABLES) == len(set(SYLLABLES))
    assert 15_000 < len(SYLLABLES) < 20_000


def test_every_syllable_is_one_and_stays_one_in_other_forms() -> None:
    assert [word for word in SYLLABLES if not is_syllable(word)] == []
    assert [word for word in SYLLABLES if canonical(word) != word] == []
    assert [word for word in SYLLABLES if not could_be_syllable(fold(word))] == []


def test_folding_every_syllable_gives_plain_letters_once_and_for_all_in_any_unicode_form() -> None:
    folded = {word: fold(word) for word in SYLLABLES}

    assert [word for word, plain in folded.items() if not (plain.isascii() and plain.isalpha())] == []
    assert [word for word, plain in folded.items() if fold(plain) != plain] == []
    assert [word for word, plain in folded.items() if len(plain) > len(word)] == []
    assert [word for word in SYLLABLES if fold(unicodedata.normalize("NFD", word)) != folded[word]] == []


def test_every_marked_syllable_has_a_code_of_its_own_and_no_other_has_one() -> None:
    codes = {word: code(word) for word in SYLLABLES}
    unmarked = [word for word, coded in codes.items() if coded is None]

    assert [word for word in unmarked if not word.isascii()] == []
    marked: dict[str, str] = {}
    for word, coded in codes.items():
        if coded:
            marked.setdefault(coded, word)
    same = [word for word, coded in codes.items() if coded and marked[coded] != word]
    assert [word for word in same if fold(word)[-1] != "i"] == []  # kỹ and kĩ
    assert all(coded.startswith(CODE_START) and coded.isascii() for coded in marked)


@pytest.mark.parametrize(("letters", "tones"), [(TELEX_LETTERS, TELEX_TONES), (VNI_LETTERS, VNI_TONES)])
def test_keys_left_in_a_syllable_are_taken_back(letters: dict[str, str], tones: dict[str, str]) -> None:
    wrong = []
    for word in SYLLABLES:
        typed = keys(word, letters, tones)
        if letters is TELEX_LETTERS and fold(word).endswith(("ooc", "oong")):
            continue  # typed with a third o
        if typed == word or could_be_syllable(fold(typed)) or (len(typed) == 2 and typed[1].isdigit()):
            continue
        if repaired(typed) != word:
            wrong.append((word, typed, repaired(typed)))

    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dangw", "dăng"),
        ("ddawng", "đăng"),
        ("nguowif", "người"),
        ("nuocws", "nước"),
        ("dutws", "dứt"),
        ("nhana", "nhân"),
        ("d9a8ng", "đăng"),
        ("so63", "sổ"),
        ("đăngw", "đăng"),
    ],
)
def test_people_leave_keys_in_many_orders(typed: str, meant: str) -> None:
    assert repaired(typed) == meant


@pytest.mark.parametrize(
    "word", ["photo", "app", "vneid", "ct01", "a1", "visa", "taxi", "virus", "online", "dang", "1"]
)
def test_loan_words_codes_and_plain_syllables_are_left_alone(word: str) -> None:
    assert repaired(word) is None


@given(st.text(max_size=40))
def test_no_string_breaks_the_reading_of_words(text: str) -> None:
    for word in canonical(text).lower().split():
        meant = repaired(word)
        assert meant is None or could_be_syllable(fold(meant))
        assert not is_syllable(word) or split(word)
    folded, codes = encode_for_index(text)
    assert folded == fold(folded)
    assert len(codes.split()) <= len(folded.split())
