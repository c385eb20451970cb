import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from xdist.scheduler import LoadFileScheduling

from feedback import triggers
from gandan.catalogues import catalogue_files, compile_stale
from tests.empty_cache import empty_cache
from tests.kept import migrated_database


def pytest_configure(config: pytest.Config) -> None:
    compile_stale(catalogue_files())
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages._storages.pop("staticfiles", None)  # Wagtail makes one of the old setting while it is imported
    settings.COUNTS_SEARCHES = False  # only tests about it write counts
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class SharedOut(LoadFileScheduling):  # type: ignore[misc]
    """Among the workers: a file's tests together, since they share a world; all browser tests, one site and Chromium."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedOut:
    return SharedOut(config, log)


IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """On SQLite the database is a file in the run's own folder: already migrated when a kept one fits."""
    return django_db_keepdb or IS_SQLITE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if not IS_SQLITE:
        return
    ours = settings.DATA_DIR / "test.sqlite3"
    connection = connections["default"].settings_dict
    connection["TEST"]["NAME"] = str(ours)
    connection["OPTIONS"]["init_command"] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
    shutil.copy(migrated_database(), ours)


@pytest.fixture(scope="session", autouse=True)
def _emptying_the_database_empties_append_only_tables_too() -> Iterator[None]:
    """Tests that commit are followed by a flush, which the triggers on case events would refuse."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_all(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with triggers.lifted(self.connection):
            flush(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_all)
        yield


@pytest.fixture(autouse=True)
def _each_test_has_a_cache_of_its_own() -> None:
    """The database cache is rolled back with its test; keys in Redis would stay, and belong to other tests too."""
    empty_cache()


@pytest.fixture(autouse=True)
def _each_test_begins_in_vietnamese() -> None:
    """A request to /ar/ leaves Arabic behind in its thread, and addresses are then made with that prefix."""
    translation.deactivate()


@pytest.fixture
def shared() -> Path:
    """The folder with the real official records; tests that need it skip elsewhere, never in CI."""
    folder = Path(os.environ["GANDAN_SHARED"])
    if (folder / "data" / "procedures").is_dir():
        return folder
    if os.environ.get("GANDAN_REQUIRE_SHARED"):
        pytest.fail(f"GANDAN_SHARED={folder} holds no data/procedures")
    pytest.skip(f"the real official records are not at GANDAN_SHARED={folder}")
