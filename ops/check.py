"""`make check`: every check, one line each; the words of those that failed; exit 1 when one did."""

import os
import secrets
import subprocess
import sys
import tempfile
import time

from ops import settings_file
from ops.steps import step

MANAGE = [sys.executable, "manage.py"]
CHECKS = {
    "formatting": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary", "."],
    "layout of templates": ["djlint", "--check", "--quiet", "templates"],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "migrations written": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "migrations safe": [sys.executable, "-m", "ops.lint_migrations"],
    "catalogues complete": [*MANAGE, "collect_messages", "--check"],
    "deployment settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}


def main() -> int:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        failed = {
            name: words for name, argv in CHECKS.items() if (words := run(name, argv, folder)) is not None
        }
    for name, words in failed.items():
        print(f"\n--- {name}\n{words}")
    verdict = f"Failed: {', '.join(failed)}." if failed else "All checks passed."
    print(f"\n{verdict} {len(CHECKS)} checks in {time.monotonic() - begun:.0f} s.")
    return 1 if failed else 0


def run(name: str, argv: list[str], folder: str) -> str | None:
    """What a failed check said; None when it passed."""
    with step(name):
        done = subprocess.run(
            argv,
            check=False,
            env=production(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            print("FAILED", end="")
    return done.stdout.decode(errors="replace").strip() if done.returncode else None


def production(folder: str) -> dict[str, str]:
    """Only what production must be given, with throwaway secrets; everything else is the default."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{kept.get('PATH', '')}"
    given = {
        "ENV_FILE": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": settings_file.new_field_key(),
        "ALLOWED_HOSTS": "huongdong.example",
        "BASE_URL": "https://huongdong.example",
        "DATA_DIR": folder,
    }
    return {**kept, "PATH": path, **given}


if __name__ == "__main__":
    sys.exit(main())
