"""The possible syllables of Vietnamese, and what was meant when the keys of an input method stayed in a word.

A syllable is an onset, a rime and a tone; the tables hold every pair that is written, whether or not it is a
word. Telex writes marks with letters (dd, aa, w; tones f s r x j), VNI with digits (d9, a6, o7, a8; tones 1–5).
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from gandan.text import canonical, fold


def _row(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BACK_RIMES = _row(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong oong ooc "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyên "
    "uyêt uynh uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
)
_FRONT_RIMES = _row(
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y"
)
_AFTER_GI = (*_BACK_RIMES, "e", "eo", "ep", "et", "ê", "êng", "êt", "êc", "", "n", "m", "p")
_AFTER_QU = _row(
    "a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et ê êch ên ênh êt êu "
    "i ich in inh it iu ôc ơ ơn ơt y ych yên yêt ynh yt"
)
_ALONE = ("y", "yêm", "yên", "yêng", "yêt", "yêu", *_BACK_RIMES, *_FRONT_RIMES)
_OTHER_ONSETS = _row("b ch d đ h kh l m n nh p ph r s t th tr v x")
_RIMES: dict[str, frozenset[str]] = {
    "": frozenset(_ALONE),
    "gi": frozenset(_AFTER_GI),
    "qu": frozenset(_AFTER_QU),
    **{onset: frozenset(_BACK_RIMES) for onset in ("c", "g", "ng")},
    **{onset: frozenset(_FRONT_RIMES) for onset in ("k", "gh", "ngh")},
    **{onset: frozenset((*_BACK_RIMES, *_FRONT_RIMES)) for onset in _OTHER_ONSETS},
}
_ONSETS = sorted(_RIMES, key=len, reverse=True)
_STOPS = ("c", "ch", "p", "t")
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_TONE_MARKS = frozenset(TONES[1:])
_STOP_TONES = ("\u0301", "\u0323")

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 12  # letters and keys of a word that is looked at: "nguwowif" has 8


def split(word: str) -> tuple[str, str, str] | None:
    """(onset, rime without tone, tone mark) of one canonical lower-case syllable, or None if it is none."""
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONE_MARKS]
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONE_MARKS))
    if len(tones) > 1:
        return None
    tone = tones[0] if tones else ""
    for onset in _ONSETS:
        if plain.startswith(onset) and plain[len(onset) :] in _RIMES[onset]:
            return onset, plain[len(onset) :], tone
    return None


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """Whether the word can be a Vietnamese syllable as it is written, tone included."""
    parts = split(word)
    return parts is not None and (not parts[1].endswith(_STOPS) or parts[2] in _STOP_TONES)


@lru_cache(maxsize=16_384)
def could_be_syllable(folded: str) -> bool:
    """Whether some syllable without its marks is written so."""
    return folded in _folded_syllables()


def all_syllables() -> Iterator[str]:
    """Every possible syllable, in canonical lower case."""
    for onset, rimes in _RIMES.items():
        for rime in sorted(rimes):
            for tone in _STOP_TONES if rime.endswith(_STOPS) else TONES:
                yield with_tone(onset, rime, tone)


@lru_cache(maxsize=1)
def _folded_syllables() -> frozenset[str]:
    bare = (f"{onset}{rime}" for onset, rimes in _RIMES.items() for rime in rimes)
    return frozenset(form for word in bare for form in (fold(word), _bare(word)) if form)


def _bare(word: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word.replace("đ", "d")) if letter.isascii()
    )


def with_tone(onset: str, rime: str, tone: str) -> str:
    """The syllable with its tone where our spelling puts it: on a marked vowel, else by the rule of open oa."""
    if not tone:
        return onset + rime
    whole = onset + rime
    has_vowel = any(letter in _VOWELS for letter in rime)  # not in gì, gìn: the onset lends its own
    place = len(onset) + _place(rime) if has_vowel else len(onset) - 1
    return canonical(whole[: place + 1] + tone + whole[place + 1 :])


def _place(rime: str) -> int:
    vowels = [number for number, letter in enumerate(rime) if letter in _VOWELS]
    marked = [number for number in vowels if rime[number] in "ăâêôơư"]
    if marked:
        return marked[-1]
    ends_open = vowels[-1] == len(rime) - 1
    if len(vowels) == 1:
        return vowels[0]
    return vowels[-2] if ends_open else vowels[-1]


@lru_cache(maxsize=16_384)
def repaired(word: str) -> str | None:
    """The syllable meant by a lower-case word with keys of Telex or VNI left in it; None if there is none.

    Only for a word that is no possible syllable itself. One letter and one digit (a1, b2) are a code.
    """
    if len(word) > _LONGEST or len(word) < 2 or could_be_syllable(fold(word)):
        return None
    if len(word) == 2 and word[1].isdigit():
        return None
    return _vni(word) if any(letter.isdigit() for letter in word) else _telex(word)


def _apart(word: str) -> tuple[list[str], str]:
    """The letters with their hats and horns, and the tone, of a word that may have some marks already."""
    tone = ""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFC", word):
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in decomposed if mark in _TONE_MARKS), tone)
        letters.append(
            unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS))
        )
    return letters, tone


def _vni(word: str) -> str | None:
    keys, tone = _apart(word)
    letters: list[str] = []
    for key in keys:
        if key in _VNI_TONES and letters:
            tone = _VNI_TONES[key]
        elif key == "6" and letters:
            _mark(letters, _HATS)
        elif key in "78" and letters:
            _horn(letters)
        elif key == "9" and letters and letters[0] == "d":
            letters[0] = "đ"
        elif key.isdigit():
            return None
        else:
            letters.append(key)
    return _valid(letters, tone)


def _telex(word: str) -> str | None:
    keys, tone = _apart(word)
    letters: list[str] = []
    used = strict = False
    for place, key in enumerate(keys):
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel:
            if tone or _goes_on_with_a_vowel(keys[place + 1 :], letters):
                return None  # visa, virus
            tone = _TELEX_TONES[key]
        elif key == "w" and has_vowel:
            _horn(letters)
        elif key == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        elif key in _HATS and key in letters and (letters[-1] == key or letters[-1] not in _VOWELS):
            strict = strict or letters[-1] != key  # nhana is nhân, but photo is no phôt
            _mark(letters, {key: _HATS[key]})
        else:
            letters.append(key)
            continue
        used = True
    meant = _valid(letters, tone) if used else None
    return None if meant and strict and not is_syllable(meant) else meant


def _goes_on_with_a_vowel(keys: list[str], before: list[str]) -> bool:
    """Whether another vowel follows that is not there to mark one before it."""
    return bool(keys) and keys[0] in _VOWELS and keys[0] not in before


def _mark(letters: list[str], marks: dict[str, str]) -> None:
    for number in reversed(range(len(letters))):
        if letters[number] in marks:
            letters[number] = marks[letters[number]]
            return


def _horn(letters: list[str]) -> None:
    text = "".join(letters)
    if "uo" in text and not text.startswith("quo"):
        place = text.index("uo")
        letters[place : place + 2] = ["ư", "ơ"]
    elif "ua" in text and not text.startswith("qua"):
        letters[text.index("ua")] = "ư"
    elif "ưo" in text:
        letters[text.index("ưo") + 1] = "ơ"
    else:
        _mark(letters, _HORNS)


def _valid(letters: list[str], tone: str) -> str | None:
    text = "".join(letters)
    parts = split(text) or split(text.replace("ươ", "uơ"))  # huơ, thuở: typed like ươ
    return with_tone(parts[0], parts[1], tone) if parts else None
