from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from gandan.folded_lists import FoldedViewSet
from gandan.models import WorkDay
from home.models import Area, Official, Place, ShortLink, Unit
from home.packs import admin_hooks  # noqa: F401


class UnitViewSet(FoldedViewSet):
    model = Unit
    icon = "group"
    list_display = ["name", "phone", "head", "answer_by"]
    search_fields = ["name", "name_en", "phone"]


class OfficialViewSet(FoldedViewSet):
    model = Official
    icon = "user"
    list_display = ["name", "title", "unit", "office_phone", "is_away", "deputy"]
    list_filter = ["unit", "is_away"]
    search_fields = ["name", "title", "duties", "office_phone"]


class AreaViewSet(FoldedViewSet):
    model = Area
    icon = "map"
    list_display = ["name", "kind", "former_unit"]
    list_filter = ["kind", "former_unit"]
    search_fields = ["name", "former_unit", "aliases"]


class PlaceViewSet(FoldedViewSet):
    model = Place
    icon = "home"
    list_display = ["name", "kind", "address", "phone"]
    list_filter = ["kind", "area"]
    search_fields = ["name", "name_en", "address"]


class WorkDayViewSet(FoldedViewSet):
    model = WorkDay
    icon = "calendar-alt"
    list_display = ["date", "kind", "note"]
    list_filter = ["kind"]
    search_fields = ["note"]


class ShortLinkViewSet(FoldedViewSet):
    model = ShortLink
    icon = "link"
    list_display = ["code", "page", "path"]
    search_fields = ["code", "path"]


class CommuneViewSetGroup(SnippetViewSetGroup):
    """What the commune is made of, together in the menu."""

    items = (
        OfficialViewSet,
        UnitViewSet,
        PlaceViewSet,
        AreaViewSet,
        WorkDayViewSet,
        ShortLinkViewSet,
    )
    menu_label = _("The commune")
    menu_icon = "home"
    menu_name = "commune"
    menu_order = 300
    add_to_admin_menu = True


register_snippet(CommuneViewSetGroup)
