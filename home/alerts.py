"""Alerts stand above every page. `home` draws the frame of all pages, so the app that owns alerts registers here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ShownAlert:
    """In the reader's language; `until` is a day in words, `url` leads to more or is empty."""

    heading: str
    text: str
    until: str
    meanwhile: str = ""
    url: str = ""
    url_text: str = ""
    language: str = ""


Showing = Callable[[datetime, int | None], list[ShownAlert]]

_providers: list[Showing] = []


def register(showing: Showing) -> None:
    """`showing(now, page_id)` gives the alerts of that moment for a page, or for an address without a page."""
    _providers.append(showing)


def showing(now: datetime, page_id: int | None) -> list[ShownAlert]:
    return [alert for provider in _providers for alert in provider(now, page_id)]
