from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from gandan.keyed_form import KeyedForm
from home import guards
from home.fields import ChoiceSetField
from home.models.wording import Worded, wording


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    REPORT = "report", _("Report of something broken or wrong")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")
    CONDUCT = "conduct", _("Remark about an official's conduct")


class Topic(Worded, models.Model):
    """What a question is about, and the commune's own promise for it in working days."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name, name_en, name_ar = wording(_("name"), max_length=120)
    hint, hint_en, hint_ar = wording(_("in plain words"), max_length=250, blank=True)
    unit = models.ForeignKey(
        "home.Unit", verbose_name=_("responsible unit"), on_delete=models.PROTECT, related_name="+"
    )
    kinds = ChoiceSetField(_("kinds"), choice_set=Kind.choices)
    working_days = models.PositiveSmallIntegerField(_("answered within working days"), default=3)
    legal_working_days = models.PositiveSmallIntegerField(
        _("longest time by law, working days"),
        null=True,
        blank=True,
        help_text=_("The promise may be shorter, never longer. Empty: the law sets no time."),
    )
    legal_basis = models.CharField(_("legal basis of the time"), max_length=300, blank=True)
    legal_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    allows_anonymous = models.BooleanField(_("may be sent without contact"), default=True)
    contact_days = models.PositiveSmallIntegerField(
        _("days to keep contact"),
        default=90,
        help_text=_("Name, phone and e-mail are erased so many days after a case is closed."),
    )
    words_days = models.PositiveSmallIntegerField(
        _("days to keep words"),
        default=730,
        help_text=_("Question and answer are erased so many days after a case is closed."),
    )
    is_open = models.BooleanField(_("open"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("name_ar")], heading=_("Names")
        ),
        MultiFieldPanel(
            [FieldPanel("hint"), FieldPanel("hint_en"), FieldPanel("hint_ar")], heading=_("Hint")
        ),
        FieldPanel("unit"),
        FieldPanel("kinds"),
        MultiFieldPanel(
            [
                FieldPanel("working_days"),
                FieldPanel("legal_working_days"),
                FieldPanel("legal_basis"),
                FieldPanel("legal_checked_on"),
            ],
            heading=_("Promise"),
        ),
        MultiFieldPanel(
            [FieldPanel("allows_anonymous"), FieldPanel("contact_days"), FieldPanel("words_days")],
            heading=_("Residents' personal data"),
        ),
        FieldRowPanel([FieldPanel("is_open"), FieldPanel("order")]),
        FieldPanel("key"),
    ]
    base_form_class = KeyedForm

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.legal_basis and self.legal_checked_on is None:
            raise ValidationError({"legal_checked_on": _("Say on which day you read the source.")})
        if self.legal_working_days is not None:
            if not self.legal_basis:
                raise ValidationError({"legal_basis": _("Name the source of the legal time.")})
            if self.working_days > self.legal_working_days:
                raise ValidationError(
                    {"working_days": _("The commune cannot promise more days than the law allows.")}
                )
        if self.unit_id:
            guards.check(self)

    @property
    def local_hint(self) -> str:
        return self.words("hint")


class RoutingRule(models.Model):
    """An ordered rule: topic × area × kind → unit and official. Blank means any; the first that fits wins."""

    order = models.PositiveIntegerField(_("order"), default=100)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.CASCADE, related_name="rules"
    )
    area = models.ForeignKey(
        "home.Area", verbose_name=_("area"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    unit = models.ForeignKey("home.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(
        "home.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the head of the unit. Remarks about conduct always go to the leader."),
    )
    note = models.CharField(_("why"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")]),
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("area"), FieldPanel("kind")], heading=_("When")),
        MultiFieldPanel(
            [FieldPanel("unit"), FieldPanel("official"), FieldPanel("note")], heading=_("Goes to")
        ),
    ]

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")

    def __str__(self) -> str:
        return f"{self.order}: {self.topic or '*'} × {self.area or '*'} × {self.kind or '*'}"

    def clean(self) -> None:
        super().clean()
        if self.unit_id:
            guards.check(self)
