from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from gandan.tree import page_of, tree_of
from home.blocks import ProseBlocks
from home.commune import commune_of
from home.models.base import BasePage
from home.opening import opening
from home.sections import section

SECTIONS = ("most_used", "life_events", "next_session", "latest_news", "news_url")


class HomePage(BasePage):
    question = models.CharField(
        _("question above the search box"), max_length=80, blank=True, help_text=_("Two short lines at most.")
    )
    examples = models.TextField(
        _("example searches"),
        blank=True,
        help_text=_("One search a line; the first is shown inside the box."),
    )

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)
    subpage_types = [
        "home.InfoPage",
        "guides.GuidesIndexPage",
        "guides.SessionsPage",
        "news.NewsIndexPage",
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("examples"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        commune = commune_of(request)
        return {
            **super().get_context(request, *args, **kwargs),
            **{name: section(name, request, now) for name in SECTIONS},
            "today": timezone.localdate(now),
            "opening": opening(commune.settings.weekly_hours, now) if commune else None,
        }

    @property
    def example_list(self) -> list[str]:
        return [line.strip() for line in self.examples.splitlines() if line.strip()]


class InfoPage(BasePage):
    served_with = ("checked_by",)

    summary = models.CharField(_("summary"), max_length=250, blank=True)
    body = StreamField(ProseBlocks(), verbose_name=_("text"), blank=True)

    template = "home/info_page.html"
    parent_page_types = ["home.HomePage", "home.InfoPage"]
    subpage_types = ["home.InfoPage"]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        BasePage.checking_panel,
    ]

    class Meta:
        verbose_name = _("info page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        own = page_of(request)
        below = [each for each in tree_of(request).pages if own and each.is_below(own)]
        return {
            **super().get_context(request, *args, **kwargs),
            "below": [each for each in below if own and each.depth == own.depth + 1],
            "check_overdue": self.is_check_overdue(timezone.localdate()),
        }
