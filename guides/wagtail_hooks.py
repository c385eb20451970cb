"""Legal documents, series and sessions in the editors' admin."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from gandan.folded_lists import FoldedViewSet
from guides import admin_reports  # noqa: F401  (registers hooks)
from guides.admin_sessions import SessionSeriesViewSet, SessionViewSet
from guides.helping.access import may_oversee
from guides.law_citations import CitingGuidesPanel
from guides.models import Campaign, LegalDocument
from guides.pasting.admin_hooks import paste_item
from guides.tables.admin_menu import TablesViewSet


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


class CampaignViewSet(FoldedViewSet):
    model = Campaign
    icon = "pick"
    menu_label = _("Campaigns")
    list_display: ClassVar[list[Any]] = ["title", "first_day", "last_day", "target", "of", "is_public"]
    list_filter: ClassVar[list[str]] = ["is_public"]
    search_fields: ClassVar[list[str]] = ["title", "title_en"]


@register_snippet
class GuidesViewSetGroup(SnippetViewSetGroup):
    items = (LegalDocumentViewSet, SessionSeriesViewSet, SessionViewSet, CampaignViewSet, TablesViewSet)
    menu_label = _("Guides and sessions")
    menu_name = "guides"
    menu_icon = "list-ul"
    menu_order = 210

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), paste_item()]


class BoardItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_oversee(request.user)


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    return BoardItem(_("Volunteers"), reverse("helping:board"), name="helpers", icon_name="group", order=60)
