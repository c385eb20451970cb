"""The four doors, and the two behind which this site takes nothing in but says where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.forms import LookUpForm
from feedback.legal_routes import COMPLAINT, DENUNCIATION
from gandan.pages import keep_fresh


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    return keep_fresh(render(request, "feedback/doors.html", {"form": LookUpForm()}))


@require_safe
def complaint(request: HttpRequest) -> HttpResponse:
    return keep_fresh(render(request, "feedback/complaint.html", {"route": COMPLAINT}))


@require_safe
def denunciation(request: HttpRequest) -> HttpResponse:
    return keep_fresh(render(request, "feedback/denunciation.html", {"route": DENUNCIATION}))
