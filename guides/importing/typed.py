"""One raw value for one column: read, checked as the model would, or refused with a sentence.

What JSON and tables share. `Wrong` says only what is wrong; the caller knows where.
"""

import re
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import models
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import gettext as _

from guides.importing.fields import LARGEST_NUMBER, LONGEST_TEXT, clean_lines
from guides.importing.shape import Column, Kind

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_COUNT = 1000  # originals and copies
_FINGERPRINT = re.compile(r"[0-9a-f]{40}")


class Wrong(Exception):
    """The message is for people."""


def checked(column: Column, raw: Any) -> Any:
    """The value as `values` hold it. `raw` is what JSON can hold; None stands for nothing."""
    match column.kind:
        case Kind.NUMBER:
            return _number(column, raw)
        case Kind.DAY:
            return _day(_text(raw, 10))
        case Kind.HOUR:
            return _hour(_text(raw, 8))
        case Kind.YES_NO:
            return _yes_no(raw)
        case Kind.CHOICES:
            return _chosen(column, raw)
        case Kind.KEYS:
            return sorted({_slug(_text(item, 60)) for item in _list(raw)} - {""})
        case Kind.FORM:
            return _fingerprint(_text(raw, 40))
        case Kind.LAW:
            return _needed(_text(raw, 80))
        case Kind.KEY:
            return _slug(_text(raw, 60))
    return _words(column, raw)


def checked_day(raw: Any) -> str:
    return _day(_text(raw, 10)) or ""


def checked_address(raw: Any) -> str:
    return _address(_text(raw, 500))


def checked_text(raw: Any, longest: int) -> str:
    return _text(raw, longest)


def _words(column: Column, raw: Any) -> str:
    field = column.field
    text = _text(raw, field.max_length or LONGEST_TEXT)
    if column.choices:
        return _choice(column, text)
    if isinstance(field, models.URLField):
        return _address(text)
    if isinstance(field, models.SlugField):
        return _slug(text)
    return text if field.blank else _needed(text)


def _choice(column: Column, text: str) -> str:
    known = [key for key, _label in column.choices]
    if text in known or (not text and column.field.blank):
        return text
    raise Wrong(_unknown(text, known))


def _chosen(column: Column, raw: Any) -> list[str]:
    known = [key for key, _label in column.choices]
    wanted = [_text(item, 60) for item in _list(raw)]
    unknown = [item for item in wanted if item not in known]
    if unknown:
        raise Wrong(_unknown(", ".join(unknown), known))
    return [key for key in known if key in wanted]


def _unknown(text: str, known: list[str]) -> str:
    return _("“%(text)s” is none of: %(known)s") % {"text": text, "known": ", ".join(filter(None, known))}


def _number(column: Column, raw: Any) -> int | None:
    if raw is None:
        if column.field.null:
            return None
        raise Wrong(_("is missing"))
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise Wrong(_("is not a number"))
    if isinstance(column.field, models.PositiveSmallIntegerField):
        largest = max((int(key) for key, _label in column.choices), default=LARGEST_COUNT)
    else:
        largest = LARGEST_NUMBER
    if not 0 <= raw <= largest:
        raise Wrong(_("is not between 0 and %(largest)s") % {"largest": largest})
    if raw != int(raw):
        raise Wrong(_("is not a whole number"))
    return int(raw)


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Wrong(_("is no date"))
    return in_range(day).isoformat()


def in_range(day: date) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    words = {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
    raise Wrong(_("the year %(year)s is not between %(first)s and %(last)s") % words)


def _hour(text: str) -> str | None:
    if not text:
        return None
    try:
        found: time | None = parse_time(text)
    except ValueError:
        found = None
    if found is None:
        raise Wrong(_("is no hour of the day"))
    return found.replace(microsecond=0, tzinfo=None).isoformat()


def _yes_no(raw: Any) -> bool:
    if raw is None:
        return False
    if not isinstance(raw, bool):
        raise Wrong(_("is neither yes nor no"))
    return raw


def _fingerprint(text: str) -> str | None:
    if text and not _FINGERPRINT.fullmatch(text):
        raise Wrong(_("is no fingerprint of a file"))
    return text or None


def _address(text: str) -> str:
    try:
        if text:
            URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise Wrong(_("is no web address")) from error
    return text


def _slug(text: str) -> str:
    try:
        if text:
            validate_slug(text)
    except ValidationError as error:
        reason = _("“%(text)s” is no key: only letters without marks, digits and hyphens")
        raise Wrong(reason % {"text": text}) from error
    return text


def _needed(text: str) -> str:
    if not text:
        raise Wrong(_("is missing"))
    return text


def _text(raw: Any, longest: int) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Wrong(_("is not text"))
    if len(raw) > LONGEST_TEXT:
        raise Wrong(_("is longer than %(limit)d characters") % {"limit": LONGEST_TEXT})
    text = clean_lines(raw)
    if len(text) > longest:
        words = {"length": len(text), "limit": longest}
        raise Wrong(_("has %(length)d characters, %(limit)d at most") % words)
    return text


def _list(raw: Any) -> list[Any]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise Wrong(_("is not a list"))
    return raw
