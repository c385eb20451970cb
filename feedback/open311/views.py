"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): services, definitions, requests, tokens.

Errors have the specification's shape. Reading needs no key; sending does. No session, no cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from feedback.headers import never_kept
from feedback.models import ApiKey, Kind
from feedback.offers import Offers
from feedback.open311 import reports, sending, services
from feedback.open311.wire import JSON, Refused, answer, errors
from gandan.pages import keep_fresh

View = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, form: str = JSON, **arguments: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Refused(405, f"{request.method} is not possible here")
                _check_jurisdiction(request)
                return view(request, form, **arguments)
            except Refused as refused:
                return never_kept(errors(refused, form))

        return guarded

    return decorate


@endpoint("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    here = settings.BASE_URL + reverse("open311:discovery")
    found = {
        "changeset": "2026-11-27T00:00:00+07:00",
        "contact": settings.BASE_URL,
        "key_service": settings.BASE_URL,
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": here.rstrip("/"),
                "changeset": "2026-11-27T00:00:00+07:00",
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return keep_fresh(answer("discovery", found, form))


@endpoint("GET", "HEAD")
def service_list(request: HttpRequest, form: str) -> HttpResponse:
    return keep_fresh(answer("services", services.services(), form))


@endpoint("GET", "HEAD")
def service_definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    offers = Offers(Kind.REPORT, timezone.now())
    return keep_fresh(answer("service_definition", services.definition(offers, code), form))


@endpoint("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    if request.method == "POST":
        return never_kept(_send(request, form))
    return keep_fresh(answer("service_requests", reports.reports(request.GET, timezone.now()), form))


@endpoint("GET", "HEAD")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    return keep_fresh(answer("service_requests", reports.report(number, timezone.now()), form))


@endpoint("GET", "HEAD")
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    return never_kept(answer("service_requests", sending.by_token(token), form))


def _send(request: HttpRequest, form: str) -> HttpResponse:
    key = ApiKey.objects.active(request.POST.get("api_key", ""))
    if key is None:
        raise Refused(403, "api_key is missing or not known")
    case, notices = sending.send(request.POST, key, Offers(Kind.REPORT, timezone.now()))
    return answer("service_requests", sending.acknowledged(case, notices), form, 201)


def _check_jurisdiction(request: HttpRequest) -> None:
    """One commune, so the parameter may be left out; another one's is not found."""
    asked = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id")
    if asked and asked != request.get_host().partition(":")[0] and asked not in settings.ALLOWED_HOSTS:
        raise Refused(404, "jurisdiction_id was not found")
