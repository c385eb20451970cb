from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from feedback.checking import problems, stranded, without_account


class Command(BaseCommand):
    help = (
        "Lists every open topic, area and kind of case that reaches nobody who can answer, and rules that "
        "contradict each other, never fire or lead nowhere; exit 1 if any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        with translation.override("en"):
            for official in without_account():
                self.stdout.write(f"Note: {official.name} has no account; coordinators get the mail.")
            lost, wrong = stranded(today), problems(today)
            for line in (*lost, *wrong):
                self.stdout.write(str(line))
        if lost or wrong:
            raise CommandError(
                f"{len(lost)} combinations reach nobody; {len(wrong)} rules or topics need a look.",
                returncode=1,
            )
        self.stdout.write("Every open topic, area and kind of case reaches somebody.")
