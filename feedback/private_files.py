"""Files of cases in the private folder: encrypted, written with their row, gone with it."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from feedback.attachments import Attached
from feedback.models import Case, CaseFile

LEFT_BEHIND = timedelta(days=1)  # after so long a file without a row will get none any more


def folder() -> Path:
    place = Path(settings.PRIVATE_ROOT) / "cases"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@contextmanager
def with_their_rows() -> Iterator[list[str]]:
    """Removes the files whose names are in the list when the block fails, and their rows are not stored."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        discard(names)
        raise


def keep(case: Case, files: Sequence[Attached], names: list[str], now: datetime) -> None:
    """All the files of a case, or none where there is no room. Inside its transaction; adds each name to the list."""
    try:
        for attached in files:
            _keep(case, attached, names, now)
    except OSError:
        case.files.all().delete()
        discard(names)


def _keep(case: Case, attached: Attached, names: list[str], now: datetime) -> None:
    key, name = Fernet.generate_key(), secrets.token_hex(16)
    names.append(name)
    _write(name, Fernet(key).encrypt(attached.content))
    CaseFile.objects.create(
        case=case,
        name=name,
        key=key.decode(),
        kind=attached.kind,
        size=len(attached.content),
        pages=attached.pages,
        added_at=now,
    )


def content(file: CaseFile) -> bytes:
    """FileNotFoundError when the folder was lost or not restored."""
    return Fernet(file.key.encode()).decrypt((folder() / file.name).read_bytes())


def erase(case: Case) -> None:
    """All files of a case, once the transaction stands."""
    names = list(case.files.values_list("name", flat=True))
    case.files.all().delete()
    transaction.on_commit(lambda: discard(names))


def discard(names: list[str]) -> None:
    for name in names:
        (folder() / name).unlink(missing_ok=True)


def sweep(now: datetime) -> int:
    """Removes what a process that died between file and row left behind; returns how many."""
    before = (now - LEFT_BEHIND).timestamp()
    old = {file.name for file in folder().iterdir() if file.stat().st_mtime < before}
    orphans = (
        old - set(CaseFile.objects.filter(name__in=old).values_list("name", flat=True)) if old else set()
    )
    discard(sorted(orphans))
    return len(orphans)


def _write(name: str, sealed: bytes) -> None:
    unfinished = folder() / f"{name}.part"
    try:
        with unfinished.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder() / name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
