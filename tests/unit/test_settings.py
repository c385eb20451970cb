"""What the start says about settings."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gandan.environment import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "ENV_FILE": "",
    "SECRET_KEY": "kho-doan-" * 6,
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTE=",
    "ALLOWED_HOSTS": "huongdong.example",
    "BASE_URL": "https://huongdong.example",
}
MALFORMED = {
    "ENV_FILE": "no-such-file.env",
    "SECRET_KEY": "short",
    "FIELD_KEYS": "not-a-key",
    "DEBUG": "perhaps",
    "ALLOWED_HOSTS": "https://huongdong.example",
    "BASE_URL": "huongdong.example",
    "CSRF_TRUSTED_ORIGINS": "huongdong.example",
    "TRUSTED_PROXIES": "the-proxy",
    "HTTPS": "sometimes",
    "HSTS_SECONDS": "a year",
    "STAFF_TWO_FACTOR": "maybe",
    "DATA_DIR": "/dev/null/var",
    "DATABASE_URL": "nonsense",
    "CACHE_URL": "memory",
    "SEARCH_URL": "solr://127.0.0.1",
    "EMAIL_URL": "pigeon://loft",
    "DEFAULT_FROM_EMAIL": "the commune",
    "SERVE_MEDIA": "a little",
}
ANY_TEXT = {"SEARCH_API_KEY", "DEMO_PASSWORD"}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**inherited, "PYTHONPATH": "site", "DATA_DIR": str(tmp_path), **GOOD}


@pytest.fixture
def settings_with(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    """Runs the settings module by itself, on an environment of its own."""

    def run(**changed: str) -> dict[str, Any]:
        monkeypatch.setattr(os, "environ", {**environ, **changed})
        return runpy.run_path(str(ROOT / "site/gandan/settings.py"))

    return run


def start(environ: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *argv], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


def test_every_variable_has_a_case_here():
    assert {*MALFORMED, *ANY_TEXT} == set(EXAMPLES)


def test_a_start_that_fails_ends_with_one_line_that_says_what_to_mend(environ):
    result = start({**environ, "BASE_URL": ""}, "-c", "import gandan.settings")
    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-1]
    assert last.endswith("BASE_URL is not set. Example: BASE_URL=https://huongdong.example")


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS", "BASE_URL"])
def test_a_missing_variable_stops_the_start_with_its_name_and_an_example(settings_with, name):
    with pytest.raises(ImproperlyConfigured) as stop:
        settings_with(**{name: ""})
    assert str(stop.value) == f"{name} is not set. Example: {EXAMPLES[name]}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *MALFORMED.items(),
        ("SECRET_KEY", "0" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "huongdong.example:8000"),
        ("DATABASE_URL", "mysql://a:b@127.0.0.1/c"),
        ("DATABASE_URL", "postgres://a:b@127.0.0.1:port/c"),
        ("EMAIL_URL", "smtp://"),
        ("HSTS_SECONDS", "-1"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("DEFAULT_FROM_EMAIL", "@"),
    ],
)
def test_a_malformed_variable_stops_the_start_with_its_name_and_an_example(settings_with, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} ") as stop:
        settings_with(**{name: value})
    assert str(stop.value).endswith(f"Example: {EXAMPLES[name]}")


def test_a_password_may_begin_with_a_dollar_sign(settings_with):
    assert settings_with(DEMO_PASSWORD="$SECRET_KEY")["DEMO_PASSWORD"] == "$SECRET_KEY"


def test_a_start_without_anything_more_is_production(settings_with):
    made = settings_with()
    assert (made["DEBUG"], made["HTTPS"], made["SESSION_COOKIE_SECURE"]) == (False, True, True)
    assert made["STAFF_TWO_FACTOR"] == "required"


def test_production_defaults_pass_the_deployment_check(environ):
    result = start(environ, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
