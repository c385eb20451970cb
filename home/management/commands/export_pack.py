import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from gandan.packs import label_of, write_pack
from home.packs.kinds import chosen_parts
from home.packs.words import commune_name, line_lines


class Command(BaseCommand):
    help = "Writes guides and lessons, with pictures and translations, into a zip for another commune."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH.zip", help="the file to write")
        parser.add_argument(
            "--kind", default="", help="parts with commas, for example guides,lessons; all by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen, path = chosen_parts(options["kind"]), options["path"]
        unfinished = path.with_name(path.name + ".unfinished")
        try:
            with unfinished.open("wb") as file:
                remarks = write_pack(file, chosen, timezone.localdate(), commune_name())
            os.replace(unfinished, path)
        except OSError as error:
            words = {"path": error.filename or path, "reason": error.strerror}
            raise CommandError(_("%(path)s cannot be written: %(reason)s") % words) from error
        finally:
            unfinished.unlink(missing_ok=True)
        for name, lines in remarks.items():
            self.stdout.write(f"{label_of(name)}: {len(lines)}")
            for line in lines:
                if line.remarks:
                    self.stdout.writelines(f"{text}\n" for text in line_lines(line))
        self.stdout.write(_("Pack written to %(path)s") % {"path": path})
