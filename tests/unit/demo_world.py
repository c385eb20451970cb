"""The whole sample commune, loaded once for a module of tests that only read it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO_PASSWORD="huongdong"):
            call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()
