"""modelsearch's own tests of a search backend, on ours. With the drills on SQLite, with the engines on PostgreSQL."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from ops.check import MANAGE, production

ROOT = Path(__file__).resolve().parents[2]
FEWEST = 100  # tests that the package brings

pytestmark = [pytest.mark.drill] if connection.vendor == "sqlite" else []


def test_page_choosers_and_listings_search_as_the_stock_backend_does(tmp_path: Path) -> None:
    """In a process of its own, since the books that these tests search are no models of the site."""
    environment = production(str(tmp_path))
    if os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
    words = ["test", "tests.stock_backend.cases", "--settings", "tests.stock_backend.settings"]

    done = subprocess.run([*MANAGE, *words], env=environment, cwd=ROOT, capture_output=True, check=False)

    told = done.stderr.decode()
    assert done.returncode == 0, told
    ran = re.search(r"^Ran (\d+) tests", told, re.MULTILINE)
    assert ran
    assert int(ran[1]) >= FEWEST
