"""The second factor at the door of the rooms for staff, when STAFF_TWO_FACTOR=required.

Who signed in with a password alone, having no authenticator app yet, finds one door open: the page that sets it
up. Public pages never ask who is reading, so they are not looked at here.
"""

import re
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

STAFF_ROOMS = re.compile(
    r"^/(?:(?:en|ar)/)?(?:admin|ban-lam-viec|tai-lieu|buoi-ho-tro/\d+/bo-in|tinh-nguyen)(?:/|$)"
)


class SecondFactorMiddleware:
    """Stands below the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_TWO_FACTOR == "required" and lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether somebody signed in stands before a room for staff without an authenticator app."""
    if not STAFF_ROOMS.match(request.path_info) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return user.is_authenticated and not is_mfa_enabled(user, [Authenticator.Type.TOTP])
