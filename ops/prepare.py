"""Everything between an installed environment and a running site, in one process: `python -m ops.prepare run|dev|serve`.

`serve` readies files only and leaves the database alone. What is already done is skipped.
"""

import hashlib
import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ops.steps import step


def main(way: str) -> None:
    with step("Starting Django"):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")
        django.setup()
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    run("Translations", "compile_catalogues")
    if way != "dev":
        collect_static_files()
    if way != "serve":
        ready_database()


def run(title: str, name: str, *args: object, **options: object) -> None:
    """A management command as a step; what it and those it calls print is shown only when it fails."""
    words = io.StringIO()
    try:
        with step(title), redirect_stdout(words):
            call_command(name, *args, stdout=words, stderr=words, **options)
    except BaseException:
        print(words.getvalue(), file=sys.stderr)
        raise


def collect_static_files() -> None:
    mark = Path(settings.DATA_DIR) / "static.collected"
    now = fingerprint()
    if mark.exists() and mark.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return
    run(
        "Static files, compressed",
        "collectstatic",
        interactive=False,
        clear=True,
        verbosity=0,
    )
    mark.write_text(now)


def fingerprint() -> str:
    """Changes when any source of a static file, or the place they go to, does."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def ready_database() -> None:
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        run("Database", "migrate", interactive=False, verbosity=0)
        run("Table of the cache", "createcachetable", verbosity=0)
    run("Demo commune", "load_demo")
    if behind:
        run("Search index", "rebuild_modelsearch_index", verbosity=0)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
