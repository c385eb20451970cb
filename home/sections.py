"""What stands on pages of `home` and belongs to other apps: they register here.

Each provider costs at most one statement and returns plain values in the reader's language. Names in use:
`most_used` (list of Row), `life_events` (list of Row), `next_session` (a dict of the arguments of
components/session_slip.html plus `all_url`, or None), `latest_news` (list of Row), `news_url` (address of all news).
On the page of places: `done_here` (the address of what is done at a place, by the key of the place).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Row:
    """One row of a ruled list; `language` is set where the title is not in the reader's language."""

    title: str
    url: str
    note: str = ""
    icon: str = ""
    language: str = ""


Provider = Callable[[HttpRequest, datetime], Any]

_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    _providers[name] = provider


def section(name: str, request: HttpRequest, now: datetime) -> Any:
    """What the provider gives, None when nobody registered that section."""
    provider = _providers.get(name)
    return provider(request, now) if provider else None
