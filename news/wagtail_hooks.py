from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from news.models import Alert


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    list_display = ["title", "kind", "starts_at", "ends_at", "page"]
    list_filter = ["kind"]
    search_fields = ["title", "text"]
    search_backend_name = None
    add_to_admin_menu = True
    menu_order = 250


register_snippet(AlertViewSet)
