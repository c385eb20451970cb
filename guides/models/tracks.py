from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page
from wagtail.search import index

from guides.models.procedures import GuidesIndexPage, lists_of
from guides.models.rows import Row
from guides.models.tutorials import TutorialPage
from guides.tracks import track_context
from home.models import BasePage


class TrackPage(BasePage):
    """Lessons in the order to learn them. A row names the Vietnamese lesson; readers get it in their language."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    goal = models.CharField(
        _("goal"), max_length=300, blank=True, help_text=_("What one can do after the last lesson.")
    )

    template = "guides/track_page.html"
    parent_page_types = ["guides.GuidesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("goal"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("goal"),
        InlinePanel("steps", heading=_("Lessons in order"), label=_("Lesson"), min_num=1),
        BasePage.checking_panel,
    ]

    class Meta:
        verbose_name = _("track of lessons")
        verbose_name_plural = _("tracks of lessons")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) == GuidesIndexPage.Lists.LESSONS

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **track_context(self, request, timezone.localdate()),
        }


class TrackStep(Row):
    page = ParentalKey(TrackPage, on_delete=models.CASCADE, related_name="steps")
    lesson = models.ForeignKey(
        TutorialPage, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(_("why it comes here"), max_length=200, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("lesson"), FieldPanel("note")]

    class Meta(Row.Meta):
        verbose_name = _("lesson of a track")
        verbose_name_plural = _("lessons of a track")

    def __str__(self) -> str:
        return str(self.lesson)
