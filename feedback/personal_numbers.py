"""Numbers that must not be written to the commune: identity cards (12 or old 9 digits), bank cards, one-time codes.

They are found with spaces, dots or hyphens between the digits. Phone numbers and amounts of money are not. Four to
eight digits are a code only beside a word that says so.
"""

import re

_RUN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d)+(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?84[ .\-]?|0)\d(?:[ .\-]?\d){8}(?![ .\-]?\d)|(?<!\d)0\d{9}(?!\d)")
_MONEY = re.compile(r"\s?(?:đ|đồng|vnđ|vnd|triệu|tỷ|₫)\b", re.IGNORECASE)
_CODE = re.compile(
    r"(?:\botp\b|mã xác (?:nhận|thực)|ma xac (?:nhan|thuc)|mật khẩu|mat khau|\bm[aã] pin\b|\bpassword\b|رمز التحقق)"
    r"[^\d\n.;!?]{0,20}?(?<![\d/.])(?P<code>\d(?:[ ]?\d){3,7})(?![ ]?\d|[/.\-]\d)",
    re.IGNORECASE,
)
MASK = "•"


def mask(text: str) -> str:
    """The text with every such number made unreadable but for its last two digits."""
    return _replace(text)[0]


def contains_personal_number(text: str) -> bool:
    return _replace(text)[1] > 0


def _replace(text: str) -> tuple[str, int]:
    text, codes = _CODE.subn(_without_code, text)
    pieces: list[str] = []
    found, end = codes, 0
    phones = [match.span() for match in _PHONE.finditer(text)]
    for match in _RUN.finditer(text):
        is_phone = any(start < match.end() and match.start() < stop for start, stop in phones)
        if is_phone or _MONEY.match(text, match.end()) or not _is_personal(re.sub(r"\D", "", match[0])):
            continue
        pieces += [text[end : match.start()], _hidden(match[0])]
        found, end = found + 1, match.end()
    return "".join([*pieces, text[end:]]), found


def _without_code(match: re.Match[str]) -> str:
    start = match.start("code") - match.start()
    return match[0][:start] + re.sub(r"\d", MASK, match["code"])


def _is_personal(digits: str) -> bool:
    if len(digits) in (9, 12):
        return True
    return 13 <= len(digits) <= 19 and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _hidden(number: str) -> str:
    return re.sub(r"\d", MASK, number[:-2]) + number[-2:]
