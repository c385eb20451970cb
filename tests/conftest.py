import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db.backends.base.operations import BaseDatabaseOperations

from feedback import triggers
from gandan.catalogues import catalogue_files, compile_stale


def pytest_configure(config: pytest.Config) -> None:
    compile_stale(catalogue_files())
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages._storages.pop("staticfiles", None)  # Wagtail makes one of the old setting while it is imported
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


@pytest.fixture
def shared() -> Path:
    """The folder with the real official records; tests that need it skip elsewhere, never in CI."""
    folder = Path(os.environ["GANDAN_SHARED"])
    if (folder / "data" / "procedures").is_dir():
        return folder
    if os.environ.get("GANDAN_REQUIRE_SHARED"):
        pytest.fail(f"GANDAN_SHARED={folder} holds no data/procedures")
    pytest.skip(f"the real official records are not at GANDAN_SHARED={folder}")
