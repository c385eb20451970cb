"""Looks for steps that lock or break a running site: `python -m ops.lint_migrations`.

django-migration-linter without its app, which is for development only and has no place in INSTALLED_APPS. First
migrations make empty tables and are left out.
"""

import os
import sys
from pathlib import Path

import django
from django_migration_linter import MigrationLinter

ROOT = Path(__file__).resolve().parents[1]
OURS = ["gandan", "home", "guides", "news", "feedback"]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")
    django.setup()
    linter = MigrationLinter(
        str(ROOT),
        include_apps=OURS,
        no_cache=True,
        ignore_name_contains="_initial",
        quiet=["ignore", "ok"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
