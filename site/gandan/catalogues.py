"""Catalogues of translations: the `.po` files below LOCALE_PATHS, and the `.mo` files Django reads, made from them.

A `.mo` carries the modification time of its `.po`: equal times mean up to date, so a `.po` that came back older
(a restored copy, an unpacked archive) is compiled again too. No program beside Python is needed.
"""

import gettext
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from asgiref.local import Local
from django.conf import settings
from django.utils.translation import trans_real


def catalogue_files(folders: Iterable[str | Path] | None = None) -> list[Path]:
    """Every `.po` below the folders, LOCALE_PATHS when none are given."""
    roots = settings.LOCALE_PATHS if folders is None else folders
    return sorted(path for root in roots for path in Path(root).glob("*/LC_MESSAGES/*.po"))


def compile_stale(catalogues: Iterable[Path]) -> list[Path]:
    """Compiles what changed and returns those `.po` files. A file with broken syntax raises OSError."""
    stale = [path for path in catalogues if not is_compiled(path)]
    for path in stale:
        compile_one(path)
    if stale:
        forget_loaded()
    return stale


def is_compiled(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns == catalogue.stat().st_mtime_ns


def compile_one(catalogue: Path) -> None:
    """Replaces the `.mo` in one step, so that a running server never reads half a file."""
    status = catalogue.stat()
    content = polib.pofile(str(catalogue)).to_binary()
    descriptor, temporary = tempfile.mkstemp(dir=catalogue.parent, suffix=".mo.part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)  # mkstemp makes it readable by its owner only
        os.utime(temporary, ns=(status.st_mtime_ns, status.st_mtime_ns))
        os.replace(temporary, catalogue.with_suffix(".mo"))
    except BaseException:
        os.unlink(temporary)
        raise


def forget_loaded() -> None:
    """Lets this process read the catalogues again; what Django's own reloading server does on a change."""
    gettext._translations = {}  # type: ignore[attr-defined]
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
    trans_real._active = Local()  # type: ignore[attr-defined]
