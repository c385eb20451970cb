"""Vietnamese (and Arabic) text in the forms that storing, finding, addressing and sorting need.

Pure Python. Two choices are made here for the whole house:

- One tone position: the tone of an open *oa, oe, uy* stands on the first vowel (hòa, khỏe, thủy), the
  spelling most residents type; after *q* the *u* belongs to the consonant (quý, quả).
- *i* and *y* are the same letter in the folded form only where they spell the same sound and writers
  disagree: as the single vowel that ends a syllable after its consonant (kỹ/kĩ, lý/lí, mỹ/mĩ). Not after a
  vowel or *qu* (tay/tai, thuy/thui, quy), and not alone (y tế, ý kiến).
"""

import re
import unicodedata

# Controls, lone surrogates (no database stores either), zero-width and bidirectional marks. The two joiners
# U+200C and U+200D are not among them: see _STRAY_JOINER.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_ARABIC = (
    r"\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
_STRAY_JOINER = re.compile(
    rf"(?<![{_ARABIC}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_ARABIC}\u200c\u200d])",
)

_MARK = r"\u0300-\u036f"
_ONSET = r"b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|r|s|t[hr]?|v|x"
_LATE_TONE = re.compile(
    rf"(?<![\w{_MARK}])((?:{_ONSET})?)(?:(o)([àảãáạèẻẽéẹ])|(u)([ỳỷỹýỵ]))(?![\w{_MARK}])", re.IGNORECASE
)
_EARLY_TONE_AFTER_Q = re.compile(rf"(?<![\w{_MARK}])(q)([ùủũúụ])([aăâeêioơy])(?![{_MARK}])", re.IGNORECASE)
_SINGLE_Y = re.compile(rf"(?<![^ ])({_ONSET})y(?![^ ])")

# Capital Ð (eth) and Ɖ (African d) look exactly like Đ and come out of old font converters.
_LOOKS_LIKE_D_STROKE = {"ð": "đ", "ɖ": "đ"}
_SAME_LETTER = {
    "ð": "d",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ŋ": "ng",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ک": "ك",
    "ڪ": "ك",
    "ـ": "",  # tatweel only stretches a word
}
_STROKED_LATIN = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")

_ALPHABET = (
    "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # the 29 letters, and f j w z where a Latin reader looks for them
)
_ALPHABET_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make another letter
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # in the order of dictionaries: à ả ã á ạ
_SORT_TOKEN = re.compile(r"(?P<number>\d+)|(?P<letter>[^\W\d_])|(?P<gap>[\W_]+)")

SortKey = tuple[tuple[int, ...], tuple[int, ...], str]


def canonical(text: str) -> str:
    """The one spelling to store and show: NFC, one tone position, single spaces, nothing invisible.

    Case stays. Line breaks become spaces, so this is for titles, names and queries, not for bodies of text.
    A zero-width joiner or non-joiner stays only between two Arabic letters, where it changes what is read.
    """
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    seen = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", seen))
    seen = _EARLY_TONE_AFTER_Q.sub(_tone_after_u, _LATE_TONE.sub(_tone_on_first_vowel, seen))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def fold(text: str) -> str:
    """The form that index and query share: lower-case letters without marks, digits 0–9, single spaces.

    Everything else separates words. Letters of other scripts stay, Arabic ones in one spelling (أ إ آ as ا,
    ى as ي, ة as ه, no harakat). May be longer than the text (ligatures), never shorter than its letters.
    """
    folded = _SINGLE_Y.sub(r"\1i", _without_marks(text))
    return unicodedata.normalize("NFC", folded)


def fold_words(text: str) -> list[str]:
    return fold(text).split()


def slug(text: str, max_length: int = 80) -> str:
    """ASCII words joined by hyphens, cut between words; *y* stays *y*, since people read addresses.

    A single word longer than `max_length` is cut inside. Text without a Latin letter or digit (Arabic, only
    punctuation) gives "": the caller decides what stands there.
    """
    if max_length < 1:
        raise ValueError("A slug needs room for at least one character.")
    words: list[str] = re.findall(r"[a-z0-9]+", _without_marks(text))
    if not words:
        return ""
    kept = words[0][:max_length]
    for word in words[1:]:
        if len(kept) + 1 + len(word) > max_length:
            break
        kept += "-" + word
    return kept


def sort_key(text: str) -> SortKey:
    """Key for lists in the order of the Vietnamese alphabet: letters first, tones only between equal letters.

    Numbers count by value (Thôn 2 before Thôn 10) and come before letters, other scripts after them;
    punctuation counts as a space, case only as the last difference.
    """
    form = canonical(unicodedata.normalize("NFKC", text))
    ranks: list[int] = []
    tones: list[int] = []
    for token in _SORT_TOKEN.finditer(form):
        if token["number"]:
            digits = "".join(str(unicodedata.decimal(digit)) for digit in token["number"]).lstrip("0")
            ranks += [1, len(digits), *map(int, digits)]
        elif token["letter"]:
            ranks += _letter_ranks(token["letter"])
            tones.append(_tone(token["letter"]))
        elif ranks and token.end() < len(form) and not _only_marks(token["gap"]):
            ranks.append(0)
    return tuple(ranks), tuple(tones), form


def given_name_key(full_name: str) -> tuple[SortKey, SortKey]:
    """Key for lists of people: by given name, which is the last word, then by family and middle names."""
    family, _, given = canonical(full_name).rpartition(" ")
    return sort_key(given), sort_key(family)


def vietnamese_initial(title: str) -> str:
    """The heading of an A–Z list under which a title stands: A Ă Â … Đ … Y, also F J W Z; "#" for the rest.

    Quotation marks and brackets before the first letter are passed over; a tone does not make a heading
    (Ấp → Â).
    """
    for character in canonical(unicodedata.normalize("NFKC", title)):
        if character.isalnum():
            return _alphabet_letter(character).upper() or "#"
    return "#"


def _tone_on_first_vowel(found: re.Match[str]) -> str:
    first, second = found[2] or found[4], found[3] or found[5]
    vowel, tone = list(unicodedata.normalize("NFD", second))
    return found[1] + unicodedata.normalize("NFC", first + tone) + vowel


def _tone_after_u(found: re.Match[str]) -> str:
    vowel, tone = list(unicodedata.normalize("NFD", found[2]))
    return found[1] + vowel + unicodedata.normalize("NFC", found[3] + tone)


class _Folding(dict[int, str]):
    """What `str.translate` puts for one character of decomposed text, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDING = _Folding()


def _without_marks(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).translate(_FOLDING).split())


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] == "M" or category == "Cf" or _UNSEEN.match(character):
        return ""
    if not character.isalpha():
        return " "
    letters = unicodedata.normalize("NFKD", character.casefold())
    return "".join(_plain_letter(letter) for letter in letters if unicodedata.category(letter)[0] != "M")


def _plain_letter(letter: str) -> str:
    if letter in _SAME_LETTER:
        return _SAME_LETTER[letter]
    stroked = _STROKED_LATIN.match(unicodedata.name(letter, ""))
    return stroked[1].lower() if stroked else letter


def _alphabet_letter(character: str) -> str:
    """The letter of `_ALPHABET` under which a character stands, or "" when it is none."""
    lower = character.casefold()[:1]
    base, *marks = list(unicodedata.normalize("NFD", _LOOKS_LIKE_D_STROKE.get(lower, lower)))
    letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _ALPHABET_MARKS))
    if letter not in _ALPHABET:
        letter = base.translate(_FOLDING)[:1]
    return letter if letter in _ALPHABET else ""


def _letter_ranks(character: str) -> list[int]:
    letter = _alphabet_letter(character)
    if letter:
        return [2 + _ALPHABET.index(letter)]
    return [100 + ord(other) for other in character.translate(_FOLDING)]


def _tone(character: str) -> int:
    for mark in unicodedata.normalize("NFD", character):
        if mark in _TONES:
            return 1 + _TONES.index(mark)
    return 0


def _only_marks(gap: str) -> bool:
    return all(unicodedata.category(character)[0] == "M" for character in gap)
