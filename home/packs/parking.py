"""A pack waits here between its report and the word to take it in: by a name of ours, for a day, for one person."""

import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

KEPT = timedelta(days=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def park(file: IO[bytes], person: int) -> str:
    """The token under which the same person finds it again."""
    token = secrets.token_urlsafe(16)
    _folder().mkdir(parents=True, exist_ok=True)
    file.seek(0)
    with _place(token, person).open("xb") as kept:
        while chunk := file.read(1024 * 1024):
            kept.write(chunk)
    return token


def parked(token: str, person: int) -> Path | None:
    """None for a pack that is gone, was never there, or is somebody else's."""
    if not _TOKEN.fullmatch(token):
        return None
    place = _place(token, person)
    return place if place.is_file() else None


def clear(now: datetime) -> int:
    """Removes packs that nobody took within a day; how many."""
    oldest = (now - KEPT).timestamp()
    old = [place for place in _folder().glob("*.zip") if place.stat().st_mtime < oldest]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.PRIVATE_ROOT) / "packs"


def _place(token: str, person: int) -> Path:
    return _folder() / f"{person}-{token}.zip"
