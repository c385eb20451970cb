"""Series and sessions in the editors' admin."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from gandan.folded_lists import FoldedViewSet
from guides.admin_session_forms import SeriesForm, SessionForm
from guides.models import Session, SessionSeries
from guides.session_words import was_in_words


class OnTheSitePanel(HelpPanel):
    """What a clerk does next with a session: see it as readers do, print its pack, hand out its calendar file."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = _links(self.instance)

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None


def _links(session: Session | None) -> str:
    if session is None or session.pk is None:
        return ""
    address = f"/buoi-ho-tro/{session.pk}"
    links = [
        (f"{address}/", _now("As readers see it")),
        (f"{address}/bo-in/", _now("Pack to print: door sign, QR sheet, hand-outs, tally sheet")),
        (f"{address}.ics", _now("Calendar file")),
    ]
    was = was_in_words(session)
    told = format_html("<p>{}</p>", _now("Readers see: before, %(before)s.") % {"before": was}) if was else ""
    return format_html("{}<ul>{}</ul>", told, format_html_join("", '<li><a href="{}">{}</a></li>', links))


class SessionSeriesViewSet(FoldedViewSet):
    model = SessionSeries
    icon = "calendar-alt"
    menu_label = _("Series of sessions")
    list_display: ClassVar[list[Any]] = ["title", "kind", "place", "first_day", "last_day", "starts"]
    list_filter: ClassVar[list[str]] = ["place", "kind"]
    search_fields: ClassVar[list[str]] = ["title"]
    edit_handler = ObjectList(
        [*SessionSeries.panels[:3], FieldPanel("planned"), *SessionSeries.panels[3:]],
        base_form_class=SeriesForm,
    )


class SessionViewSet(FoldedViewSet):
    model = Session
    icon = "calendar-check"
    menu_label = _("Sessions")
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("date", label=_("day"), sort_key="date"),
        "starts",
        "place",
        "kind",
        "is_cancelled",
        BooleanColumn("is_edited", label=_("changed by hand")),
        "needs",
    ]
    list_filter: ClassVar[list[str]] = ["place", "kind", "is_cancelled", "date"]
    search_fields: ClassVar[list[str]] = ["title", "place__name"]
    ordering: ClassVar[list[str]] = ["-date"]
    edit_handler = ObjectList(
        [
            OnTheSitePanel(heading=_("On the site")),
            *Session.panels[:2],
            FieldPanel("is_correction"),
            *Session.panels[2:],
        ],
        base_form_class=SessionForm,
    )


@hooks.register("before_delete_snippet")
def keep_what_is_announced(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """A planned session that is still to come is cancelled with a reason, not deleted: readers have noted it."""
    today = timezone.localdate()
    kept = [row for row in instances if isinstance(row, Session) and row.planned_for and row.date >= today]
    for session in kept:
        words = _now("“%(session)s” has been announced. Cancel it with a reason instead of deleting it.")
        messages.error(request, words % {"session": session})
    if not kept:
        return None
    return redirect(type(kept[0]).snippet_viewset.get_url_name("list"))
