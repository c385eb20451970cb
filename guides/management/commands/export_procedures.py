import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guides.importing.exporting import guides_to_export, write_record
from guides.importing.progress import with_progress


class Command(BaseCommand):
    help = "Writes each guide that has a code as one JSON record, in the shape that import_procedures reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder to write to; made when it is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["path"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pages = list(guides_to_export())
            for page in with_progress(pages, len(pages), sys.stderr):
                write_record(folder, page)
        except OSError as error:
            words = {"path": error.filename, "reason": error.strerror}
            raise CommandError(_("%(path)s cannot be written: %(reason)s") % words) from error
        self.stdout.write(
            _("Guides written to %(folder)s: %(count)d") % {"folder": folder, "count": len(pages)}
        )
