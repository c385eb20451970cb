"""When a page that was compared with its source is to be compared again.

About half a year later, on a day of its own: pages that one person checked in one morning do not all fall due on one.
"""

from datetime import date, timedelta
from zlib import crc32

HALF_A_YEAR = 182  # days
SPREAD = 30  # days


def next_check(checked_on: date, key: str) -> date:
    """The same day for the same key, whenever and wherever it is asked."""
    return checked_on + timedelta(days=HALF_A_YEAR + crc32(key.encode()) % SPREAD)
