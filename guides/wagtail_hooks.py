"""Legal documents, series and sessions in the editors' admin."""

from typing import Any, ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from gandan.folded_lists import FoldedViewSet
from guides.models import LegalDocument, ProcedurePage, Session, SessionSeries


class CitingGuidesPanel(HelpPanel):
    """The guides that cite a legal document: those to look at again when it changes."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = _citing_guides(self.instance)

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None


def _citing_guides(document: LegalDocument | None) -> str:
    if document is None or document.pk is None:
        return ""
    guides = ProcedurePage.objects.filter(legal_basis__document=document).distinct().order_by("title")
    rows = [(f"/admin/pages/{guide.pk}/edit/", guide.title) for guide in guides]
    if not rows:
        return str(_("No guide cites this document."))
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', rows))


class LegalDocumentViewSet(FoldedViewSet):
    model = LegalDocument
    icon = "doc-full"
    menu_label = _("Legal documents")
    list_display: ClassVar[list[Any]] = [
        "number",
        "kind",
        "title",
        "in_force_from",
        "in_force_to",
        "replaced_by",
    ]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["number", "title"]
    panels: ClassVar[list[Panel | FieldPanel]] = [
        *LegalDocument.panels,
        CitingGuidesPanel(heading=_("Guides that cite this")),
    ]


class SessionSeriesViewSet(FoldedViewSet):
    model = SessionSeries
    icon = "calendar-alt"
    menu_label = _("Series of sessions")
    list_display: ClassVar[list[Any]] = ["title", "place", "first_day", "last_day", "starts"]
    list_filter: ClassVar[list[str]] = ["place", "kind"]
    search_fields: ClassVar[list[str]] = ["title"]


class SessionViewSet(FoldedViewSet):
    model = Session
    icon = "calendar-check"
    menu_label = _("Sessions")
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("date", label=_("day"), sort_key="date"),
        "starts",
        "place",
        "is_cancelled",
        "needs",
    ]
    list_filter: ClassVar[list[str]] = ["place", "is_cancelled", "date"]
    search_fields: ClassVar[list[str]] = ["title", "place__name"]
    ordering: ClassVar[list[str]] = ["-date"]


@register_snippet
class GuidesViewSetGroup(SnippetViewSetGroup):
    items = (LegalDocumentViewSet, SessionSeriesViewSet, SessionViewSet)
    menu_label = _("Guides and sessions")
    menu_name = "guides"
    menu_icon = "list-ul"
    menu_order = 210
