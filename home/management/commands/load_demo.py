from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import override

from gandan import demo
from home.founding import found_site


class Command(BaseCommand):
    help = "Loads the sample commune. Creates what is missing, never changes what exists."

    def handle(self, *args: Any, **options: Any) -> None:
        with override("vi"):
            self._load()

    def _load(self) -> None:
        began = monotonic()
        self.stdout.write("Founding the commune")
        first_day = found_site(timezone.localdate(), self._tell)
        for part in demo.parts():
            self.stdout.write(f"Loading {part.name}")
            part.load(first_day, self._tell)
        self.stdout.write(f"The sample commune is there ({monotonic() - began:.0f} s).")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
