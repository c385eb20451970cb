"""Phone numbers as digits."""

import re

_ABROAD = re.compile(r"\+?84(?=\d{9})")


def phone_digits(phone: str) -> str:
    """The digits of a number in the form it is dialled at home: 0 for +84, nothing between them."""
    return _ABROAD.sub("0", re.sub(r"[^\d+]", "", phone), count=1).lstrip("+")
