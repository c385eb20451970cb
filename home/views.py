from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.models import WorkDay
from gandan.pages import keep_fresh
from gandan.workdays import working_calendar
from home.commune import hours_lines
from home.hours import weekly
from home.models import Area, Official, Place, ShortLink
from home.models.places import FACILITIES
from home.opening import opening_in
from home.sections import section

FACILITY_ICONS = {
    "wifi": "wifi",
    "toilet": "toilet",
    "glasses": "glasses",
    "printer": "print",
    "queue": "slip",
}


@require_safe
def officials(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    everyone = Official.objects.active(today).select_related("unit", "deputy")
    context = {"units": _by_unit(list(everyone), today)}
    return keep_fresh(render(request, "home/officials.html", context))


def _by_unit(everyone: list[Official], today: date) -> list[dict[str, Any]]:
    """Units in their own order, people in them by given name."""
    everyone.sort(key=lambda official: (official.unit.order, official.unit_id, official.sort_name))
    return [
        {
            "unit": unit,
            "hours": hours_lines(unit.weekly_hours),
            "people": [{"official": each, "away": _away(each, today)} for each in people],
        }
        for unit, people in groupby(everyone, key=lambda official: official.unit)
    ]


def _away(official: Official, today: date) -> str:
    """A sentence with the last day away, empty for someone who is there."""
    if not official.is_absent(today):
        return ""
    if official.away_until is None:
        return _("Away at present.")
    return _("Away until %(day)s.") % {"day": f"{official.away_until:%d/%m/%Y}"}


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    exceptions = list(WorkDay.objects.all())
    found = Place.objects.select_related("photo").prefetch_related("counters")
    done_here = section("done_here", request, now) or {}
    shown = [_place(place, now, exceptions) | {"done_url": done_here.get(place.key)} for place in found]
    return keep_fresh(render(request, "home/places.html", {"places": shown, "areas": Area.objects.all()}))


def _place(place: Place, now: datetime, exceptions: list[WorkDay]) -> dict[str, Any]:
    names = dict(FACILITIES)
    hours = weekly(place.weekly_hours)
    calendar = working_calendar(hours, around=now.date(), exceptions=exceptions) if hours else None
    return {
        "place": place,
        "opening": opening_in(calendar, now) if calendar else None,
        "hours": hours_lines(place.weekly_hours),
        "counters": [_counter(counter, place) for counter in place.counters.all()],
        "facilities": [
            {"icon": FACILITY_ICONS.get(key, "tick"), "text": names[key]} for key in place.facilities
        ],
    }


def _counter(counter: Any, place: Place) -> dict[str, Any]:
    """Hours only where they differ from those of the place."""
    differs = counter.weekly_hours and counter.weekly_hours != place.weekly_hours
    return {
        "name": counter.local_name,
        "phone": counter.phone,
        "hours": hours_lines(counter.weekly_hours) if differs else [],
    }


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the page behind a QR code; printed codes live long, so browsers do not keep the answer."""
    link = ShortLink.objects.select_related("page").filter(code=code.lower()).first()
    address = _address(link, request) if link else ""
    if not address:
        raise Http404
    return redirect(address)


def _address(link: ShortLink, request: HttpRequest) -> str:
    if link.page is None:
        return link.path
    return (link.page.get_url(request) or "") if link.page.live else ""
