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

from gandan.planned import Gap
from guides.branch_words import missing_in_troubleshooter
from guides.branches import Answer, Node, parse_answers
from guides.gate import as_published, refuse_incomplete
from guides.lesson_rules import SCREEN_HELP
from guides.models.choices import LIFE_EVENTS
from guides.models.procedures import GuidesIndexPage, lists_of
from guides.models.rows import Row, same_in_every_language
from guides.on_paper import paper_context
from guides.screens import parse_screen
from guides.troubleshooter_form import TroubleshooterForm
from guides.troubleshooting import card_context, tree_context
from home.fields import ChoiceSetField
from home.models import BasePage


class TroubleshooterPage(RoutablePageMixin, BasePage):
    """Cards whose answers lead to other cards until the trouble is solved or the commune is asked."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    app_name = models.CharField(_("app"), max_length=80, blank=True)
    app_version = models.CharField(_("version of the app shown"), max_length=40, blank=True)
    is_verified = models.BooleanField(
        _("button words compared with the app"), default=False, help_text=_("Until then readers are told so.")
    )
    scam_rule = models.BooleanField(_("show the rule “we never ask for an OTP”"), default=True)
    life_events = ChoiceSetField(_("life events"), choice_set=LIFE_EVENTS)
    lessons = ParentalManyToManyField(
        "guides.TutorialPage", verbose_name=_("related lessons"), blank=True, related_name="+"
    )

    template = "guides/troubleshooter_page.html"
    parent_page_types = ["guides.GuidesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = TroubleshooterForm
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("search_body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("app_name"), FieldPanel("app_version")]),
                FieldPanel("is_verified"),
                FieldPanel("scam_rule"),
            ],
            heading=_("App"),
        ),
        InlinePanel("cards", heading=_("Cards; everybody begins at the first"), label=_("Card")),
        MultiFieldPanel([FieldPanel("lessons"), FieldPanel("life_events")], heading=_("Belongs to")),
        BasePage.checking_panel,
    ]

    override_translatable_fields: ClassVar[list[Any]] = same_in_every_language("life_events")

    class Meta:
        verbose_name = _("troubleshooter")
        verbose_name_plural = _("troubleshooters")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) == GuidesIndexPage.Lists.LESSONS

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            refuse_incomplete(self, as_published(self))
        super().save(*args, **kwargs)

    def missing_for_publishing(self) -> list[Gap]:
        return missing_in_troubleshooter(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **card_context(self, request, timezone.now()),
        }

    @path("in/", name="print")
    def print_view(self, request: HttpRequest) -> HttpResponse:
        """Every card on paper, numbered, so that one can find the way with a finger."""
        context = {**paper_context(self, timezone.localdate()), **tree_context(self)}
        return self.render(request, context_overrides=context, template="guides/troubleshooter_print.html")

    @property
    def search_body(self) -> str:
        texts = [self.app_name]
        for card in self.cards.all():
            texts += [card.ask, card.advice, *(answer.words for answer in card.answer_list)]
        return "\n".join(text for text in texts if text)


class TroubleCard(Row):
    class Ending(models.TextChoices):
        SOLVED = "solved", _("Solved")
        COMMUNE = "commune", _("Ask the commune")

    page = ParentalKey(TroubleshooterPage, on_delete=models.CASCADE, related_name="cards")
    ask = models.CharField(
        _("what is asked or told"),
        max_length=250,
        help_text=_("One question or one action, at most 25 words."),
    )
    button = models.CharField(_("exact words of the button"), max_length=80, blank=True)
    advice = models.TextField(_("what to do"), blank=True, help_text=_("One step a line."))
    screen = models.TextField(_("drawn screen"), blank=True, help_text=SCREEN_HELP)
    answers = models.TextField(
        _("answers"),
        blank=True,
        help_text=_("One a line: words of the button → key of the next card. Instead of → you may type ->."),
    )
    ending = models.CharField(
        _("ends here"),
        max_length=10,
        choices=Ending.choices,
        blank=True,
        help_text=_("For a card without answers."),
    )
    trainer = models.CharField(_("for the trainer"), max_length=400, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("ask"),
        FieldRowPanel(
            [FieldPanel("key", help_text=_("Answers name the card by this word.")), FieldPanel("button")]
        ),
        FieldPanel("advice"),
        FieldPanel("screen"),
        FieldPanel("answers"),
        FieldPanel("ending"),
        FieldPanel("trainer"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("card of a troubleshooter")
        verbose_name_plural = _("cards of a troubleshooter")

    def __str__(self) -> str:
        return self.ask

    @property
    def answer_list(self) -> tuple[Answer, ...]:
        return parse_answers(self.answers)

    @property
    def node(self) -> Node:
        return Node(self.key, self.answer_list, bool(self.ending))

    @property
    def screen_elements(self) -> list[dict[str, Any]]:
        return parse_screen(self.screen)

    @property
    def advice_lines(self) -> list[str]:
        return [line.strip() for line in self.advice.splitlines() if line.strip()]
