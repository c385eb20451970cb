"""Campaigns such as "45 days and nights": days, a target, a public counter, what inspections saw."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from gandan.text import slug as readable_slug
from guides.models.choices import Subject
from home.models.wording import Worded, wording


class CampaignForm(WagtailAdminModelForm):
    """A clerk need not invent an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = readable_slug(cleaned["title"], 60) or "chien-dich"
        return cleaned


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def public(self) -> "CampaignQuerySet":
        return self.filter(is_public=True)


class Campaign(Worded, ClusterableModel):
    class Of(models.TextChoices):
        HELPED = "helped", _("times somebody was helped")
        SESSIONS = "sessions", _("sessions held")
        DONE = "done", _("times something was done, of one subject")

    title, title_en, title_ar = wording(_("title"), max_length=160)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Left empty, it is made from the title.")
    )
    intro, intro_en, intro_ar = wording(_("introduction"), max_length=500, blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), help_text=_("The last day of the campaign."))
    target = models.PositiveIntegerField(_("target"), validators=[MinValueValidator(1)])
    of = models.CharField(_("target of"), max_length=10, choices=Of.choices, default=Of.HELPED)
    subject = models.CharField(
        _("subject"),
        max_length=10,
        choices=Subject.choices,
        blank=True,
        help_text=_("Only for a target of things done."),
    )
    partners = models.CharField(_("partners"), max_length=400, blank=True)
    is_public = models.BooleanField(_("readers see it"), default=True)

    objects = CampaignQuerySet.as_manager()

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("title_en"), FieldPanel("title_ar")], heading=_("Title")
        ),
        MultiFieldPanel(
            [FieldPanel("intro"), FieldPanel("intro_en"), FieldPanel("intro_ar")], heading=_("Introduction")
        ),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("target"), FieldPanel("of")]), FieldPanel("subject")],
            heading=_("Target"),
        ),
        FieldPanel("partners"),
        InlinePanel("inspections", heading=_("Inspections"), label=_("Inspection")),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("slug")]),
    ]
    base_form_class = CampaignForm

    class Meta:
        ordering: ClassVar[list[str]] = ["-first_day", "pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("It ends before it begins.")})
        if self.of == self.Of.DONE and not self.subject:
            raise ValidationError({"subject": _("Say of which subject.")})

    @property
    def local_intro(self) -> str:
        return self.words("intro")

    def is_running(self, today: date) -> bool:
        return self.first_day <= today <= self.last_day


class Inspection(Orderable):
    """What an official saw on a visit; shown to readers only when marked so."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="inspections")
    date = models.DateField(_("day"))
    seen = models.TextField(
        _("what was seen"), max_length=1000, help_text=_("Without names of residents or volunteers.")
    )
    official = models.ForeignKey(
        "home.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_public = models.BooleanField(_("readers see it"), default=False)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("official")]),
        FieldPanel("seen"),
        FieldPanel("is_public"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}"
