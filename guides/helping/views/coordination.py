"""The coordinators' board. Leaders read it and change nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guides.helping import taking_part
from guides.helping.access import may_coordinate
from guides.helping.boards import in_order, staffing_over, staffing_to_come
from guides.helping.coordination_forms import AddForm, DeclineForm, MinutesForm, NeedsForm
from guides.helping.door import for_coordinators, for_overseers
from guides.helping.evening import has_begun, length
from guides.helping.needs import change_needs, change_series_needs
from guides.helping.people import by_given_name, shown_name
from guides.helping.taking_part import Refused
from guides.helping.views.tabs import tabs
from guides.models import Helper, Session
from home.models import User

PAST = "da-qua"


@require_safe
@for_overseers
def board(request: HttpRequest, user: User) -> HttpResponse:
    now, is_past = timezone.now(), request.GET.get("xem") == PAST
    context = {
        "tabs": tabs(user, "board"),
        "times": _times(is_past),
        "rows": staffing_over(now) if is_past else staffing_to_come(now),
        "is_past": is_past,
    }
    return render(request, "guides/helping/board.html", context)


@require_safe
@for_overseers
def session(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    return _show(request, user, _session(pk))


@require_POST
@for_coordinators
def confirm(request: HttpRequest, user: User, pk: int, helper: int) -> HttpResponse:
    found = _helper(pk, helper)
    return _step(request, pk, lambda: taking_part.confirm(found, timezone.now()), _("Confirmed."))


@require_POST
@for_coordinators
def decline(request: HttpRequest, user: User, pk: int, helper: int) -> HttpResponse:
    found, form = _helper(pk, helper), DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, user, found.session, declining=found, decline_form=form)
    sentence = form.cleaned_data["sentence"]
    words = _("%(name)s has been told.") % {"name": shown_name(found.user)}
    return _step(request, pk, lambda: taking_part.decline(found, sentence, timezone.now()), words)


@require_safe
@for_coordinators
def declining(request: HttpRequest, user: User, pk: int, helper: int) -> HttpResponse:
    """The same page with the question why."""
    found = _helper(pk, helper)
    return _show(request, user, found.session, declining=found, decline_form=DeclineForm())


@require_POST
@for_coordinators
def add(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    found = _session(pk)
    form = AddForm(request.POST, session=found)
    if not form.is_valid():
        return _show(request, user, found, add_form=form)
    person, role = form.cleaned_data["user"], form.cleaned_data["role"]
    words = _("%(name)s is confirmed.") % {"name": shown_name(person)}
    return _step(request, pk, lambda: taking_part.add(found, person, role, timezone.now()), words)


@require_POST
@for_coordinators
def minutes(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Who came and for how long; nothing is noted while a number cannot be read."""
    found, now = _session(pk), timezone.now()
    helpers = _confirmed(found)
    form = MinutesForm(request.POST, helpers=helpers, usual=length(found))
    if not form.is_valid():
        return _show(request, user, found, minutes_form=form)
    noted = form.minutes()

    @transaction.atomic
    def note() -> None:
        for helper in helpers:
            taking_part.note_minutes(helper, noted[helper.pk], now)

    return _step(request, pk, note, _("The hours are noted."))


@require_POST
@for_coordinators
def needs(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    found = _session(pk)
    form = NeedsForm(request.POST, session=found)
    if not form.is_valid():
        return _show(request, user, found, needs_form=form)
    change = change_series_needs if form.cleaned_data.get("later") else change_needs
    return _step(request, pk, lambda: change(found, form.numbers()), _("Kept."))


def _step(request: HttpRequest, pk: int, step: Callable[[], Any], done: str) -> HttpResponse:
    try:
        step()
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("helping:session", pk=pk)


def _show(request: HttpRequest, user: User, found: Session, **forms: Any) -> HttpResponse:
    now, may_change = timezone.now(), may_coordinate(user)
    begun, parts = has_begun(found, now), _parts(found)
    confirmed = [part for part in parts if part.is_confirmed]
    context = {
        "tabs": tabs(user, ""),
        "session": found,
        "may_change": may_change,
        "has_begun": begun,
        "needs": in_order(found.roles.all()),
        "offers": [part for part in parts if part.state == Helper.State.OFFERED],
        "confirmed": confirmed,
        "others": [
            part for part in parts if part.state not in {Helper.State.OFFERED, Helper.State.CONFIRMED}
        ],
        **(_forms(found, confirmed, begun=begun) if may_change and not found.is_cancelled else {}),
        **forms,
    }
    return render(request, "guides/helping/session.html", context)


def _forms(found: Session, confirmed: list[Helper], *, begun: bool) -> dict[str, Any]:
    forms: dict[str, Any] = {"add_form": AddForm(session=found), "needs_form": NeedsForm(session=found)}
    if begun and confirmed:
        forms["minutes_form"] = MinutesForm(helpers=confirmed, usual=length(found))
    return forms


def _times(is_past: bool) -> list[dict[str, Any]]:
    return [
        {"title": _("To come"), "url": "?", "count": None, "current": not is_past},
        {"title": _("Over"), "url": f"?xem={PAST}", "count": None, "current": is_past},
    ]


def _session(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("place"), pk=pk)


def _helper(pk: int, helper: int) -> Helper:
    related = ("session__place", "user", "takes_over_from__user", "takes_over_from__session__place")
    return get_object_or_404(Helper.objects.select_related(*related), pk=helper, session=pk)


def _parts(found: Session) -> list[Helper]:
    parts = Helper.objects.filter(session=found).select_related("user", "session", "takes_over_from__user")
    return sorted(parts, key=lambda part: by_given_name(part.user))


def _confirmed(found: Session) -> list[Helper]:
    return [part for part in _parts(found) if part.is_confirmed]
