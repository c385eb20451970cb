from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from guides.lessons import lesson_context
from guides.models.choices import LIFE_EVENTS
from guides.models.procedures import GuidesIndexPage, lists_of
from guides.models.rows import Row, same_in_every_language
from guides.on_paper import paper_context
from guides.screens import parse_screen
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
    framework = models.CharField(
        _("item of the skills framework"),
        max_length=120,
        blank=True,
        help_text=_("For example 757/QĐ-BKHCN."),
    )
    scam_rule = models.BooleanField(_("show the rule “we never ask for an OTP”"), default=True)
    life_events = ChoiceSetField(_("life events"), choice_set=LIFE_EVENTS)
    related = ParentalManyToManyField(
        "guides.ProcedurePage", verbose_name=_("related guides"), blank=True, related_name="lessons"
    )

    template = "guides/tutorial_page.html"
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
        InlinePanel("cards", heading=_("Cards"), label=_("Card"), min_num=1),
        InlinePanel("checks", heading=_("Check questions"), label=_("Question"), max_num=3),
        MultiFieldPanel(
            [FieldPanel("related"), FieldPanel("life_events"), FieldPanel("framework")],
            heading=_("Belongs to"),
        ),
        BasePage.checking_panel,
    ]

    override_translatable_fields: ClassVar[list[Any]] = same_in_every_language("life_events")

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) == GuidesIndexPage.Lists.LESSONS

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **lesson_context(self, timezone.now())}

    @path("in/", name="print")
    def print_view(self, request: HttpRequest) -> HttpResponse:
        """All cards on paper, with the lines for the trainer."""
        context = paper_context(self, timezone.localdate())
        return self.render(request, context_overrides=context, template="guides/tutorial_print.html")

    @property
    def search_body(self) -> str:
        texts = [self.app_name]
        texts += [f"{card.action} {card.button} {card.expect} {card.otherwise}" for card in self.cards.all()]
        return "\n".join(text for text in texts if text)


class Card(Row):
    page = ParentalKey(TutorialPage, on_delete=models.CASCADE, related_name="cards")
    action = models.CharField(_("what to do"), max_length=250, help_text=_("One action, at most 25 words."))
    button = models.CharField(_("exact words of the button"), max_length=80, blank=True)
    expect = models.CharField(_("you will see"), max_length=250, blank=True)
    otherwise = models.CharField(_("if not"), max_length=400, blank=True)
    trainer = models.CharField(_("for the trainer"), max_length=400, blank=True)
    screen = models.TextField(
        _("drawn screen"),
        blank=True,
        help_text=_(
            "One element a line: title:, text:, field:, button:, button*: (the one to press), note:, image:"
        ),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("action"),
        FieldPanel("button"),
        FieldPanel("expect"),
        FieldPanel("otherwise"),
        FieldPanel("screen"),
        FieldPanel("trainer"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("card")
        verbose_name_plural = _("cards")

    def __str__(self) -> str:
        return self.action

    @property
    def screen_elements(self) -> list[dict[str, Any]]:
        return parse_screen(self.screen)


class Check(Row):
    page = ParentalKey(TutorialPage, on_delete=models.CASCADE, related_name="checks")
    question = models.CharField(_("question"), max_length=250)
    answers = models.TextField(_("answers"), help_text=_("One a line."))
    right = models.PositiveSmallIntegerField(_("number of the right answer"), default=1)
    why = models.CharField(_("why"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("question"),
        FieldPanel("answers"),
        FieldPanel("right"),
        FieldPanel("why"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("check question")
        verbose_name_plural = _("check questions")

    def __str__(self) -> str:
        return self.question

    @property
    def answer_list(self) -> list[str]:
        return [line.strip() for line in self.answers.splitlines() if line.strip()]

    @property
    def right_answer(self) -> str:
        answers = self.answer_list
        return answers[self.right - 1] if 0 < self.right <= len(answers) else ""
