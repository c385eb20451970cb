"""A day and an hour as people type them: "25/11/2026", "25-11", "2026-11-25"; "9:30", "15h", "3 giờ chiều".

Pure. Every reader raises `Unreadable` for what is no day or hour at all, `NotThere` for numbers that no calendar or
clock has.
"""

import re
from contextlib import suppress
from datetime import date, time

from gandan.text import fold

LONGEST = 40  # characters; a longer text is no day and no hour
# Folded text: small letters without marks, a space for every sign.
DAY_FIRST = re.compile(r"(?:ngay )?(\d{1,2})(?: thang)? (\d{1,2})(?:(?: nam)? (\d{4}|\d{2}))?")
YEAR_FIRST = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
HOUR = re.compile(
    r"(\d{1,2})(?:(?: ?(?:h|g|gio) ?| )(\d{1,2})?(?: ?(?:p|phut))?(?: \d{2})?)?(?: ?(sang|chieu|toi|am|pm))?"
)
AFTER_NOON = {"chieu", "toi", "pm"}


class Unreadable(ValueError):
    pass


class NotThere(ValueError):
    """`args[0]` is the day or the hour as we would write it."""


def read_day(typed: str, today: date) -> date:
    """A day without a year is the one nearest to today; two digits are a year of this century."""
    year, month, day = _numbers(typed, today)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotThere(f"{day:02d}/{month:02d}/{year}") from None


def _numbers(typed: str, today: date) -> tuple[int, int, int]:
    plain = _plain(typed)
    if found := YEAR_FIRST.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3])
    if not (found := DAY_FIRST.fullmatch(plain)):
        raise Unreadable(typed[:LONGEST])
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return int(found[3]) + 2000 * (len(found[3]) == 2), month, day
    return _nearest_year(day, month, today), month, day


def _nearest_year(day: int, month: int, today: date) -> int:
    """This year where no year has the day."""
    near: dict[int, int] = {}
    for year in (today.year, today.year + 1, today.year - 1):
        with suppress(ValueError):
            near[year] = abs((date(year, month, day) - today).days)
    return min(near, key=near.__getitem__, default=today.year)


def read_hour(typed: str) -> time:
    found = HOUR.fullmatch(_plain(typed))
    if not found:
        raise Unreadable(typed[:LONGEST])
    hour, minute = int(found[1]), int(found[2] or 0)
    hour += 12 * (found[3] in AFTER_NOON and hour < 12)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotThere(f"{hour}:{minute:02d}") from None


def _plain(typed: str) -> str:
    """Empty for what is too long to be read."""
    return fold(typed).strip() if len(typed) <= LONGEST else ""
