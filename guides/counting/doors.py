"""Whoever counts at a session, or oversees it, comes in; what is shown is kept by no cache."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from guides.helping.access import AnyUser, helps_at, may_oversee
from guides.helping.door import never_kept
from guides.models import Session

View = Callable[..., HttpResponse]
May = Callable[[AnyUser, Session], bool]


def for_session(may: May) -> Callable[[View], View]:
    """The view gets the session with its place and hamlet."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            session = found_session(pk)
            if not may(request.user, session):
                raise PermissionDenied
            return never_kept(view(request, session, **kwargs))

        return guarded

    return guard


def found_session(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("place__area", "area"), pk=pk)


def sees_report(user: AnyUser, session: Session) -> bool:
    return may_oversee(user) or helps_at(user, session)
