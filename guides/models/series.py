from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from guides.models.meetings import Meeting, refuse_odd_years
from home.fields import ChoiceSetField

WEEKDAYS = [
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
]
WEEK = 7
LONGEST = timedelta(days=2 * 366)


class SessionSeries(Meeting):
    """Sessions that repeat on weekdays between two days, both included."""

    class OnHoliday(models.TextChoices):
        SKIP = "skip", _("Cancelled")
        MOVE = "move", _("Moved to the next day that is no holiday")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    weekdays = ChoiceSetField(_("on"), choice_set=WEEKDAYS)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    on_holiday = models.CharField(
        _("on a holiday"), max_length=5, choices=OnHoliday.choices, default=OnHoliday.MOVE
    )
    lessons = models.ManyToManyField(
        "guides.TutorialPage", verbose_name=_("lessons"), blank=True, related_name="session_series"
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("area")], heading=_("Where")),
        MultiFieldPanel(
            [
                FieldPanel("weekdays"),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldPanel("on_holiday"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("equipment"),
                FieldPanel("partners"),
                FieldPanel("leader"),
                FieldPanel("needs"),
            ],
            heading=_("Who and what is there"),
        ),
        InlinePanel("roles", heading=_("Volunteers needed"), label=_("Role")),
        FieldPanel("lessons"),
        FieldPanel("key"),
    ]

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.weekdays:
            raise ValidationError({"weekdays": _("Choose at least one weekday.")})
        if not self.first_day or not self.last_day:
            return
        refuse_odd_years(first_day=self.first_day, last_day=self.last_day)
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("It ends before it begins.")})
        if self.last_day - self.first_day > LONGEST:
            raise ValidationError(
                {"last_day": _("A series lasts two years at most. Make another one after it.")}
            )
        if not self._has_a_day():
            raise ValidationError(
                {"weekdays": _("None of these weekdays lies between the first and the last day.")}
            )

    @property
    def weekday_numbers(self) -> set[int]:
        """Monday is 0."""
        return {number for number, (key, _label) in enumerate(WEEKDAYS) if key in self.weekdays}

    def takes_place_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day and day.weekday() in self.weekday_numbers

    def _has_a_day(self) -> bool:
        return any(self.takes_place_on(self.first_day + timedelta(days=number)) for number in range(WEEK))
