"""What tests begin with and takes long to make is kept between runs, and made by one worker while the others wait.

It lies in a folder named after what it is made from, so that a change of that makes it afresh; `make clean` removes all.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".pytest_cache" / "kept"
LOCK = ROOT / "requirements-dev.lock"
APPS = ("home", "guides", "news", "feedback", "site")


def kept(name: str, sources: Iterable[Path], make: Callable[[Path], object]) -> Path:
    """The folder that `make` filled when it was last given these sources; older ones of that name go."""
    found = FOLDER / f"{name}-{digest(sources)}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with alone():
        if not found.exists():
            for older in FOLDER.glob(f"{name}-*"):
                shutil.rmtree(older)
            unfinished = FOLDER / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(found)
    return found


def digest(sources: Iterable[Path]) -> str:
    seen = hashlib.sha256()
    for source in sorted(sources):
        seen.update(str(source.relative_to(ROOT)).encode())
        seen.update(source.read_bytes())
    return seen.hexdigest()[:16]


@contextmanager
def alone() -> Iterator[None]:
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrated_database() -> Path:
    """A SQLite file with every table and what migrations put into them."""
    migrations = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py")]
    return kept("migrated", [LOCK, *migrations], lambda folder: manage(folder, "migrate")) / "db.sqlite3"


def collected_static_files() -> Path:
    storage = ROOT / "site" / "gandan" / "static_storage.py"
    static = [path for path in (ROOT / "site" / "static").rglob("*") if path.is_file()]
    return (
        kept("static", [LOCK, storage, *static], lambda folder: manage(folder, "collectstatic", "--no-input"))
        / "static"
    )


def manage(folder: Path, *command: str) -> None:
    """A management command on SQLite and files in `folder`."""
    subprocess.run(
        [sys.executable, "manage.py", *command, "-v0"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "CACHE_URL": ""},
        check=True,
    )
