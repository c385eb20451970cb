import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gandan.progress import with_progress
from guides.importing.exporting import guides_to_export, write_record
from guides.importing.files import write_whole
from guides.models import ProcedurePage
from guides.tables.exporting import CSV_FOLDER, TABLES, tables_of


class Command(BaseCommand):
    help = (
        "Writes every guide so that import_procedures reads it back: one JSON file a guide into a folder, or a table "
        "for a spreadsheet when the path ends in .xlsx, or in .zip (CSV files)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a folder, made when it is missing, or a file *.xlsx or *.zip"
        )
        parser.add_argument("--csv", action="store_true", help="CSV files into a folder instead of JSON")
        parser.add_argument("--blank", action="store_true", help="only the template of a table, no guides")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        form = CSV_FOLDER if options["csv"] else path.suffix.lower()
        if options["blank"] and form not in TABLES:
            raise CommandError(_("A template is a table: name a file *.xlsx or *.zip, or add --csv."))
        try:
            pages = [] if options["blank"] else list(guides_to_export())
            if form in TABLES:
                _write_table(path, form, pages)
            else:
                _write_records(path, pages)
        except OSError as error:
            words = {"path": error.filename, "reason": error.strerror}
            raise CommandError(_("%(path)s cannot be written: %(reason)s") % words) from error
        self.stdout.write(
            _("Guides written to %(folder)s: %(count)d") % {"folder": path, "count": len(pages)}
        )


def _write_records(folder: Path, pages: list[ProcedurePage]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in with_progress(pages, len(pages), sys.stderr):
        write_record(folder, page)


def _write_table(path: Path, form: str, pages: list[ProcedurePage]) -> None:
    watched = with_progress(pages, len(pages), sys.stderr)
    for name, content in tables_of(watched, form):
        file = path / name if form == CSV_FOLDER else path
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
