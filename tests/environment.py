"""The environment of the test run, set before Django reads its settings (`-p tests.environment`).

A DATABASE_URL, CACHE_URL or SEARCH_URL given from outside stays, so that the same tests run on every engine.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(tempfile.mkdtemp(prefix="gandan-test-"))
(FOLDER / "static").mkdir()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

os.environ.update(
    ENV_FILE="",
    SECRET_KEY="only-for-tests-" + "0" * 50,
    FIELD_KEYS="b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTE=",
    DEBUG="off",
    HTTPS="off",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    BASE_URL="http://testserver",
    STAFF_TWO_FACTOR="offered",
    DEMO_PASSWORD="",
    DATA_DIR=str(FOLDER),
    TRUSTED_PROXIES="",
    SEARCH_API_KEY="",
    EMAIL_URL="",
)
os.environ.setdefault("GANDAN_SHARED", str(ROOT.parent / "shared"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
