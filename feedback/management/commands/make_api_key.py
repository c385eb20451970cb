from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from feedback.models import ApiKey


class Command(BaseCommand):
    help = "Makes a key with which a program may send service requests by Open311, and prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="whose program it is, as staff will read it")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        _row, key = ApiKey.objects.make(name, timezone.now())
        self.stdout.write(key)
