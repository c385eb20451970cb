"""What the frame of every public page needs: commune, menu, footer, languages, alerts.

All of it is lazy, so that a page that shows none asks nothing, and none of it looks at the session or the
reader, so that public pages carry no cookie and vary on nothing. Together at most three statements.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from home.alerts import showing
from home.commune import commune_of
from home.navigation import alternates, canonical, crumbs, fixed_address, footer_links, languages, menu


def commune(request: HttpRequest) -> dict[str, Any]:
    """Nothing for Wagtail's own pages, whose templates mean something else by `search_url` and `menu`."""
    if request.path_info.startswith("/admin/") and not getattr(request, "is_dummy", False):
        return {}
    return {
        "commune": SimpleLazyObject(lambda: commune_of(request)),
        "home_url": reverse("wagtail_serve", args=[""]),
        "search_url": fixed_address("search:page"),
        "menu": SimpleLazyObject(lambda: menu(request)),
        "footer_links": SimpleLazyObject(lambda: footer_links(request)),
        "languages": SimpleLazyObject(lambda: languages(request)),
        "crumbs": SimpleLazyObject(lambda: crumbs(request)),
        "site_url": settings.BASE_URL.rstrip("/"),
        "canonical_url": SimpleLazyObject(lambda: canonical(request)),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
        "alerts": SimpleLazyObject(lambda: showing(request, timezone.now())),
    }
