from wagtail.snippets.models import register_snippet

from gandan.folded_lists import FoldedViewSet
from news.models import Alert


class AlertViewSet(FoldedViewSet):
    model = Alert
    icon = "warning"
    list_display = ["title", "kind", "starts_at", "ends_at", "page"]
    list_filter = ["kind"]
    search_fields = ["title", "text"]
    add_to_admin_menu = True
    menu_order = 250


register_snippet(AlertViewSet)
