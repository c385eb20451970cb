"""Topics and routing rules are edited in the admin; cases never are: they live at the desk."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from feedback.models import RoutingRule, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "unit", "working_days", "is_open", "order"]
    list_filter = ["unit", "is_open"]
    search_fields = ["name", "name_en", "key"]
    ordering = ["order", "pk"]
    list_per_page = 50


class RoutingRuleViewSet(SnippetViewSet):
    model = RoutingRule
    icon = "redirect"
    list_display = ["order", "topic", "area", "kind", "unit", "official", "is_active"]
    list_filter = ["topic", "unit", "official", "is_active"]
    ordering = ["order", "pk"]
    list_per_page = 100


register_snippet(TopicViewSet)
register_snippet(RoutingRuleViewSet)
