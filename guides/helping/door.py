"""The doors of the room: signed in, of the right group, kept by no cache and found by no search engine.

A view behind a door is given the user beside the request.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from guides.helping.access import AnyUser, is_volunteer, may_coordinate, may_oversee
from home.models import User

View = Callable[..., HttpResponse]


def for_volunteers(view: View) -> View:
    return _guarded(view, is_volunteer)


def for_overseers(view: View) -> View:
    return _guarded(view, may_oversee)


def for_coordinators(view: View) -> View:
    return _guarded(view, may_coordinate)


def _guarded(view: View, may_enter: Callable[[AnyUser], bool]) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not may_enter(user):
            raise PermissionDenied
        return never_kept(view(request, user, *args, **kwargs))

    return guarded


def never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
