"""modelsearch's own tests of a search backend, on ours. Run by `test_stock_backend.py` in a process of their own."""

from django.test import TestCase, override_settings
from modelsearch.tests.test_backends import BackendTests

from tests.stock_backend import library

OURS = "gandan.search.backends"


@override_settings(MODELSEARCH_BACKENDS={"default": {"BACKEND": OURS}})
class TestOurBackend(BackendTests, TestCase):
    backend_path = OURS
    fixtures: list[str] = []

    @classmethod
    def setUpTestData(cls) -> None:
        library.fill()
