from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from home import guards
from home.fields import WeeklyHoursField
from home.models.wording import Worded, wording


@register_setting(icon="home", order=1)
class CommuneSettings(Worded, BaseSiteSetting, ClusterableModel):
    """What the commune says about itself on every page."""

    class Kind(models.TextChoices):
        XA = "xa", _("Commune (xã)")
        PHUONG = "phuong", _("Ward (phường)")
        DAC_KHU = "dac_khu", _("Special zone (đặc khu)")

    kind = models.CharField(_("kind of commune"), max_length=10, choices=Kind.choices, default=Kind.XA)
    name, name_en, name_ar = wording(_("name"), max_length=120, blank=True)
    office_name, office_name_en, office_name_ar = wording(
        _("name of the authority"), max_length=200, blank=True
    )
    address, address_en, address_ar = wording(_("address"), max_length=250, blank=True)
    former_units = models.CharField(_("formerly"), max_length=300, blank=True)
    hotline = models.CharField(_("hotline"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    weekly_hours = WeeklyHoursField(_("weekly hours"))
    portal_url = models.URLField(_("national portal"), blank=True, default="https://dichvucong.gov.vn")
    leader = models.ForeignKey(
        "home.Official",
        verbose_name=_("leader"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Receives remarks about officials and cases that nobody else can answer."),
    )
    conduct_reader = models.ForeignKey(
        "home.Official",
        verbose_name=_("reads remarks about the leader"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Usually the chair of the People's Council."),
    )
    is_sample = models.BooleanField(_("this is a sample commune"), default=False)
    sample_note, sample_note_en, sample_note_ar = wording(_("sample notice"), max_length=250, blank=True)

    select_related = ["leader"]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("name"),
                FieldPanel("name_en"),
                FieldPanel("name_ar"),
                FieldPanel("office_name"),
                FieldPanel("office_name_en"),
                FieldPanel("office_name_ar"),
                FieldPanel("former_units"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("address_en"),
                FieldPanel("address_ar"),
                FieldPanel("hotline"),
                FieldPanel("email"),
                FieldPanel("weekly_hours"),
                FieldPanel("portal_url"),
            ],
            heading=_("How to reach us"),
        ),
        InlinePanel("emergency_numbers", heading=_("Emergency numbers"), label=_("Number")),
        MultiFieldPanel([FieldPanel("leader"), FieldPanel("conduct_reader")], heading=_("Who leads")),
        MultiFieldPanel(
            [
                FieldPanel("is_sample"),
                FieldPanel("sample_note"),
                FieldPanel("sample_note_en"),
                FieldPanel("sample_note_ar"),
            ],
            heading=_("Sample"),
        ),
    ]

    class Meta:
        verbose_name = _("commune")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.site_id:
            guards.check(self)

    @property
    def local_office_name(self) -> str:
        return self.words("office_name")

    @property
    def local_address(self) -> str:
        return self.words("address")

    @property
    def local_sample_note(self) -> str:
        return self.words("sample_note")


class EmergencyNumber(Worded, Orderable):
    commune = ParentalKey(CommuneSettings, on_delete=models.CASCADE, related_name="emergency_numbers")
    name, name_en, name_ar = wording(_("name"), max_length=120)
    number = models.CharField(_("number"), max_length=20)

    class Meta(Orderable.Meta):
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
