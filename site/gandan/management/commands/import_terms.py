from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gandan.search import dictionary
from gandan.search.terms import read_table


class Command(BaseCommand):
    help = "Takes a table (CSV) into the search dictionary: all of it, or nothing when a row is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        terms, faults = read_table(text)
        if faults:
            raise CommandError("\n".join(map(dictionary.in_words, faults)))
        new, changed = dictionary.store(terms)
        self.stdout.write(f"{new} new, {changed} changed")
