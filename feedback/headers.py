"""What browsers and caches between us and a resident may keep."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def for_one_reader(response: HttpResponse) -> HttpResponse:
    """A page with a token: no shared cache keeps it; the reader's browser may, so that "back" keeps what was typed."""
    patch_cache_control(response, private=True, no_cache=True)
    return response


def never_kept(response: HttpResponse) -> HttpResponse:
    """A page that shows a case: kept nowhere and found by no search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def behind_secret_address(response: HttpResponse) -> HttpResponse:
    """A page whose address is a secret: no link on it may tell where the reader came from.

    Not for pages with a guarded form: without a referrer browsers send `Origin: null`, which Django refuses.
    """
    response.headers["Referrer-Policy"] = "no-referrer"
    return never_kept(response)
