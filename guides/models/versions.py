from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from guides.versions_reading import past_version_context, past_versions_context


class PastVersion(models.Model):
    """A guide as it was read before its facts changed, or before it was taken off the site.

    `shown` holds the page's own fields that readers see beside the sheet; `changes` what differs in the version
    after it (`guides.versions_facts`), empty while nothing came after.
    """

    page = models.ForeignKey(
        "guides.ProcedurePage",
        verbose_name=_("guide"),
        on_delete=models.CASCADE,
        related_name="past_versions",
    )
    number = models.PositiveIntegerField(_("number"))
    sheet = models.JSONField(default=dict)
    shown = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=list)
    first_day = models.DateField(_("read from"), null=True, blank=True)
    last_day = models.DateField(_("valid until"), help_text=_("The last valid day."))
    replaced_on = models.DateField(_("replaced on"), db_index=True)
    replaced_by = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_end = models.BooleanField(_("the guide was taken off the site"), default=False)
    created_at = models.DateTimeField(_("kept since"))

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_past_version_a_number")]
        verbose_name = _("old version of a guide")
        verbose_name_plural = _("old versions of guides")

    def __str__(self) -> str:
        return f"{self.shown.get('title', '')} ({self.number})"


class WithPastVersions(RoutablePageMixin):
    """The addresses of a guide's old versions."""

    @path("ban-cu/", name="past_versions")
    def past_versions_view(self, request: HttpRequest) -> HttpResponse:
        context = past_versions_context(self)
        return self.render(request, context_overrides=context, template="guides/past_versions.html")

    @path("ban-cu/<int:number>/", name="past_version")
    def past_version_view(self, request: HttpRequest, number: int) -> HttpResponse:
        address = self.get_url(request) or ""
        context: dict[str, Any] = past_version_context(self, number, address, timezone.localdate())
        return self.render(request, context_overrides=context, template="guides/past_version.html")
