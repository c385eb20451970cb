"""What the browser may do with our pages.

Public pages run nothing inline and are framed by nobody. Wagtail's admin needs inline scripts and frames its own
previews; a preview is a public page shown in such a frame (`request.is_dummy`), so it keeps the public rules and
lets our own site frame it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"


class PagePolicyMiddleware:
    """Chooses the policy that django-csp writes; stands right below its middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: Any = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "is_dummy", False):
            response._csp_replace = {"frame-ancestors": ["'self'"]}
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif request.path_info.startswith(ADMIN):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
