import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from gandan.progress import with_progress, without_page_log
from guides.importing.drafts import NoIndex
from guides.importing.reading import NothingToRead
from guides.importing.report import Report, lines
from guides.importing.run import Orders, run_import
from guides.tables.grids import NotATable
from guides.tables.run import import_table
from guides.tables.table import is_table


class Command(BaseCommand):
    help = (
        "Imports procedures into draft guides and reports what contradicts itself or is missing: records of the "
        "national portal and guides of another site (JSON), or a table (XLSX, CSV, a ZIP or folder of CSV). "
        "Exit code 1 when a file, or a guide of a table, could not be imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file or folder: *.json, *.xlsx, *.csv, *.zip")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the guides that lack nothing")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON too")

    def handle(self, *args: Any, **options: Any) -> None:
        orders = Orders(write=not options["dry_run"], publish=options["publish"])
        try:
            with without_page_log():
                importer = import_table if is_table(options["path"]) else run_import
                report = importer(options["path"], orders, timezone.now(), self._watch)
        except (NothingToRead, NotATable, NoIndex) as error:
            raise CommandError(str(error)) from error
        for line in lines(report):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        if options["report"]:
            self._write_report(options["report"], report)
        if report.refusals:
            words = (
                _("%(count)d guides were not imported, see above.")
                if report.is_table
                else _("%(count)d files were not imported, see above.")
            )
            raise CommandError(words % {"count": report.refused_files})

    def _watch(self, records: Iterable[Any], total: int) -> Iterable[Any]:
        return with_progress(records, total, sys.stderr)

    def _write_report(self, file: Path, report: Report) -> None:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1, default=str)
        try:
            file.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            words = {"file": file, "reason": error.strerror}
            raise CommandError(
                _("The report could not be written to %(file)s: %(reason)s") % words
            ) from error
