"""Away in two taps: open the page, tap a day. Who stands in is said before."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from feedback.absence import leave, stand_in
from feedback.access import Reader
from feedback.desk_forms import AbsenceForm
from feedback.forms import typed
from feedback.models import Case
from feedback.views.desk.guard import for_staff
from home.absence import come_back

SATURDAY = 5


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def absence(request: HttpRequest, reader: Reader) -> HttpResponse:
    if reader.official is None:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, reader, AbsenceForm(today=timezone.localdate()))
    if "back" in request.POST:
        come_back(reader.official)
        return redirect("desk:absence")
    return _leave(request, reader)


def _leave(request: HttpRequest, reader: Reader) -> HttpResponse:
    now = timezone.now()
    given = typed(request.POST, ("tap", "until", "hands_over"))
    given["until"] = given.pop("tap", "") or given.get("until", "")
    form = AbsenceForm(given, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, reader, form)
    assert reader.official is not None
    handed = leave(
        reader.official, reader.user, form.cleaned_data["until"], form.cleaned_data["hands_over"], now
    )
    if handed.stays:
        return _page(request, reader, form, handed.stays)
    return redirect("desk:absence")


def _page(
    request: HttpRequest, reader: Reader, form: AbsenceForm, stays: list[str] | None = None
) -> HttpResponse:
    official, today = reader.official, timezone.localdate()
    assert official is not None
    context = {
        "official": official,
        "is_away": official.is_absent(today),
        "deputy": stand_in(official, today),
        "open_cases": Case.objects.open().filter(official=official).count(),
        "today": today,
        "week_end": _end_of_week(today),
        "form": form,
        "stays": stays or [],
    }
    return render(request, "feedback/desk_absence.html", context)


def _end_of_week(today: date) -> date | None:
    """The coming Sunday; None from Saturday on, when the week is nearly over."""
    return today + timedelta(days=6 - today.weekday()) if today.weekday() < SATURDAY else None
