"""Topics and routing rules are edited in the admin; cases never are: they live at the desk."""

from wagtail.snippets.models import register_snippet

from feedback.models import RoutingRule, Topic
from gandan.folded_lists import FoldedViewSet


class TopicViewSet(FoldedViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "unit", "working_days", "is_open", "order"]
    list_filter = ["unit", "is_open"]
    search_fields = ["name", "name_en", "key"]
    ordering = ["order", "pk"]
    list_per_page = 50


class RoutingRuleViewSet(FoldedViewSet):
    model = RoutingRule
    icon = "redirect"
    list_display = ["order", "topic", "area", "kind", "unit", "official", "is_active"]
    list_filter = ["topic", "unit", "official", "is_active"]
    search_fields = ["topic__name", "unit__name", "official__name"]
    ordering = ["order", "pk"]
    list_per_page = 100


register_snippet(TopicViewSet)
register_snippet(RoutingRuleViewSet)
