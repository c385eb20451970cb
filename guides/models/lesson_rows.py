"""The rows of a lesson: cards to follow, screens to practise on, messages to judge, questions to answer."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from guides.lesson_rules import SCREEN_HELP
from guides.models.rows import Row
from guides.screens import parse_screen


class Card(Row):
    page = ParentalKey("guides.TutorialPage", on_delete=models.CASCADE, related_name="cards")
    action = models.CharField(_("what to do"), max_length=250, help_text=_("One action, at most 25 words."))
    button = models.CharField(_("exact words of the button"), max_length=80, blank=True)
    expect = models.CharField(_("you will see"), max_length=250, blank=True)
    otherwise = models.CharField(_("if not"), max_length=400, blank=True)
    trainer = models.CharField(_("for the trainer"), max_length=400, blank=True)
    screen = models.TextField(_("drawn screen"), blank=True, help_text=SCREEN_HELP)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Never a screenshot with somebody's name, number or face."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for those who cannot see it. Needed with every picture."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("action"),
        FieldPanel("button"),
        FieldPanel("expect"),
        FieldPanel("otherwise"),
        FieldPanel("screen"),
        FieldRowPanel([FieldPanel("picture"), FieldPanel("picture_alt")]),
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


class Practice(Row):
    """A drawn screen whose elements can be pressed, without a real account or real data."""

    page = ParentalKey("guides.TutorialPage", on_delete=models.CASCADE, related_name="practices")
    task = models.CharField(_("task"), max_length=250, help_text=_("What the learner wants to get done."))
    screen = models.TextField(
        _("drawn screen"),
        help_text=_(
            "One element a line, as on a card. button*: is the right one. After | stands what is said to someone "
            "who presses it: button: Đăng nhập | Chưa có mật khẩu thì chưa đăng nhập được."
        ),
    )
    right = models.CharField(_("said when it was right"), max_length=250, blank=True)
    wrong = models.CharField(
        _("said when it was wrong"),
        max_length=250,
        blank=True,
        help_text=_("For elements without words of their own after |."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("task"),
        FieldPanel("screen"),
        FieldPanel("right"),
        FieldPanel("wrong"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("practice screen")
        verbose_name_plural = _("practice screens")

    def __str__(self) -> str:
        return self.task


class Message(Row):
    """One card of a scam drill: a message as it arrives, true or fake. Our own wording, no real sender's data."""

    class Way(models.TextChoices):
        SMS = "sms", _("Text message")
        CALL = "call", _("Phone call")
        CHAT = "chat", _("Chat message")
        EMAIL = "email", _("E-mail")
        PAPER = "paper", _("Paper or poster")

    page = ParentalKey("guides.TutorialPage", on_delete=models.CASCADE, related_name="messages")
    way = models.CharField(_("how it arrives"), max_length=10, choices=Way.choices, default=Way.SMS)
    sender = models.CharField(_("sender as shown"), max_length=80)
    text = models.TextField(_("text of the message"), help_text=_("Our own words. No address that works."))
    is_fake = models.BooleanField(_("it is fake"), default=True)
    why = models.CharField(_("how one can tell"), max_length=300)
    advice = models.CharField(_("what to do"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("way"), FieldPanel("sender")]),
        FieldPanel("text"),
        FieldPanel("is_fake"),
        FieldPanel("why"),
        FieldPanel("advice"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("message to judge")
        verbose_name_plural = _("messages to judge")

    def __str__(self) -> str:
        return f"{self.sender}: {self.text[:60]}"


class Check(Row):
    page = ParentalKey("guides.TutorialPage", on_delete=models.CASCADE, related_name="checks")
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
