from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.founding import found_site


class Command(BaseCommand):
    help = "Makes the languages, home pages and sections of a new commune, without any sample content."

    def handle(self, *args: Any, **options: Any) -> None:
        found_site(timezone.localdate(), self.stdout.write)
        self.stdout.write("The commune is founded. Name it at /admin/ under Settings.")
