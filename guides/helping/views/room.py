"""The volunteers' room: made for a phone, works without scripts. Everybody acts on their own row alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guides.helping import taking_part
from guides.helping.access import sees_helpers
from guides.helping.boards import WANTED, parts_of, wanted, wanted_at
from guides.helping.door import for_volunteers
from guides.helping.evening import has_begun, is_over, length
from guides.helping.hours import hours_in_words, minutes_of
from guides.helping.people import by_given_name
from guides.helping.taking_part import Refused
from guides.helping.views.tabs import tabs
from guides.models import Helper, Session
from guides.models.choices import Role
from home.models import User


@require_safe
@for_volunteers
def room(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    context = {
        "tabs": tabs(user, "room"),
        "parts": parts_of(user, now),
        "wanted": wanted(user, now),
        "most": WANTED,
    }
    return render(request, "guides/helping/room.html", context)


@require_safe
@for_volunteers
def mine(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """One session as a volunteer sees it: what lacks people, their own part, and names where they are confirmed."""
    now, session = timezone.now(), _session(pk)
    part = Helper.objects.filter(session=session, user=user).first()
    takes_part = part is not None and part.state in {Helper.State.OFFERED, Helper.State.CONFIRMED}
    context = {
        "tabs": tabs(user, ""),
        "session": session,
        "part": part,
        "takes_part": takes_part,
        "is_open": not session.is_cancelled and not has_begun(session, now),
        "days": (session.date - timezone.localdate(now)).days,
        "wanted": wanted_at(session),
        "hours": hours_in_words(minutes_of(part, now)) if part and is_over(session, now) else "",
        "length": hours_in_words(length(session)),
        "others": _others(user, session),
    }
    return render(request, "guides/helping/mine.html", context)


def _others(user: User, session: Session) -> list[Helper]:
    if not sees_helpers(user, session):
        return []
    confirmed = Helper.objects.confirmed().filter(session=session).exclude(user=user.pk)
    return sorted(confirmed.select_related("user"), key=lambda helper: by_given_name(helper.user))


@require_POST
@for_volunteers
def offer(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    def step(session: Session) -> str:
        helper = taking_part.offer(session, user, _role(request), timezone.now())
        return _place_taken() if helper.is_confirmed else _offer_noted()

    return _step(request, pk, step)


@require_POST
@for_volunteers
def take_over(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """The place of whoever has asked first in this role; their name is not shown."""

    def step(session: Session) -> str:
        asking = Helper.objects.asking_to_swap().filter(session=session, role=_role(request))
        first = asking.exclude(user=user.pk).order_by("swap_asked_at", "pk").first()
        if first is None:
            raise Refused(taking_part.NO_SWAP)
        helper = taking_part.take_over(first, user, timezone.now())
        return _place_taken() if helper.is_confirmed else _offer_noted()

    return _step(request, pk, step)


@require_POST
@for_volunteers
def withdraw(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    def step(session: Session) -> str:
        taking_part.withdraw(_own(user, session), timezone.now())
        return _("You have withdrawn. Thank you for saying so.")

    return _step(request, pk, step)


@require_POST
@for_volunteers
def ask_to_swap(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    def step(session: Session) -> str:
        taking_part.ask_to_swap(_own(user, session), timezone.now())
        return _("The others see that you look for somebody. Until somebody takes over, we count on you.")

    return _step(request, pk, step)


@require_POST
@for_volunteers
def stop_asking(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    def step(session: Session) -> str:
        taking_part.stop_asking(_own(user, session))
        return _("You come after all. Thank you.")

    return _step(request, pk, step)


def _step(request: HttpRequest, pk: int, step: Callable[[Session], str]) -> HttpResponse:
    """Does it and goes to the session's page, which says what came of it."""
    session = _session(pk)
    try:
        messages.success(request, step(session))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("helping:mine", pk=session.pk)


def _session(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("place"), pk=pk)


def _own(user: User, session: Session) -> Helper:
    return get_object_or_404(
        Helper.objects.select_related("session__place", "user"), session=session, user=user.pk
    )


def _role(request: HttpRequest) -> Any:
    """Empty for what is no role: no session asks for it."""
    typed = request.POST.get("role", "")
    return typed if typed in Role.values else ""


def _place_taken() -> str:
    return _("You have the place. Thank you, see you there.")


def _offer_noted() -> str:
    return _("Thank you. The coordinator will confirm it.")
