"""The number of a case towards programs: neither its code, which belongs to whoever holds the slip, nor one that
counts up and would tell how much the commune receives.

A keyed permutation of 0 … 2⁴⁰ − 1 (four Feistel rounds over twice 20 bits): every case has one number for ever,
without a column for it, and nobody without SECRET_KEY can step from one to the next.
"""

import hashlib
import hmac

from django.conf import settings

HALF = 20  # bits
MASK = (1 << HALF) - 1
ROUNDS = range(4)
DIGITS = 13  # 2⁴⁰ has so many


def number_of(pk: int) -> str:
    left, right = pk >> HALF & MASK, pk & MASK
    for step in ROUNDS:
        left, right = right, left ^ _mixed(step, right)
    return f"{left << HALF | right:0{DIGITS}d}"


def case_of(number: str) -> int | None:
    """The case's key; None for what is no number of ours."""
    if not (number.isascii() and number.isdigit() and len(number) == DIGITS) or int(number) >> 2 * HALF:
        return None
    left, right = int(number) >> HALF, int(number) & MASK
    for step in reversed(ROUNDS):
        left, right = right ^ _mixed(step, left), left
    return left << HALF | right


def _mixed(step: int, half: int) -> int:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"open311\0{step}\0{half}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:4]) & MASK
