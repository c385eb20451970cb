"""Case codes and PINs: made, checked, read from what people type, and spelled for reading aloud.

A code is `GD-XXXX-XXXX-XXXX-C`: twelve random characters of 31 (59.4 bits) and a check character. With the
weights 13 … 2 for the twelve and 1 for the check character, the weighted sum of all thirteen is a multiple of
31. As 31 is prime and the weights differ from each other and from 0, one wrong character or any two
characters exchanged always break the sum; any other slip passes once in 31.

0, 1, I, L and O never occur, and are never guessed at: each could be a misread of several letters.
"""

import hmac
import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "GD"
_RANDOM_CHARACTERS = 12
_LENGTH = _RANDOM_CHARACTERS + 1
_CANONICAL = re.compile(rf"{PREFIX}(?:-[{ALPHABET}]{{4}}){{3}}-[{ALPHABET}]")
_MOST_TYPED = 100  # characters; longer input is no attempt at a code

# A Vietnamese (Telex) keyboard left switched on joins two keys: AA → Â, AW → Ă, DD → Đ, AS → Á.
_TELEX_KEY = {
    "\u0306": "W",
    "\u031b": "W",
    "\u0301": "S",
    "\u0300": "F",
    "\u0309": "R",
    "\u0303": "X",
    "\u0323": "J",
}
_CIRCUMFLEX = "\u0302"
_SEPARATOR_CATEGORIES = {"Pd", "Pc", "Zs", "Zl", "Zp", "Cc", "Cf"}


class InvalidCode(ValueError):
    """What was typed is not a case code. `reason` is "length", "character" or "check"."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def new_code() -> str:
    """A fresh code from the system's randomness. Whether it is taken is for the database to say."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return _grouped(body + _check_character(body))


def is_valid(code: str) -> bool:
    """Whether this is a code in its canonical form with the right check character."""
    return _CANONICAL.fullmatch(code) is not None and _sums_up(code.replace("-", "")[len(PREFIX) :])


def normalise(typed: str) -> str:
    """The canonical form of a code as people type it, or `InvalidCode`.

    Accepted: any case, hyphens or spaces anywhere or nowhere, with or without GD, full-width letters, digits
    of other scripts, and pairs of letters that a Vietnamese keyboard joined.
    """
    body = _plain(typed[: _MOST_TYPED + 1])
    if len(body) == len(PREFIX) + _LENGTH and body.startswith(PREFIX):
        body = body[len(PREFIX) :]
    strange = next((character for character in body if character not in ALPHABET), "")
    if strange:
        raise InvalidCode("character", f"A case code has no {strange!r}.")
    if len(body) != _LENGTH:
        raise InvalidCode("length", f"A case code has {_LENGTH} characters after {PREFIX}.")
    if not _sums_up(body):
        raise InvalidCode("check", "A character of this case code is wrong or missing.")
    return _grouped(body)


def spoken(code: str) -> str:
    """A code in groups separated by spaces, without hyphens: "GD 7KMX 2PQR W9YZ C". Raises `InvalidCode`."""
    return normalise(code).replace("-", " ")


def pin_from(secret: bytes, nonce: str) -> str:
    """Six digits; the same secret and nonce always give the same ones.

    The whole 256-bit digest is reduced modulo 10⁶, so no PIN is likelier than another by more than 2⁻²³⁶.
    """
    if not secret:
        raise ValueError("A PIN needs a secret.")
    digest = hmac.digest(secret, b"feedback case PIN\0" + nonce.encode(), "sha256")
    return f"{int.from_bytes(digest) % 1_000_000:06d}"


def _grouped(body: str) -> str:
    return "-".join((PREFIX, body[:4], body[4:8], body[8:12], body[12:]))


def _weighted_sum(characters: str) -> int:
    return sum(
        weight * ALPHABET.index(character)
        for weight, character in zip(range(13, 0, -1), characters, strict=False)
    )


def _sums_up(body: str) -> bool:
    return _weighted_sum(body) % len(ALPHABET) == 0


def _check_character(random_characters: str) -> str:
    return ALPHABET[-_weighted_sum(random_characters) % len(ALPHABET)]


def _plain(typed: str) -> str:
    decomposed = unicodedata.normalize("NFKD", typed).upper()
    characters: list[str] = []
    for character in unicodedata.normalize("NFKD", decomposed):
        if character == _CIRCUMFLEX and characters:
            characters.append(characters[-1])
        elif character in _TELEX_KEY:
            characters.append(_TELEX_KEY[character])
        elif character == "Đ":
            characters += "DD"
        elif unicodedata.category(character) not in _SEPARATOR_CATEGORIES and character not in "./":
            characters.append(str(unicodedata.decimal(character, character)))
    return "".join(characters)
