"""A migrated SQLite database is kept between test runs and copied, since migrating takes longer than most tests.

It is kept under a name made from every migration of ours and the lock, so that a change of either migrates afresh.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def kept_as(folder: Path) -> Path:
    digest = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for migration in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("site/*/migrations/*.py")):
        digest.update(str(migration.relative_to(ROOT)).encode())
        digest.update(migration.read_bytes())
    return folder / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def copy(source: Path, target: Path) -> None:
    """A whole copy even while `source` is written to; `target` appears at once or not at all."""
    unfinished = target.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(source) as read, sqlite3.connect(unfinished) as write:
        read.backup(write)
    read.close()
    write.close()
    unfinished.replace(target)
