from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gandan.catalogues import catalogue_files, compile_stale


class Command(BaseCommand):
    help = "Compiles the translations that changed, without GNU gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues = catalogue_files()
        try:
            compiled = compile_stale(catalogues)
        except OSError as error:
            raise CommandError(f"A catalogue cannot be read: {error}") from error
        current = len(catalogues) - len(compiled)
        self.stdout.write(f"Catalogues: {len(compiled)} compiled, {current} already up to date.")
