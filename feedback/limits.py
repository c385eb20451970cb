"""Limits in the shared cache: how often one address may fail to open a case, guess a PIN, or send.

Addresses are kept as a keyed hash, and forgotten after an hour. Counting is not exact when two requests meet in
the same millisecond; the limits need not be.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

HOUR = timedelta(hours=1)
MOST_FAILURES = 20  # look-ups an hour from one address; only failures count
MOST_SENT = 10  # an hour from one address; more are stored and held for a person to look at
MOST_VOTES = 20  # an hour from one address; more are stored and not counted
ONE_CLICK = timedelta(
    minutes=1
)  # the same answer for the same page from the same address within it is one vote
FREE_GUESSES = 2  # wrong PINs for one code before waiting begins
LONGEST_WAIT = timedelta(minutes=15)  # 96 guesses a day: all PINs of a code take 28 years


def look_ups_are_blocked(address: str, now: datetime) -> bool:
    return len(_recent(_key("look-up", address), now)) >= MOST_FAILURES


def count_failed_look_up(address: str, code: str, now: datetime) -> None:
    _add(_key("look-up", address), now)
    count_wrong_pin(code, now)


def count_wrong_pin(code: str, now: datetime) -> None:
    """A wrong PIN for this code, existing or not, from whatever address; nothing without a code."""
    if code:
        _add(_key("pin", code), now, LONGEST_WAIT * 4)


def wait_for(code: str, now: datetime) -> timedelta:
    """How long this code, existing or not, takes no PIN after wrong ones; zero when it takes one."""
    wrong = _recent(_key("pin", code), now, LONGEST_WAIT * 4)
    if len(wrong) <= FREE_GUESSES:
        return timedelta()
    pause = min(timedelta(seconds=2 ** min(len(wrong) - FREE_GUESSES, 12)), LONGEST_WAIT)
    return max(timedelta(), datetime.fromtimestamp(wrong[-1], now.tzinfo) + pause - now)


def forget_wrong_pins(code: str) -> None:
    cache.delete(_key("pin", code))


def count_sent(address: str, now: datetime) -> bool:
    """Count one sending; True when it is over the limit."""
    key = _key("sent", address)
    _add(key, now)
    return len(_recent(key, now)) > MOST_SENT


def count_vote(address: str, now: datetime) -> bool:
    """Count one vote on a page; True when it is over the limit."""
    key = _key("vote", address)
    _add(key, now)
    return len(_recent(key, now)) > MOST_VOTES


def same_vote(address: str, page: int, answer: str) -> int | None:
    """The number of the vote that this one only repeats: a double click, or the way back and once more."""
    return cache.get(_key("one-vote", f"{address}\0{page}\0{answer}"))


def remember_vote(address: str, page: int, answer: str, vote: int) -> None:
    cache.set(_key("one-vote", f"{address}\0{page}\0{answer}"), vote, ONE_CLICK.total_seconds())


def _key(what: str, of: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"{what}\0{of}".encode(), hashlib.sha256)
    return f"feedback:{what}:{digest.hex()[:32]}"


def _recent(key: str, now: datetime, within: timedelta = HOUR) -> list[float]:
    return [moment for moment in cache.get(key, []) if moment > (now - within).timestamp()]


def _add(key: str, now: datetime, within: timedelta = HOUR) -> None:
    moments = [*_recent(key, now, within), now.timestamp()]
    cache.set(key, moments[-max(MOST_FAILURES, MOST_SENT, MOST_VOTES) - 1 :], within.total_seconds())
