from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from guides.coming import session_context, sessions_context
from guides.models.meetings import Meeting, refuse_odd_years
from guides.models.series import SessionSeries
from home.models import BasePage

# What a resident who noted the session would notice; a change of one of these raises SEQUENCE in calendar files.
NOTICED = ("title", "date", "starts", "ends", "place_id", "is_cancelled", "moved_to")


class SessionsPage(RoutablePageMixin, BasePage):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "guides/sessions_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("page of help sessions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        address = self.get_url(request)
        way = [{"title": self.title, "url": address}]
        return {**super().get_context(request, *args, **kwargs), "list_url": address, "way": way}

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, weeks = request.GET.get("thon", ""), request.GET.get("tuan", "")
        context = sessions_context(asked, timezone.now(), weeks)
        return self.render(request, context_overrides=context)

    @path("<int:number>/", name="session")
    def session_view(self, request: HttpRequest, number: int) -> HttpResponse:
        context = session_context(number, timezone.now())
        if context is None:
            raise Http404
        return self.render(request, context_overrides=context, template="guides/session_page.html")


class Session(index.Indexed, Meeting):
    """One evening. A cancelled, moved or changed one stays visible with its reason and what was announced first."""

    HAMLET: ClassVar[Any] = Coalesce("area", "place__area")  # for statements what `hamlet` is for one session

    series = models.ForeignKey(
        SessionSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sessions",
    )
    date = models.DateField(_("day"))
    planned_for = models.DateField(
        _("planned for"), null=True, blank=True, help_text=_("The day of the series this session stands for.")
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, help_text=_("Of a cancellation or a change. Readers see it.")
    )
    moved_to = models.DateField(
        _("moved to"),
        null=True,
        blank=True,
        help_text=_("A new session is made for that day: same hour, same place, same lessons."),
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("stands in for"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="replacement",
    )
    lessons = models.ManyToManyField(
        "guides.TutorialPage", verbose_name=_("lessons"), blank=True, related_name="sessions"
    )
    announced_date = models.DateField(null=True, editable=False)
    announced_starts = models.TimeField(null=True, editable=False)
    announced_ends = models.TimeField(null=True, editable=False)
    announced_place = models.ForeignKey(
        "home.Place", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    is_edited = models.BooleanField(_("changed by hand"), default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    search_fields: ClassVar[list[Any]] = [index.SearchField("title"), index.FilterField("date")]
    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("area"),
                FieldRowPanel([FieldPanel("date"), FieldPanel("starts"), FieldPanel("ends")]),
            ],
            heading=_("Where and when"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("reason"), FieldPanel("moved_to")],
            heading=_("Cancelled or moved"),
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
        refuse_odd_years(date=self.date, moved_to=self.moved_to)
        if self.is_cancelled and not self.reason:
            raise ValidationError({"reason": _("Say why it is cancelled.")})
        if self.moved_to and not self.is_cancelled:
            raise ValidationError(
                {
                    "moved_to": _(
                        "Either tick “cancelled” as well, or leave this empty and change the day above."
                    )
                }
            )
        if self.moved_to and self.moved_to == self.date:
            raise ValidationError({"moved_to": _("This is the day it is moved from.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The one place where a change raises `sequence`. Always writes every column."""
        before = Session.objects.filter(pk=self.pk).values("sequence", *NOTICED).first()
        if before is None:
            self.announce()
        elif any(before[name] != self._typed(name) for name in NOTICED):
            self.sequence = before["sequence"] + 1
        self.changed_at = timezone.now()
        super().save(*args, **{**kwargs, "update_fields": None})

    def _typed(self, name: str) -> Any:
        """As the database gives it back: a time may have been handed in as text."""
        return self._meta.get_field(name).to_python(getattr(self, name))

    def announce(self) -> None:
        """From now on readers take the present day, hour and place for those announced first."""
        self.announced_date, self.announced_place_id = self.date, self.place_id
        self.announced_starts, self.announced_ends = self.starts, self.ends

    @property
    def hamlet(self) -> Any:
        """None where neither the session nor its place belongs to one."""
        return self.area or self.place.area
