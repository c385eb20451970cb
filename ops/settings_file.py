"""The `.env` of an installation on one's own machine: made once, completed, never changed.

Secrets are made here and nowhere else. Losing FIELD_KEYS means losing what residents wrote, so the file says so.
"""

import base64
import os
import secrets
from pathlib import Path

HEADER = """\
# Settings of this installation, made by `make run`. Every variable is explained in .env.example.
# Keep a copy of FIELD_KEYS apart from the database: without it nobody can read what residents wrote.
"""


def complete(path: Path, port: int) -> list[str]:
    """Write what is missing; returns the names written, none when the file was complete."""
    known = values(path)
    missing = {name: value for name, value in _first_values(port).items() if name not in known}
    if not missing:
        return []
    begin = path.read_text(encoding="utf-8") if path.exists() else HEADER
    if not begin.endswith("\n"):
        begin += "\n"
    lines = "".join(f"{name}={value}\n" for name, value in missing.items())
    _write_private(path, begin + lines)
    return list(missing)


def values(path: Path) -> dict[str, str]:
    """Names and values as written, quotes taken off; empty when there is no file."""
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    return {
        name.removeprefix("export ").strip(): value.strip().strip("'\"")
        for name, equals, value in pairs
        if equals and not name.lstrip().startswith("#")
    }


def _first_values(port: int) -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": new_field_key(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "HTTPS": "off",
        "STAFF_TWO_FACTOR": "offered",
        "DEMO_PASSWORD": "huongdong",
    }


def new_field_key() -> str:
    """A Fernet key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write_private(path: Path, text: str) -> None:
    """All or nothing, readable by its owner only."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)
