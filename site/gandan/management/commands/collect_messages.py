from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gandan import translating
from gandan.catalogues import catalogue_files
from gandan.msgids import Key, Message, TwoPlurals, UntranslatableText, collect


class Command(BaseCommand):
    help = "Brings the catalogues of translations in step with the source; --check only says what they lack."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 when something is lacking"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            messages = collect(Path(settings.BASE_DIR))
        except (SyntaxError, TwoPlurals, UntranslatableText) as error:
            raise CommandError(str(error)) from error
        if options["check"]:
            self.check_all(messages)
        else:
            self.update_all(messages)

    def update_all(self, messages: dict[Key, Message]) -> None:
        for language in translating.LANGUAGES:
            path = translating.catalogue_path(language)
            catalogue = translating.read(path, language)
            added, removed = translating.bring_in_step(catalogue, messages)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
            lacking = len(list(translating.faults(catalogue, language, messages)))
            self.stdout.write(
                f"{language}: {added} added, {removed} removed, {lacking} to translate or mend."
            )

    def check_all(self, messages: dict[Key, Message]) -> None:
        lacking: list[str] = []
        ours = {translating.catalogue_path(language): language for language in translating.LANGUAGES}
        for path, language in ours.items():
            lacking += translating.faults(translating.read(path, language), language, messages)
        for path in catalogue_files():
            if path not in ours:
                language = path.parent.parent.name
                lacking += translating.unsound(polib.pofile(str(path)), language)
        if lacking:
            raise CommandError("\n".join([*lacking, f"{len(lacking)} to translate or mend."]))
        self.stdout.write(f"Catalogues complete: {len(messages)} messages.")
