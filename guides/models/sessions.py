from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from gandan.keyed_form import KeyedForm
from guides.coming import sessions_context
from home.fields import ChoiceSetField
from home.models import BasePage

WEEKDAYS = [
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
]


class SessionsPage(BasePage):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "guides/sessions_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("page of help sessions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = request.GET.get("thon", "")
        return {
            **super().get_context(request, *args, **kwargs),
            **sessions_context(self, asked, timezone.now()),
        }


class SessionSeries(models.Model):
    """Sessions that repeat on weekdays between two days, both included."""

    class Kind(models.TextChoices):
        EVENING = "evening", _("Evening class")
        COUNTER = "counter", _("At the counter")
        DOOR = "door", _("Door to door")
        SCHOOL = "school", _("At school")

    class OnHoliday(models.TextChoices):
        SKIP = "skip", _("Cancelled")
        MOVE = "move", _("Moved to the next day that is no holiday")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.EVENING)
    place = models.ForeignKey(
        "home.Place", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    weekdays = ChoiceSetField(_("on"), choice_set=WEEKDAYS)
    starts = models.TimeField(_("starts"), default="19:00")
    ends = models.TimeField(_("ends"), default="21:00")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    on_holiday = models.CharField(
        _("on a holiday"), max_length=5, choices=OnHoliday.choices, default=OnHoliday.MOVE
    )
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    needs = models.CharField(_("help still needed"), max_length=200, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("place")]),
        MultiFieldPanel(
            [
                FieldPanel("weekdays"),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldPanel("on_holiday"),
            ],
            heading=_("When"),
        ),
        FieldPanel("audience"),
        FieldPanel("equipment"),
        FieldPanel("needs"),
        FieldPanel("key"),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("It ends before it begins.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("It ends before it begins.")})
        if not self.weekdays:
            raise ValidationError({"weekdays": _("Choose at least one weekday.")})


class Session(index.Indexed, models.Model):
    """One evening. A cancelled or moved one stays visible with its reason."""

    series = models.ForeignKey(
        SessionSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sessions",
    )
    title = models.CharField(_("title"), max_length=200)
    place = models.ForeignKey(
        "home.Place", verbose_name=_("place"), on_delete=models.PROTECT, related_name="sessions"
    )
    date = models.DateField(_("day"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    planned_for = models.DateField(
        _("planned for"), null=True, blank=True, help_text=_("The day of the series this session stands for.")
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    moved_to = models.DateField(_("moved to"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    needs = models.CharField(_("help still needed"), max_length=200, blank=True)
    lessons = models.ManyToManyField(
        "guides.TutorialPage", verbose_name=_("lessons"), blank=True, related_name="sessions"
    )

    search_fields: ClassVar[list[Any]] = [index.SearchField("title"), index.FilterField("date")]
    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("starts"), FieldPanel("ends")]),
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("reason"), FieldPanel("moved_to")],
            heading=_("Cancelled or moved"),
        ),
        FieldPanel("equipment"),
        FieldPanel("needs"),
        FieldPanel("lessons"),
    ]

    class Meta:
        ordering = ["date", "starts", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_for"], name="one_session_a_day_of_a_series")
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("It ends before it begins.")})
        if self.is_cancelled and not self.reason:
            raise ValidationError({"reason": _("Say why it is cancelled.")})
