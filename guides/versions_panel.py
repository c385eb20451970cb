"""The panel "Next version" of the editor: how to prepare one, what is planned, here and in the other languages."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Revision

from guides.sheet import build_sheet
from guides.versions import as_stored
from guides.versions_facts import changes
from guides.versions_words import ChangeWords, in_words


class NextVersionPanel(HelpPanel):
    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = next_version(self.instance)


def next_version(page: Any) -> SafeString:
    planned = page.scheduled_revision if page is not None and page.pk else None
    told = _planned(page, planned) if planned else _how_to()
    return format_html("{}{}", told, _other_languages(page) if page is not None and page.pk else "")


def _how_to() -> SafeString:
    words = _(
        "To prepare a text that holds from a later day, write it here today, set that day in “valid from” and "
        "publish. Readers keep the present text until then; afterwards it stays readable as an old version."
    )
    return format_html("<p>{}</p>", words)


def _planned(page: Any, revision: Revision) -> SafeString:
    when = timezone.localtime(revision.approved_go_live_at)
    goes_live = _(
        "The next version goes live on %(day)s at %(hour)s. Until then readers see the present one."
    )
    locked = _("It cannot be edited while it waits: cancel the planned publishing first.")
    return format_html(
        '<p><b>{}</b></p>{}<p>{} <a href="{}">{}</a></p>',
        goes_live % {"day": f"{when:%d/%m/%Y}", "hour": f"{when:%H:%M}"},
        _changes(page, revision),
        locked,
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", revision.pk]),
        _("Compare with the present version"),
    )


def _changes(page: Any, revision: Revision) -> SafeString:
    """The facts that will change, as readers will be told."""
    before, coming = as_stored(page), revision.as_object()
    coming.sheet = build_sheet(coming)
    found = in_words(changes(before, coming)) if before is not None and before.live else []
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_line(one),) for one in found)))


def _line(change: ChangeWords) -> SafeString:
    if change.note:
        return format_html("<b>{}.</b> {}", change.label, change.note)
    pair = (_("Before:"), change.old, _("Now:"), change.new)
    return format_html("<b>{}.</b> {} {}. {} {}.", change.label, *pair)


def _other_languages(page: Any) -> SafeString:
    """Each language is published by itself: a version planned in one alone would leave the others behind."""
    others = page.get_translations().select_related("locale")
    rows = [
        (reverse("wagtailadmin_pages:edit", args=[other.pk]), other.locale.get_display_name(), _state(other))
        for other in others
        if other.alias_of_id is None
    ]
    if not rows:
        return SafeString()
    listed = format_html_join("", '<li><a href="{}">{}</a>: {}</li>', rows)
    return format_html("<p>{}</p><ul>{}</ul>", _("In the other languages:"), listed)


def _state(other: Any) -> str:
    planned = other.scheduled_revision
    if planned is None:
        return _("nothing planned")
    when = timezone.localtime(planned.approved_go_live_at)
    return _("planned for %(day)s") % {"day": f"{when:%d/%m/%Y}"}
