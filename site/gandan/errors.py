from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose guard is missing or too old; the reader can go back and send again."""
    return TemplateResponse(request, "403_csrf.html", status=403).render()
