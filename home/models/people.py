from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from gandan.keyed_form import KeyedForm
from gandan.phones import phone_digits
from gandan.text import SortKey, given_name_key
from home import guards
from home.fields import WeeklyHoursField
from home.models.wording import Worded, wording


class User(AbstractUser):
    """An account of the commune's staff or volunteers; residents have none."""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def clean(self) -> None:
        super().clean()
        guards.check(self)


class Unit(Worded, models.Model):
    """A unit of the commune that answers: it has desk hours and an hour by which it promises to answer."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name, name_en, name_ar = wording(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    weekly_hours = WeeklyHoursField(_("weekly hours"))
    answer_by = models.TimeField(
        _("answers by"),
        default="16:00",
        help_text=_("The hour of the due day by which an answer is promised."),
    )
    head = models.ForeignKey(
        "home.Official",
        verbose_name=_("head"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="heads",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("name_ar")], heading=_("Names")
        ),
        FieldPanel("key"),
        FieldPanel("phone"),
        FieldPanel("weekly_hours"),
        FieldRowPanel([FieldPanel("answer_by"), FieldPanel("order")]),
        FieldPanel("head"),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        guards.check(self)


class OfficialQuerySet(models.QuerySet["Official"]):
    def active(self, today: date) -> "OfficialQuerySet":
        """In office on that day; the first and the last day count."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=today)).filter(
            Q(until__isnull=True) | Q(until__gte=today)
        )


class Official(Worded, index.Indexed, models.Model):
    key = models.SlugField(_("key"), max_length=40, unique=True)
    user = models.OneToOneField(
        User,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="official",
    )
    name = models.CharField(_("full name"), max_length=120)
    title, title_en, title_ar = wording(_("job title"), max_length=160)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="officials")
    duties, duties_en, duties_ar = wording(_("duties"), max_length=400, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    counter = models.CharField(_("counter"), max_length=40, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    since = models.DateField(_("in office from"), null=True, blank=True)
    until = models.DateField(_("in office until"), null=True, blank=True)
    is_away = models.BooleanField(_("away"), default=False)
    away_until = models.DateField(_("away until"), null=True, blank=True, help_text=_("The last day away."))
    deputy = models.ForeignKey(
        "self",
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputises_for",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfficialQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("search_title", boost=5),
        index.SearchField("search_body"),
        index.AutocompleteField("search_title"),
    ]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("title"), FieldPanel("title_en"), FieldPanel("title_ar")],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldPanel("duties"),
                FieldPanel("duties_en"),
                FieldPanel("duties_ar"),
                FieldPanel("office_phone"),
                FieldPanel("counter"),
                FieldPanel("photo"),
            ],
            heading=_("What residents see"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                FieldRowPanel([FieldPanel("is_away"), FieldPanel("away_until")]),
                FieldPanel("deputy"),
            ],
            heading=_("In office, away, deputy"),
        ),
        MultiFieldPanel([FieldPanel("key"), FieldPanel("user"), FieldPanel("order")], heading=_("Site")),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["unit__order", "order", "pk"]
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pk and self.deputy_id == self.pk:
            raise ValidationError({"deputy": _("Choose somebody else as deputy.")})
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("It ends before it begins.")})
        if self.unit_id:
            guards.check(self)

    @property
    def search_title(self) -> str:
        return self.name

    @property
    def search_body(self) -> str:
        phone = phone_digits(self.office_phone)
        return " ".join(
            [self.title, self.title_en, self.title_ar, self.duties, self.duties_en, self.duties_ar, phone]
        )

    @property
    def sort_name(self) -> tuple[SortKey, SortKey]:
        return given_name_key(self.name)

    def is_active(self, today: date) -> bool:
        return (self.since is None or self.since <= today) and (self.until is None or today <= self.until)

    def is_absent(self, today: date) -> bool:
        """Away today; `away_until` is the last day away, an absence without an end goes on."""
        return self.is_away and (self.away_until is None or today <= self.away_until)
