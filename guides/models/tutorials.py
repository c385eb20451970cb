from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from gandan.planned import Gap
from guides.gate import as_published, refuse_incomplete
from guides.lesson_form import LessonForm
from guides.lesson_rules import missing_in_lesson
from guides.lessons import lesson_context, tags_context
from guides.models.choices import LIFE_EVENTS
from guides.models.procedures import GuidesIndexPage, lists_of
from guides.models.rows import same_in_every_language
from guides.models.skills import DIGCOMP_AREAS, SKILL_ITEMS
from guides.on_paper import paper_context
from home.fields import ChoiceSetField
from home.models import BasePage


class TutorialPage(RoutablePageMixin, BasePage):
    """A lesson of cards: one action a card."""

    class Level(models.IntegerChoices):
        FIRST_TOUCH = 0, _("0: holding the phone")
        BASIC = 1, _("1: with someone beside you")
        ALONE = 2, _("2: on your own")
        HELPER = 3, _("3: helping others")

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.BASIC)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    app_name = models.CharField(_("app"), max_length=80, blank=True)
    app_version = models.CharField(_("version of the app shown"), max_length=40, blank=True)
    is_verified = models.BooleanField(
        _("button words compared with the app"), default=False, help_text=_("Until then readers are told so.")
    )
    skills = ChoiceSetField(_("items of Decision 757/QĐ-BKHCN"), choice_set=SKILL_ITEMS)
    digcomp = ChoiceSetField(_("areas of DigComp 3.0"), choice_set=DIGCOMP_AREAS)
    framework_note = models.CharField(
        _("note on the skills framework"), max_length=120, blank=True, help_text=_("Shown to trainers only.")
    )
    audio = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("read aloud"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A sound file (MP3, M4A, Ogg). The cards are its text; what it says beyond them goes below."
        ),
    )
    transcript = models.TextField(_("words of the sound file"), blank=True)
    scam_rule = models.BooleanField(_("show the rule “we never ask for an OTP”"), default=True)
    life_events = ChoiceSetField(_("life events"), choice_set=LIFE_EVENTS)
    related = ParentalManyToManyField(
        "guides.ProcedurePage", verbose_name=_("related guides"), blank=True, related_name="lessons"
    )

    template = "guides/tutorial_page.html"
    served_with = ("audio",)
    base_form_class = LessonForm
    parent_page_types = ["guides.GuidesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("search_body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("minutes")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("app_name"), FieldPanel("app_version")]),
                FieldPanel("is_verified"),
                FieldPanel("scam_rule"),
            ],
            heading=_("App"),
        ),
        InlinePanel("cards", heading=_("Cards"), label=_("Card")),
        InlinePanel("practices", heading=_("Practice"), label=_("Screen")),
        InlinePanel("messages", heading=_("Scam drill"), label=_("Message"), max_num=10),
        InlinePanel("checks", heading=_("Check questions"), label=_("Question"), max_num=3),
        MultiFieldPanel([FieldPanel("audio"), FieldPanel("transcript")], heading=_("Read aloud")),
        MultiFieldPanel([FieldPanel("related"), FieldPanel("life_events")], heading=_("Belongs to")),
        MultiFieldPanel(
            [FieldPanel("skills"), FieldPanel("digcomp"), FieldPanel("framework_note")],
            heading=_("For trainers and reports"),
        ),
        BasePage.checking_panel,
    ]

    override_translatable_fields: ClassVar[list[Any]] = same_in_every_language(
        "life_events", "skills", "digcomp"
    )

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) == GuidesIndexPage.Lists.LESSONS

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            refuse_incomplete(self, as_published(self))
        super().save(*args, **kwargs)

    def missing_for_publishing(self) -> list[Gap]:
        return missing_in_lesson(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **lesson_context(self, request, timezone.now()),
        }

    @path("in/", name="print")
    def print_view(self, request: HttpRequest) -> HttpResponse:
        """All cards on paper, with the lines for the trainer."""
        context = paper_context(self, timezone.localdate())
        return self.render(request, context_overrides=context, template="guides/tutorial_print.html")

    @path("huong-dan-vien/", name="trainer")
    def trainer_view(self, request: HttpRequest) -> HttpResponse:
        """The same cards with the lines for whoever teaches, the right answers and the tags."""
        return self.render(
            request, context_overrides=tags_context(self), template="guides/tutorial_trainer.html"
        )

    @property
    def search_body(self) -> str:
        texts = [self.app_name]
        texts += [f"{card.action} {card.button} {card.expect} {card.otherwise}" for card in self.cards.all()]
        texts += [f"{message.text} {message.why} {message.advice}" for message in self.messages.all()]
        texts.append(self.transcript)
        return "\n".join(text for text in texts if text)
