"""Stands before Wagtail's command of the same name: there a page that may not be published holds up all others."""

from typing import Any

from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from gandan.planned import publish_planned, take_down_expired


class Command(WagtailCommand):
    help = "Publishes and takes down pages whose day has come."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        take_down_expired(now)
        publish_planned(now)
