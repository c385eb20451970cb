"""Signed tokens that stand in for a session: one guards a form, one opens a receipt.

The form's token carries a nonce, which makes sending idempotent: the same nonce is the same case, and the PIN is
derived from it. It also carries the moment the form was shown and the page it was opened from.

A PIN has six digits: whoever holds a hash of it finds it within seconds, however slow the hash. So the hash is
fast and salted, the column that keeps it is encrypted (FIELD_KEYS), and guessing through the site is held off by
the limits per code and per address in `feedback.limits`.
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

from feedback.codes import pin_from

VALID = timedelta(days=7)
SHOWS_PIN = timedelta(hours=48)
STAYS_OPEN = timedelta(hours=1)  # a case opened by code and PIN, to act on it
TAKES_A_LINE = timedelta(days=1)  # after a vote on a page
TOO_FAST = timedelta(seconds=2)
LONGEST_PATH = 300

_form = signing.Signer(salt="feedback.form")
_receipt = signing.Signer(salt="feedback.receipt")
_opened = signing.TimestampSigner(salt="feedback.opened")
_vote = signing.TimestampSigner(salt="feedback.vote")


class BadToken(Exception):
    """The token of a form is missing, altered or older than seven days."""


@dataclass(frozen=True)
class FormToken:
    nonce: str
    shown_at: datetime
    page_path: str = ""

    def is_expired(self, now: datetime) -> bool:
        return not self.shown_at <= now + timedelta(minutes=1) <= self.shown_at + VALID

    def was_filled_too_fast(self, now: datetime) -> bool:
        return now - self.shown_at < TOO_FAST


def new_form_token(now: datetime, page_path: str = "") -> str:
    is_ours = page_path.startswith("/") and not page_path.startswith("//") and page_path.isprintable()
    path = page_path if is_ours else ""
    return _form.sign_object(
        {"n": secrets.token_urlsafe(16), "t": now.timestamp(), "p": path[:LONGEST_PATH]}, compress=False
    )


def read_form_token(signed: str) -> FormToken:
    """Raises `BadToken`. An expired token is read: what was sent with it must still be found."""
    try:
        held = _form.unsign_object(signed)
        return FormToken(held["n"], datetime.fromtimestamp(held["t"], UTC), held["p"])
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise BadToken from error


def receipt_token(nonce: str) -> str:
    return _receipt.sign(nonce)


def read_receipt_token(signed: str) -> str:
    """The nonce of the case. Raises `BadToken`."""
    try:
        return _receipt.unsign(signed)
    except signing.BadSignature as error:
        raise BadToken from error


def opened_token(pk: int) -> str:
    """For whoever has just typed the right code and PIN: acts on this case without typing them again."""
    return _opened.sign(str(pk))


def read_opened_token(signed: str) -> int:
    """The number of the case. Raises `BadToken`, an hour after the last step too."""
    try:
        return int(_opened.unsign(signed, max_age=STAYS_OPEN))
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def vote_token(pk: int) -> str:
    return _vote.sign(str(pk))


def read_vote_token(signed: str) -> int:
    """The number of the vote. Raises `BadToken`, a day after the vote too."""
    try:
        return int(_vote.unsign(signed, max_age=TAKES_A_LINE))
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def pin_of(nonce: str) -> str:
    return pin_from(settings.SECRET_KEY.encode(), nonce)


def hash_pin(pin: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_digest(salt, pin)}"


def is_pin(typed: str, stored: str) -> bool:
    """Takes the same time whether it fits or not; for "no such case" compare with `NO_CASE`."""
    salt, _separator, digest = stored.partition("$")
    return hmac.compare_digest(_digest(salt, typed), digest)


def normalise_pin(typed: str) -> str:
    """The digits of what was typed, whatever their script and whatever stands between them."""
    return "".join(
        str(unicodedata.decimal(c)) for c in typed[:40] if unicodedata.decimal(c, None) is not None
    )


def _digest(salt: str, pin: str) -> str:
    return hmac.digest(salt.encode(), pin.encode(), "sha256").hex()


NO_CASE = hash_pin(secrets.token_hex(8))
