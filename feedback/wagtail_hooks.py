"""Topics and routing rules are edited in the admin, and readers' remarks on pages read; cases live at the desk."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView

from feedback.calendar_changes import touched
from feedback.guarding import refuse_deletion
from feedback.models import ApiKey, ReplyTemplate, RoutingRule, Topic
from feedback.views.remarks import remarks
from feedback.views.routing import routing_page
from gandan.folded_lists import FoldedViewSet
from gandan.models import WorkDay
from home.models import Unit


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


class ApiKeyCreateView(CreateView):
    def save_instance(self) -> ApiKey:
        """The key is shown this once; what is kept cannot show it again."""
        row, key = ApiKey.objects.make(self.form.cleaned_data["name"], timezone.now())
        said = _("This key is shown only now. Copy it and hand it over:")
        messages.warning(self.request, format_html("{} <code>{}</code>", said, key))
        return row


class ApiKeyViewSet(FoldedViewSet):
    """Only administrators have it. A key that is not active any more is refused at once."""

    model = ApiKey
    icon = "key"
    menu_label = _("Keys for programs")
    list_display = ["name", "beginning", "is_active", "made_at"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    add_view_class = ApiKeyCreateView
    panels = [FieldPanel("name"), FieldPanel("is_active")]


register_snippet(TopicViewSet)
register_snippet(RoutingRuleViewSet)
register_snippet(ReplyTemplateViewSet)
register_snippet(ApiKeyViewSet)
hooks.register("before_delete_snippet", refuse_deletion)


class RoutingItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, AbstractUser) and request.user.has_perm("feedback.change_routingrule")


@hooks.register("register_admin_urls")
def routing_address() -> list[URLPattern]:
    return [path("ai-tra-loi/", routing_page, name="who_answers")]


@hooks.register("register_admin_menu_item")
def routing_item() -> MenuItem:
    return RoutingItem(
        _("Who answers?"), reverse("who_answers"), name="who-answers", icon_name="redirect", order=225
    )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_of_promises_given(request: HttpRequest, row: Model) -> None:
    """Whoever changes the calendar or a unit's hours reads how many given promises it would touch."""
    if isinstance(row, WorkDay | Unit):
        _tell_touched(request)


@hooks.register("after_delete_snippet")
def tell_of_promises_given_before(request: HttpRequest, rows: Iterable[Model]) -> None:
    if any(isinstance(row, WorkDay) for row in rows):
        _tell_touched(request)


def _tell_touched(request: HttpRequest) -> None:
    number = len(touched(timezone.now()))
    if not number:
        return
    said = ngettext(
        "%(n)d promise given before would be counted otherwise now. It stays as it was given.",
        "%(n)d promises given before would be counted otherwise now. They stay as they were given.",
        number,
    ) % {"n": number}
    link = format_html('<a href="{}">{}</a>', reverse("who_answers"), gettext("See the list"))
    messages.warning(request, format_html("{} {}", said, link))


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
