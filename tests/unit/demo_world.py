"""The whole sample commune for a module of tests that only read it.

Loading it takes longer than most modules, so on SQLite each worker loads it once and copies the files afterwards:
the database, and the pictures, which a test that deletes one outside a transaction takes off the disk.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from tests import database


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield from _copied() if connection.vendor == "sqlite" else _rolled_back()
    ContentType.objects.clear_cache()


def load() -> None:
    with override_settings(DEMO_PASSWORD="huongdong"):
        call_command("load_demo", verbosity=0)


def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def _copied() -> Iterator[None]:
    ours = Path(connection.settings_dict["NAME"])
    before, loaded = settings.DATA_DIR / "before-demo.sqlite3", settings.DATA_DIR / "demo.sqlite3"
    media, pictures = Path(settings.MEDIA_ROOT), settings.DATA_DIR / "demo-pictures"
    database.copy(ours, before)
    if loaded.exists():
        database.overwrite(loaded, ours)
        shutil.copytree(pictures, media, dirs_exist_ok=True)
    else:
        load()
        database.copy(ours, loaded)
        shutil.copytree(media, pictures)
    ContentType.objects.clear_cache()
    yield
    database.overwrite(before, ours)
