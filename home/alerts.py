"""Alerts stand above every page. `home` draws the frame of all pages, so the app that owns alerts registers here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest


@dataclass(frozen=True)
class ShownAlert:
    """In the reader's language; `until` is an hour and day, `url` leads to the page it is about or is empty.

    `text` begins with the title, in bold.
    """

    heading: str
    title: str
    text: str
    until: str
    meanwhile: str = ""
    url: str = ""
    url_text: str = ""


Showing = Callable[[HttpRequest, datetime], list[ShownAlert]]

_providers: list[Showing] = []


def register(showing: Showing) -> None:
    """`showing(request, now)` gives the alerts of that moment for the page asked for, in one statement."""
    _providers.append(showing)


def showing(request: HttpRequest, now: datetime) -> list[ShownAlert]:
    return [alert for provider in _providers for alert in provider(request, now)]
