"""Hours and thank-you letters: one's own for every volunteer, everybody's for those who oversee."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.helping.door import for_overseers, for_volunteers
from guides.helping.hours import Tally, tallies, tally_of
from guides.helping.hours_file import hours_file
from guides.helping.people import shown_name
from guides.helping.span_form import SpanForm
from guides.helping.views.tabs import tabs
from home.commune import commune_of
from home.models import Official, User

LISTED_IN_A_LETTER = 16  # sessions; more would not fit one side


@dataclass(frozen=True)
class Span:
    form: SpanForm
    first: date
    last: date

    @property
    def query(self) -> str:
        return f"?tu={self.first.isoformat()}&den={self.last.isoformat()}"


@require_safe
@for_volunteers
def hours(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    span, today = _span(request, now), timezone.localdate(now)
    context = {
        "tabs": tabs(user, "hours"),
        "span": span,
        "tally": tally_of(user, span.first, span.last, now),
        "month": tally_of(user, today.replace(day=1), today, now),
        "year": tally_of(user, today.replace(month=1, day=1), today, now),
    }
    return render(request, "guides/helping/hours.html", context)


@require_safe
@for_volunteers
def letter(request: HttpRequest, user: User) -> HttpResponse:
    """One's own; without hours in that time there is nothing to thank for yet."""
    now = timezone.now()
    span = _span(request, now)
    tally = tally_of(user, span.first, span.last, now)
    if not tally.minutes:
        messages.info(request, _nothing_to_thank_for())
        return redirect("helping:hours")
    return _letters(request, span, [tally], now)


@require_safe
@for_overseers
def everyone(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    span = _span(request, now)
    found = tallies(span.first, span.last, now)
    total = Tally(user, [evening for tally in found for evening in tally.evenings])
    context = {"tabs": tabs(user, "everyone"), "span": span, "tallies": found, "total": total}
    return render(request, "guides/helping/everyone.html", context)


@require_safe
@for_overseers
def everyone_file(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    span = _span(request, now)
    written = hours_file(tallies(span.first, span.last, now))
    response = HttpResponse(written, content_type="text/csv; charset=utf-8")
    name = f"gio-tinh-nguyen-{span.first.isoformat()}-{span.last.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@for_overseers
def letters(request: HttpRequest, user: User) -> HttpResponse:
    """Of everybody with hours in that time, or of the one whose account `?nguoi=` names."""
    now = timezone.now()
    span, one = _span(request, now), request.GET.get("nguoi", "")
    found = [tally for tally in tallies(span.first, span.last, now) if one in {"", tally.user.get_username()}]
    if not found:
        messages.info(request, _nothing_to_thank_for())
        return redirect("helping:everyone")
    return _letters(request, span, found, now)


def _letters(request: HttpRequest, span: Span, found: list[Tally], now: datetime) -> HttpResponse:
    context = {
        "first": span.first,
        "last": min(span.last, timezone.localdate(now)),
        "letters": [_as_letter(tally) for tally in found],
        "chair": _chair(request),
        "today": timezone.localdate(now),
    }
    return render(request, "guides/helping/letter.html", context)


def _as_letter(tally: Tally) -> dict[str, Any]:
    came = [evening for evening in reversed(tally.evenings) if evening.minutes]
    return {
        "name": shown_name(tally.user),
        "tally": tally,
        "evenings": came[-LISTED_IN_A_LETTER:],
        "earlier": max(0, len(came) - LISTED_IN_A_LETTER),
    }


def _chair(request: HttpRequest) -> Official | None:
    commune = commune_of(request)
    return commune.settings.leader if commune else None


def _span(request: HttpRequest, now: datetime) -> Span:
    """The year so far, unless two days are asked for that can be read."""
    today = timezone.localdate(now)
    first, last = today.replace(month=1, day=1), today
    if not {"tu", "den"} & set(request.GET):
        return Span(SpanForm(initial={"tu": first, "den": last}), first, last)
    form = SpanForm(request.GET)
    if form.is_valid():
        return Span(form, form.cleaned_data["tu"], form.cleaned_data["den"])
    return Span(form, first, last)


def _nothing_to_thank_for() -> str:
    return _("No hours in this time yet. The letter is ready after the first session.")
