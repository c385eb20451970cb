"""The whole sample commune for a module of tests that only read it.

Loading it takes longer than most modules, so each worker loads it once. Its pictures are put back too, since a test
that deletes one takes it off the disk, where no transaction brings it back.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.unit.founded_once import once


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    media, pictures = Path(settings.MEDIA_ROOT), settings.DATA_DIR / "demo-pictures"
    with django_db_blocker.unblock(), transaction.atomic():
        once("demo", load)
        if pictures.exists():
            shutil.copytree(pictures, media, dirs_exist_ok=True)
        else:
            shutil.copytree(media, pictures)
        yield
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


def load() -> None:
    with override_settings(DEMO_PASSWORD="huongdong"):
        call_command("load_demo", verbosity=0)
