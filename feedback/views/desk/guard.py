"""Who gets in, and the case they may see. Every look at a case is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from feedback import handling
from feedback.access import Reader, reader_for
from feedback.headers import never_kept
from feedback.models import Case, CaseEvent

View = Callable[..., HttpResponse]
RELATED = ("topic", "area", "unit", "official", "stands_in_for", "about", "merged_into")
LOOKS = (CaseEvent.Kind.VIEWED, CaseEvent.Kind.CONTACT_VIEWED)


def for_staff(view: View) -> View:
    """Signed in and somebody at the desk; the view gets the `Reader`."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_for(request.user)
        if reader is None:
            raise PermissionDenied
        return never_kept(view(request, reader, *args, **kwargs))

    return guarded


def for_overseers(view: View) -> View:
    """The coordinators and the leader alone."""

    @for_staff
    @wraps(view)
    def guarded(request: HttpRequest, reader: Reader, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reader.sees_all:
            raise PermissionDenied
        return view(request, reader, *args, **kwargs)

    return guarded


def opened(reader: Reader, code: str) -> Case:
    """The case with this code, if the reader may see it; else 404. The look is written down."""
    case = get_object_or_404(reader.cases().select_related(*RELATED), code=code)
    handling.note_look(case, reader.user, timezone.now())
    return case


def last_step(case: Case) -> int:
    """The number of the last event that was more than a look: a page carries it, so that the next step can tell
    whether anything happened since."""
    steps = case.events.exclude(kind__in=LOOKS)
    return steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def moved_since(case: Case, seen: str) -> bool:
    """False for a page that does not say what it saw."""
    return seen.isdecimal() and last_step(case) > int(seen)
