import sys
from collections import deque
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.progress import with_progress
from gandan.rotation import Tally, count, rotate


class Command(BaseCommand):
    help = (
        "Encrypts everything under the newest of FIELD_KEYS. Put the new key first in FIELD_KEYS, restart, run "
        "this, and take the old key away when --check ends with 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; end with 1 while an older key is needed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tally = Tally()
        rows = rotate(tally, moves=not options["check"])
        deque(with_progress(rows, count(), sys.stderr), maxlen=0)
        self.stdout.write(f"{tally.seen} values, {tally.behind} under an older key, {tally.moved} moved")
        for label in tally.unreadable:
            self.stdout.write(f"no key opens {label}")
        if not tally.is_done:
            raise CommandError(
                "Not everything is under the newest key: keep the older keys, and run this again."
            )
