"""The commune as templates show it: every word in the reader's language, hours as lines."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.database_loss import remember_phone
from gandan.tree import site_of
from home.hours import grouped
from home.models.settings import CommuneSettings


class Commune:
    def __init__(self, settings: CommuneSettings) -> None:
        self.settings = settings
        self.hotline = settings.hotline
        self.email = settings.email
        self.portal_url = settings.portal_url
        self.is_sample = settings.is_sample
        self.former_units = settings.former_units

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.settings.local_name

    @property
    def full_name(self) -> str:
        return self.settings.local_office_name or self.name

    @property
    def address(self) -> str:
        return self.settings.local_address

    @property
    def sample_note(self) -> str:
        return self.settings.local_sample_note

    @cached_property
    def hours_lines(self) -> list[str]:
        return hours_lines(self.settings.weekly_hours)

    @cached_property
    def emergency_numbers(self) -> list[Any]:
        return list(self.settings.emergency_numbers.all())


def commune_of(request: HttpRequest) -> Commune | None:
    """None before the site is founded."""
    site = site_of(request)
    try:
        settings = site.communesettings if site else None
    except CommuneSettings.DoesNotExist:
        return None
    if settings is None:
        return None
    remember_phone(settings.hotline)
    return Commune(settings)


def hours_lines(weekly_hours: dict[str, str] | None) -> list[str]:
    """One line for each run of days with the same hours: "Thứ Hai – thứ Sáu: 7:30–11:30, 13:30–17:00"."""
    return [_line(first, last, spans) for first, last, spans in grouped(weekly_hours)]


def _line(first: int, last: int, spans: Iterable[str]) -> str:
    comma = "، " if get_language() == "ar" else ", "
    hours = comma.join(spans)
    start, end = str(WEEKDAYS[first]), str(WEEKDAYS[last])
    if first == last:
        return _("%(day)s: %(hours)s") % {"day": capfirst(start), "hours": hours}
    words = {"first": capfirst(start), "last": _inside(end), "hours": hours}
    return _("%(first)s – %(last)s: %(hours)s") % words


def _inside(day: str) -> str:
    """A weekday in the middle of a Vietnamese line is written small."""
    return day[:1].lower() + day[1:] if get_language() == "vi" else day
