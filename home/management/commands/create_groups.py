from typing import Any

from django.core.management.base import BaseCommand

from home.groups import GROUPS, create_groups


class Command(BaseCommand):
    help = "Makes the groups of the commune's people, their permissions and the approval of pages; adds only."

    def handle(self, *args: Any, **options: Any) -> None:
        create_groups()
        self.stdout.write(f"Groups: {', '.join(GROUPS)}")
