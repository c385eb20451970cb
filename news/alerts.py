"""The alerts of a page: those for every page and those attached to it; the home page shows all of them."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from gandan.templatetags.gandan import bdi
from gandan.tree import Known, page_of
from home.alerts import ShownAlert
from news.models import Alert

URGENCY = [
    Alert.Kind.URGENT,
    Alert.Kind.WARNING,
    Alert.Kind.SERVICE_FAILURE,
    Alert.Kind.SCAM,
    Alert.Kind.INFO,
]


def showing(request: HttpRequest, now: datetime) -> list[ShownAlert]:
    page = page_of(request)
    found = Alert.objects.showing(now).select_related("page").annotate(translated=_translated())
    if page is None or page.relative:
        found = found.filter(Q(page=None) | Q(page__translation_key=page.translation_key if page else None))
    return [_shown(alert, request, page) for alert in sorted(found, key=_urgency)]


def _urgency(alert: Alert) -> int:
    return URGENCY.index(Alert.Kind(alert.kind))


def _shown(alert: Any, request: HttpRequest, page: Known | None) -> ShownAlert:
    leads_on = alert.page is not None and (page is None or alert.page.translation_key != page.translation_key)
    return ShownAlert(
        heading=str(alert.get_kind_display()),
        title=alert.local_title,
        text=format_html("<b>{}</b> {}", _sentence(alert.local_title), alert.local_text),
        until=bdi(date_format(timezone.localtime(alert.ends_at), "H:i d/m")),
        meanwhile=alert.local_meanwhile,
        url=_address(alert, request) if leads_on else "",
        url_text=_("Read more"),
    )


def _sentence(title: str) -> str:
    return title if title[-1:] in {".", "!", "?", "؟", "”"} else f"{title}."


def _translated() -> Subquery:
    """The tree's path of the attached page's live translation in the reader's language."""
    live = Page.objects.filter(live=True, locale__language_code=get_language())
    return Subquery(live.filter(translation_key=OuterRef("page__translation_key")).values("url_path")[:1])


def _address(alert: Any, request: HttpRequest) -> str:
    """Of the translation, else of the page itself; empty when neither is live."""
    if alert.translated:
        return Page(url_path=alert.translated).get_url(request) or ""
    return (alert.page.get_url(request) or "") if alert.page.live else ""
