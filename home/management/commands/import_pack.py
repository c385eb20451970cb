import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from gandan.packs import Orders, Pack, Report, receive_pack
from gandan.progress import with_progress, without_page_log
from gandan.zips import Refused
from home.packs.kinds import chosen_parts
from home.packs.words import origin, report_lines


class Command(BaseCommand):
    help = (
        "Takes in a content pack of another commune as drafts and reports what was done. A pack that is not sound "
        "is refused as a whole. Exit code 1 when something could not be taken in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH.zip")
        parser.add_argument("--kind", default="", help="parts with commas; all by default")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish what lacks nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        orders = Orders(write=not options["dry_run"], publish=options["publish"], watch=self._watch)
        report = self._receive(options["path"], options["kind"], orders)
        for line in report_lines(report):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        if report.refused:
            raise CommandError(
                _("%(count)d things were not taken in, see above.") % {"count": len(report.refused)}
            )

    def _receive(self, path: Path, kinds: str, orders: Orders) -> Report:
        chosen = chosen_parts(kinds)
        try:
            with path.open("rb") as file, without_page_log():
                pack = Pack(file)
                self.stdout.write(origin(pack))
                return receive_pack(pack, chosen, orders, timezone.now())
        except OSError as error:
            words = {"path": path, "reason": error.strerror}
            raise CommandError(_("%(path)s cannot be opened: %(reason)s") % words) from error
        except Refused as refused:
            raise CommandError(_("This pack was refused: %(reason)s") % {"reason": refused}) from refused

    def _watch(self, items: Any, total: int) -> Any:
        return with_progress(items, total, sys.stderr)
