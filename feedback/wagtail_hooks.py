"""Topics and routing rules are edited in the admin, and readers' remarks on pages read; cases live at the desk."""

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from feedback.models import ReplyTemplate, RoutingRule, Topic
from feedback.views.remarks import remarks
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


class ReplyTemplateViewSet(FoldedViewSet):
    model = ReplyTemplate
    icon = "openquote"
    list_display = ["title", "step", "topic", "is_active"]
    list_filter = ["step", "topic", "is_active"]
    search_fields = ["title", "text"]
    ordering = ["step", "order", "pk"]
    list_per_page = 50


register_snippet(TopicViewSet)
register_snippet(RoutingRuleViewSet)
register_snippet(ReplyTemplateViewSet)


class RemarksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, AbstractUser) and request.user.has_perm("feedback.view_pagevote")


@hooks.register("register_admin_urls")
def remarks_address() -> list[URLPattern]:
    return [path("nhan-xet/", remarks, name="readers_remarks")]


@hooks.register("register_admin_menu_item")
def remarks_item() -> MenuItem:
    address = reverse("readers_remarks")
    return RemarksItem(_("Readers' remarks"), address, name="remarks", icon_name="comment", order=230)
