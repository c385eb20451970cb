"""When the database does not answer: a page that says so, gives what was typed back and whom to call, and needs none.

Only the forms of the namespaces in `KEEPS_TYPED` come back with their fields: no page shows passwords again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

WAIT = 30  # seconds until a browser may try again
LONGEST_HIDDEN = 80  # characters of a value that need not be seen; longer ones are shown, to be copied
LONGEST = 20_000  # characters of a value that come back
MOST_FIELDS = 40
KEEPS_TYPED = frozenset(["feedback", "desk", "commitments_desk"])
UNSEEN = frozenset(["csrfmiddlewaretoken", "token", "opened", "seen"])

logger = logging.getLogger("gandan.database")
_phones: list[str] = []


@dataclass(frozen=True)
class Kept:
    name: str
    value: str
    is_shown: bool


def remember_phone(number: str) -> None:
    """The hotline as it was last read, for the page that cannot ask."""
    if number and _phones != [number]:
        _phones[:] = [number]


class DatabaseLossMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        logger.error("the database does not answer: %s", type(exception).__name__)
        context = {
            "kept": _kept(request),
            "action": request.path,
            "had_files": bool(request.method == "POST" and request.FILES),
            "phone": _phones[0] if _phones else "",
        }
        # Without the request: a context processor would ask the database.
        response = HttpResponse(render_to_string("503.html", context), status=503)
        response.headers["Retry-After"] = str(WAIT)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _kept(request: HttpRequest) -> list[Kept]:
    found = request.resolver_match
    if request.method != "POST" or found is None or found.app_name not in KEEPS_TYPED:
        return []
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except (MultiPartParserError, OSError):
        return []
    return [
        Kept(name, value[:LONGEST], is_shown=name not in UNSEEN and _is_writing(value))
        for name, value in posted[:MOST_FIELDS]
    ]


def _is_writing(value: str) -> bool:
    return len(value) > LONGEST_HIDDEN or "\n" in value or value.count(" ") > 2
