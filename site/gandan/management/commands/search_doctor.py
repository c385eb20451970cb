"""Says whether the search engine holds just what everybody may see, and with `--repair` has the worker mend it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gandan.search.elastic import doctor, is_wanted
from gandan.search.elastic.client import FAULTS

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Compares the search engine with the database; exit 1 when they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="note what differs, for the worker to send again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_wanted():
            self.stdout.write("SEARCH_URL names no engine: the database answers every search.")
            return
        now = timezone.now()
        try:
            found = doctor.examine(now)
        except FAULTS as fault:
            raise CommandError(f"The engine does not answer: {fault}") from fault
        if not found.is_current:
            state = "of another version of the site" if found.has_index else "missing"
            raise CommandError(
                f"The index is {state}; the worker builds it, or `manage.py rebuild_search` now."
            )
        self.stdout.write(f"{found.documents} documents, {found.waiting} changes waiting for the worker.")
        for title, keys in [
            ("Missing", found.missing),
            ("Left over", found.left_over),
            ("Outdated", found.outdated),
        ]:
            if keys:
                more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
                self.stdout.write(f"{title}: {', '.join(keys[:MOST_NAMED])}{more}")
        if found.is_well:
            self.stdout.write("The engine holds what the database shows.")
        elif options["repair"]:
            self.stdout.write(f"{doctor.repair(found.wrong, now)} are noted; the worker sends them.")
        else:
            raise CommandError("They differ. `--repair` has the worker send what is wrong again.")
