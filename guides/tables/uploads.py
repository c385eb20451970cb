"""A table between being shown and being confirmed: a file of our own naming in the private folder, found again by a
signed token that belongs to one person and lasts two hours.
"""

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from guides.tables.table import ENDINGS
from home.models import User

LASTS = timedelta(hours=2)
SALT = "guides.tables"


@dataclass(frozen=True)
class Kept:
    """`name` is what the clerk called the file; it is only shown, never opened."""

    file: Path
    name: str


def keep(upload: UploadedFile, user: User) -> str:
    """The token under which the file is found."""
    name = upload.name or ""
    file = _folder() / f"{secrets.token_hex(16)}{Path(name).suffix.lower()}"
    with file.open("wb") as kept:
        shutil.copyfileobj(upload, kept)
    return signing.dumps({"file": file.name, "name": name[:100], "user": user.pk}, salt=SALT)


def find(token: str, user: User) -> Kept | None:
    """None for a token that is not theirs, is too old, or whose file is gone."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    file = _folder() / Path(said["file"]).name
    is_theirs = said["user"] == user.pk and file.suffix in ENDINGS
    return Kept(file, said["name"]) if is_theirs and file.is_file() else None


def forget(kept: Kept) -> None:
    kept.file.unlink(missing_ok=True)


def forget_old(now: datetime) -> int:
    """Removes tables that nobody confirmed in time; returns how many."""
    old = [file for file in _folder().iterdir() if file.stat().st_mtime < (now - LASTS).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    folder = Path(settings.PRIVATE_ROOT) / "tables"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
