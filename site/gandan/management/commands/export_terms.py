from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gandan.search import dictionary
from gandan.search.terms import write_csv


class Command(BaseCommand):
    help = "Writes the search dictionary as a table (CSV) that import_terms and spreadsheets read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to; without it to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        table = write_csv(dictionary.everything())
        if options["file"] is None:
            self.stdout.write(table.removeprefix("\ufeff"), ending="")
        else:
            options["file"].write_bytes(table.encode())
