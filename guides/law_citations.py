"""Who cites a legal document, told to the clerk who edits it: those guides are to be looked at when it changes."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import HelpPanel

from gandan.refusals import edit_address
from guides.models import LegalDocument, ProcedurePage


class CitingGuidesPanel(HelpPanel):
    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = citing_guides(self.instance, timezone.localdate())

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None


def citing_guides(document: LegalDocument | None, today: date) -> SafeString:
    if document is None or document.pk is None:
        return SafeString()
    guides = ProcedurePage.objects.filter(legal_basis__document=document, alias_of=None).distinct()
    rows = [
        (
            edit_address(guide, "legal_basis"),
            guide.title,
            guide.locale.get_display_name(),
            guide.status_string,
        )
        for guide in guides.select_related("locale").order_by("title", "pk")
    ]
    if not rows:
        return format_html("<p>{}</p>", _("No guide cites this document."))
    listed = format_html_join("", '<li><a href="{}">{}</a> ({}, {})</li>', rows)
    return format_html("{}<ul>{}</ul>", _warning(document, len(rows), today), listed)


def _warning(document: LegalDocument, count: int, today: date) -> SafeString:
    if document.is_in_force(today):
        return SafeString()
    words = ngettext(
        "This document is no longer in force. %(count)d guide still cites it: look at it again.",
        "This document is no longer in force. %(count)d guides still cite it: look at them again.",
        count,
    )
    return format_html("<p><b>{}</b></p>", words % {"count": count})
