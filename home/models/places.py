from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from gandan.keyed_form import KeyedForm
from gandan.phones import phone_digits
from home.fields import ChoiceSetField, WeeklyHoursField
from home.models.wording import Worded, wording

FACILITIES = [
    ("wifi", _("Wi-Fi")),
    ("water", _("drinking water")),
    ("fan", _("fans")),
    ("seats", _("seats")),
    ("chargers", _("phone chargers")),
    ("ramp", _("ramp")),
    ("lift", _("lift")),
    ("toilet", _("toilet")),
    ("parking", _("parking")),
    ("glasses", _("reading glasses")),
    ("computers", _("computers")),
    ("printer", _("printer")),
    ("queue", _("queue numbers")),
]


class Area(Worded, index.Indexed, models.Model):
    """A hamlet or residential group; former names and former communes stay findable."""

    class Kind(models.TextChoices):
        THON = "thon", _("hamlet (thôn)")
        AP = "ap", _("hamlet (ấp)")
        BAN = "ban", _("village (bản)")
        BUON = "buon", _("village (buôn)")
        KHU = "khu", _("quarter (khu)")
        TO = "to", _("residential group (tổ dân phố)")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.THON)
    name, name_en, name_ar = wording(_("name"), max_length=120)
    former_unit = models.CharField(_("formerly part of"), max_length=120, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One name a line."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("search_title", boost=5),
        index.AutocompleteField("search_title"),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name

    @property
    def search_title(self) -> str:
        """All its names, one a line: also those of before it was merged."""
        names = [self.name, self.name_en, self.name_ar, *self.aliases.splitlines(), self.former_unit]
        return "\n".join(name for name in names if name)


class Place(Worded, index.Indexed, ClusterableModel):
    class Kind(models.TextChoices):
        CENTRE = "centre", _("Public administration service centre")
        POLICE = "police", _("Commune police")
        CULTURE = "culture", _("Culture house")
        OFFICE = "office", _("Office")
        OTHER = "other", _("Other place")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OFFICE)
    name, name_en, name_ar = wording(_("name"), max_length=200)
    address, address_en, address_ar = wording(_("address"), max_length=250)
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.SET_NULL, related_name="places"
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    weekly_hours = WeeklyHoursField(_("weekly hours"))
    facilities = ChoiceSetField(_("what is there"), choice_set=FACILITIES)
    equipment, equipment_en, equipment_ar = wording(_("equipment"), max_length=300, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("search_title", boost=5),
        index.SearchField("search_body"),
        index.AutocompleteField("search_title"),
    ]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("name_ar"), FieldPanel("kind")],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("address_en"),
                FieldPanel("address_ar"),
                FieldPanel("area"),
                FieldPanel("phone"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("weekly_hours"),
        InlinePanel("counters", heading=_("Counters with hours of their own"), label=_("Counter")),
        MultiFieldPanel(
            [
                FieldPanel("facilities"),
                FieldPanel("equipment"),
                FieldPanel("equipment_en"),
                FieldPanel("equipment_ar"),
                FieldPanel("photo"),
                FieldPanel("photo_alt"),
            ],
            heading=_("What is there"),
        ),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name

    @property
    def local_address(self) -> str:
        return self.words("address")

    @property
    def local_equipment(self) -> str:
        return self.words("equipment")

    @property
    def search_title(self) -> str:
        return self.name

    @property
    def search_body(self) -> str:
        phone = phone_digits(self.phone)
        return " ".join([self.name_en, self.name_ar, self.address, self.address_en, self.address_ar, phone])


class PlaceCounter(Worded, Orderable):
    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="counters")
    name, name_en, name_ar = wording(_("name"), max_length=120)
    unit = models.ForeignKey(
        "home.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    weekly_hours = WeeklyHoursField(_("weekly hours"), help_text=_("Empty: the hours of the place."))

    class Meta(Orderable.Meta):
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> dict[str, str]:
        return self.weekly_hours or self.place.weekly_hours
