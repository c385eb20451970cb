"""What residents search for, counted without knowing who: by the canonical key of a question, a day at a time.

A key is counted only when it can be nobody's: at most twelve words, no long number, no address, at most one word
that the published texts do not hold. Until it has been asked three times only a keyed hash of it is kept. Counts wait
in the process and are written together, so that a search itself writes nothing.
"""

import hashlib
import hmac
import logging
import re
from collections import Counter
from datetime import date, datetime, timedelta
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from gandan.models import RareSearch, SearchLog
from gandan.search.statistics import Statistics

MOST_WORDS = 12
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){5}")  # six digits in a row
THRESHOLD = 3  # times a question is asked before it is written down
KEPT = timedelta(days=90)
WRITTEN_EVERY = 30.0  # seconds
MOST_WAITING = 200  # keys

SEARCHES, EMPTY, OPENED = "searches", "empty", "opened"
Entry = tuple[date, str, str]  # day, language, key

logger = logging.getLogger("gandan.search")
_waiting: dict[Entry, Counter[str]] = {}
_written = monotonic()
_lock = Lock()


def may_be_counted(key: str, typed: str, statistics: Statistics) -> bool:
    """Whether a question can be kept without telling of anybody. Without statistics nothing can."""
    words = key.split()
    if not words or len(words) > MOST_WORDS or "@" in typed or LONG_NUMBER.search(typed):
        return False
    if any(word.isdecimal() and len(word) > 4 for word in words):
        return False
    return bool(statistics.documents) and sum(word not in statistics.holding for word in words) < 2


def note(key: str, language: str, now: datetime, *counts: str) -> None:
    """Counts a question; writes what waits when it is time to. Never fails."""
    entry = localdate(now), language, key
    with _lock:
        _waiting.setdefault(entry, Counter()).update(counts)
        is_due = monotonic() - _written > WRITTEN_EVERY or len(_waiting) > MOST_WAITING
    if is_due:
        write()


def write() -> int:
    """Writes the counts that wait; returns of how many questions. They wait on while the database does not answer."""
    global _written
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
        _written = monotonic()
    try:
        with transaction.atomic():
            for entry, counts in taken.items():
                _write(entry, counts)
    except DatabaseError:
        logger.warning("counts of searches could not be written")
        with _lock:
            for entry, counts in list(taken.items())[:MOST_WAITING]:
                _waiting.setdefault(entry, Counter()).update(counts)
        return 0
    return len(taken)


def forget_old(now: datetime) -> int:
    """Erases what is older than ninety days."""
    before = localdate(now) - KEPT
    old, _models = SearchLog.objects.filter(day__lt=before).delete()
    rare, _models = RareSearch.objects.filter(last_day__lt=before).delete()
    return old + rare


def _write(entry: Entry, counts: Counter[str]) -> None:
    day, language, key = entry
    if not SearchLog.objects.filter(language=language, key=key).exists():
        seen = _seen(f"{language}:{key}", day, counts)
        if seen is None:
            return
        counts = seen
    row, _is_new = SearchLog.objects.get_or_create(day=day, language=language, key=key)
    SearchLog.objects.filter(pk=row.pk).update(
        **{name: F(name) + counts[name] for name in (SEARCHES, EMPTY, OPENED)}
    )


def _seen(named: str, day: date, counts: Counter[str]) -> Counter[str] | None:
    """All counts of a rare question once it is asked often enough; None while it is not."""
    digest = hmac.new(settings.SECRET_KEY.encode(), named.encode(), hashlib.sha256).hexdigest()
    row, _is_new = RareSearch.objects.get_or_create(digest=digest, defaults={"last_day": day})
    total = Counter(searches=row.searches, empty=row.empty, opened=row.opened) + counts
    if total[SEARCHES] >= THRESHOLD:
        row.delete()
        return total
    RareSearch.objects.filter(pk=row.pk).update(
        last_day=day, **{name: total[name] for name in (SEARCHES, EMPTY, OPENED)}
    )
    return None
