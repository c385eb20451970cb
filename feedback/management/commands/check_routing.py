from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from feedback.checking import stranded, without_account


class Command(BaseCommand):
    help = "Lists every open topic, area and kind of case that reaches nobody who can answer; exit 1 if any."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        for official in without_account():
            self.stdout.write(f"Note: {official.name} has no account; coordinators get the mail.")
        lost = stranded(today)
        for line in lost:
            self.stdout.write(str(line))
        if lost:
            raise CommandError(f"{len(lost)} combinations reach nobody.", returncode=1)
        self.stdout.write("Every open topic, area and kind of case reaches somebody.")
