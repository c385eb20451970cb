import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages

from gandan.catalogues import catalogue_files, compile_stale


def pytest_configure(config: pytest.Config) -> None:
    compile_stale(catalogue_files())
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages._storages.pop("staticfiles", None)  # Wagtail makes one of the old setting while it is imported
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def shared() -> Path:
    """The folder with the real official records; tests that need it skip elsewhere, never in CI."""
    folder = Path(os.environ["GANDAN_SHARED"])
    if (folder / "data" / "procedures").is_dir():
        return folder
    if os.environ.get("GANDAN_REQUIRE_SHARED"):
        pytest.fail(f"GANDAN_SHARED={folder} holds no data/procedures")
    pytest.skip(f"the real official records are not at GANDAN_SHARED={folder}")
