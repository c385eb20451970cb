from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAIT = 300  # seconds: the longest of the limits that answer with a page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose guard is missing or too old; the reader can go back and send again."""
    return render(request, "403_csrf.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(WAIT)
    response.headers["Cache-Control"] = "no-store"
    return response
