import datetime as dt
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import ProseBlocks
from home.models import BasePage
from home.models.wording import Worded, wording
from news.feed import news_feed
from news.listing import news_list

LONGEST_ALERT = timedelta(days=14)
SYLLABLES_A_MINUTE = 150  # read slowly, over an echo


class NewsIndexPage(RoutablePageMixin, BasePage):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        listed = news_list(NewsPage.objects.all(), request, timezone.localdate())
        return {**super().get_context(request, *args, **kwargs), **listed}

    @path("rss/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return news_feed(self, NewsPage.objects.all(), request)


class NewsPage(RoutablePageMixin, BasePage):
    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        NOTICE = "notice", _("Notice")
        POSTING = "posting", _("Public posting")
        DIALOGUE = "dialogue", _("Dialogue meeting")
        RESULT = "result", _("Result")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    date = models.DateField(_("day"))
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = StreamField(ProseBlocks(), verbose_name=_("text"), blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    areas = ParentalManyToManyField("home.Area", verbose_name=_("areas"), blank=True, related_name="+")
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    document_issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    posted_from = models.DateField(_("posted from"), null=True, blank=True)
    posted_until = models.DateField(
        _("posted until"), null=True, blank=True, help_text=_("The last day of the legal posting period.")
    )
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("After this day readers see that it has ended.")
    )
    is_featured = models.BooleanField(_("on the home page"), default=False)
    spoken_text = models.TextField(
        _("loudspeaker text"), blank=True, help_text=_("At most 150 words, as they are read aloud.")
    )

    template = "news/news_page.html"
    served_with = ("picture", "checked_by")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("document_number", boost=3),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("is_featured")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("areas"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document_number"), FieldPanel("document_date")]),
                FieldPanel("document_issuer"),
                FieldRowPanel([FieldPanel("posted_from"), FieldPanel("posted_until"), FieldPanel("ends_on")]),
            ],
            heading=_("Document and posting"),
        ),
        FieldPanel("spoken_text"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def clean(self) -> None:
        super().clean()
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Say in words what the picture shows.")})
        if self.posted_from and self.posted_until and self.posted_until < self.posted_from:
            raise ValidationError({"posted_until": _("The posting ends before it begins.")})
        if len(self.spoken_text.split()) > 150:
            raise ValidationError({"spoken_text": _("At most 150 words: a listener remembers no more.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            **super().get_context(request, *args, **kwargs),
            "has_ended": self.has_ended(today),
            "is_posted": self.is_posted(today),
            "check_overdue": self.is_check_overdue(today),
        }

    @path("loa/")
    def loudspeaker(self, request: HttpRequest) -> HttpResponse:
        """The loudspeaker text alone, to read aloud or send on."""
        if not self.spoken_text:
            raise Http404
        response = HttpResponse(f"{self.spoken_text}\n", content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{self.slug}.txt"'
        return response

    @property
    def spoken_seconds(self) -> int:
        """How long the text takes read aloud, to the next five seconds: Vietnamese words are single syllables."""
        return -(-len(self.spoken_text.split()) * 60 // SYLLABLES_A_MINUTE // 5) * 5

    def has_ended(self, today: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    def is_posted(self, today: dt.date) -> bool:
        """Within the legal posting period; both days count."""
        return (
            self.posted_from is not None
            and self.posted_until is not None
            and self.posted_from <= today <= self.posted_until
        )


class AlertQuerySet(models.QuerySet["Alert"]):
    def showing(self, now: datetime) -> "AlertQuerySet":
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Alert(Worded, models.Model):
    """A warning above everything else; it always has an end, at most 14 days after its start."""

    class Kind(models.TextChoices):
        INFO = "info", _("For your information")
        WARNING = "warning", _("Warning")
        URGENT = "urgent", _("Urgent")
        SERVICE_FAILURE = "service_failure", _("A service is failing")
        SCAM = "scam", _("Beware of scams")

    key = models.SlugField(_("key"), max_length=60, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.INFO)
    title, title_en, title_ar = wording(_("title"), max_length=120)
    text, text_en, text_ar = wording(_("text"), max_length=400, blank=True)
    meanwhile, meanwhile_en, meanwhile_ar = wording(_("meanwhile, do this"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), help_text=_("At most 14 days after the start."))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("only on this page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: on every page."),
    )

    objects = AlertQuerySet.as_manager()

    panels: ClassVar[list[Any]] = [
        FieldPanel("kind"),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("title_en"), FieldPanel("title_ar")], heading=_("Title")
        ),
        MultiFieldPanel(
            [FieldPanel("text"), FieldPanel("text_en"), FieldPanel("text_ar")], heading=_("Text")
        ),
        MultiFieldPanel(
            [FieldPanel("meanwhile"), FieldPanel("meanwhile_en"), FieldPanel("meanwhile_ar")],
            heading=_("Meanwhile, do this"),
        ),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("page"),
    ]

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not (self.starts_at and self.ends_at):
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The alert ends before it begins.")})
        if self.ends_at - self.starts_at > LONGEST_ALERT:
            raise ValidationError(
                {"ends_at": _("An alert lasts at most 14 days. Write news for what lasts longer.")}
            )

    @property
    def local_text(self) -> str:
        return self.words("text")

    @property
    def local_meanwhile(self) -> str:
        return self.words("meanwhile")
