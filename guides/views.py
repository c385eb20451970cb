from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gandan.pages import keep_fresh
from guides.coming import JOINED
from guides.helpers import for_helpers
from guides.models import Session
from guides.pack import pack_context
from guides.session_calendar import Organiser, calendar_of_hamlet, calendar_of_session
from guides.versions_month import month_context
from home.commune import commune_of


@require_safe
def sessions_calendar(request: HttpRequest) -> HttpResponse:
    """The help sessions for a phone's calendar; `?thon=` keeps one hamlet."""
    written = calendar_of_hamlet(_organiser(request), request.GET.get("thon", ""), timezone.now())
    return _calendar(written, "buoi-ho-tro.ics")


@require_safe
def session_calendar(request: HttpRequest, number: int) -> HttpResponse:
    session = Session.objects.select_related(*JOINED).filter(pk=number).first()
    if session is None:
        raise Http404
    return _calendar(calendar_of_session(_organiser(request), session), f"buoi-{number}.ics")


@require_safe
@for_helpers
def session_pack(request: HttpRequest, number: int) -> HttpResponse:
    """All papers of a session, one after the other, to be printed in one go."""
    context = pack_context(number, timezone.localdate())
    if context is None:
        raise Http404
    return render(request, "guides/pack/pack.html", context)


def _organiser(request: HttpRequest) -> Organiser:
    commune = commune_of(request)
    return Organiser(commune.full_name, commune.email) if commune else Organiser("Gần Dân", "")


def _calendar(written: bytes, name: str) -> HttpResponse:
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return keep_fresh(response)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed in the guides in a month; `?thang=2026-11`."""
    return keep_fresh(render(request, "guides/changes.html", month_context(request, timezone.localdate())))
