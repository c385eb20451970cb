"""Posters and QR cards, and the page of a counter that its poster leads to (`?quay=` names one counter of a place)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gandan.pages import keep_fresh
from guides.coming import JOINED
from guides.counters import Counter, counter_of, counter_poster, qr_cards
from guides.listing import guide_rows
from guides.models import Session
from guides.posters import session_poster


@require_safe
def counter(request: HttpRequest, place: str) -> HttpResponse:
    found = _found(request, place)
    context = {"counter": found, "rows": guide_rows(found.guides, request)}
    return keep_fresh(render(request, "guides/counter.html", context))


@require_safe
def counter_sheet(request: HttpRequest, place: str) -> HttpResponse:
    poster = counter_poster(_found(request, place))
    return keep_fresh(render(request, "guides/poster.html", {"poster": poster}))


@require_safe
def counter_cards(request: HttpRequest, place: str) -> HttpResponse:
    """Every QR of a counter on sheets for the print shop, with lines to cut along."""
    found = _found(request, place)
    context = {"counter": found, "cards": qr_cards(found), "printed": timezone.localdate()}
    return keep_fresh(render(request, "guides/qr_cards.html", context))


@require_safe
def session_sheet(request: HttpRequest, number: int) -> HttpResponse:
    session = Session.objects.select_related(*JOINED).filter(pk=number).first()
    if session is None:
        raise Http404
    return keep_fresh(render(request, "guides/poster.html", {"poster": session_poster(session)}))


def _found(request: HttpRequest, place: str) -> Counter:
    found = counter_of(place, request.GET.get("quay", ""))
    if found is None:
        raise Http404
    return found
