import re
from pathlib import Path

import pytest

from gandan import environment

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
SHOWN = {match[1]: match[2] for line in LINES if (match := re.match(r"(?:# )?([A-Z_]{3,})=(.*)$", line))}


COMPOSE = set(re.findall(r"\$\{?([A-Z_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))


def test_the_example_explains_every_variable_and_no_other():
    assert set(environment.EXAMPLES) <= set(SHOWN)
    assert set(SHOWN) <= {*environment.EXAMPLES, *COMPOSE}


def test_every_variable_that_settings_read_has_an_example():
    text = (ROOT / "site/gandan/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'read\(\s*"([A-Z_]+)"', text))
    assert read | {"ENV_FILE"} == set(environment.EXAMPLES)


@pytest.mark.parametrize("name", [name for name, value in SHOWN.items() if value and name != "ENV_FILE"])
def test_a_shown_value_is_one_the_site_takes(name):
    readers = {
        "ALLOWED_HOSTS": environment.hosts,
        "BASE_URL": environment.web_address,
        "HTTPS": environment.switch,
        "SERVE_MEDIA": environment.switch,
        "DEBUG": environment.switch,
        "HSTS_SECONDS": environment.seconds,
        "STAFF_TWO_FACTOR": environment.one_of("required", "offered"),
        "DATA_DIR": environment.folder(ROOT),
        "SEARCH_URL": environment.search,
        "DEFAULT_FROM_EMAIL": environment.mailbox,
    }
    readers[name](SHOWN[name])
