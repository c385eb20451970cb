"""Who may open the rooms of those who prepare and run sessions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from home.groups import APPROVER, COORDINATOR, EDITOR, LEADER, OFFICIAL, VOLUNTEER

# All but those who publish alerts in an emergency and do nothing else.
HELPERS = (APPROVER, COORDINATOR, EDITOR, LEADER, OFFICIAL, VOLUNTEER)

View = Callable[..., HttpResponse]


def for_helpers(view: View) -> View:
    """Signed in and one of the helpers; what they see is kept by no cache."""

    @login_required
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_helper(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def is_helper(user: Any) -> bool:
    return bool(user.is_superuser or user.groups.filter(name__in=HELPERS).exists())
