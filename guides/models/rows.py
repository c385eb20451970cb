"""The rows of a procedure guide. Rows name each other by key (a situation's key stands in terms, papers, steps):
a foreign key between sibling rows is lost in drafts and points at the original after a translation is made.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from guides.models.choices import SITUATION_ICONS, FeeState, Method, PaperKind, TimeUnit
from guides.models.law import LegalDocument
from home.fields import ChoiceSetField


def same_in_every_language(*fields: str) -> list[SynchronizedField]:
    return [SynchronizedField(field, overridable=False) for field in fields]


class Row(TranslatableMixin, Orderable):
    key = models.SlugField(_("key"), max_length=60, blank=True)

    override_translatable_fields: ClassVar[list[SynchronizedField]] = same_in_every_language("key")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True


class Situation(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="situations")
    label = models.CharField(_("situation"), max_length=400)
    note = models.CharField(_("note"), max_length=400, blank=True)
    icon = models.CharField(_("drawing"), max_length=12, choices=SITUATION_ICONS, default="paper")

    panels: ClassVar[list[Any]] = [
        FieldPanel("label"),
        FieldPanel("note"),
        FieldRowPanel(
            [
                FieldPanel("key", help_text=_("Other rows name the situation by this word.")),
                FieldPanel("icon"),
            ]
        ),
    ]

    class Meta(Row.Meta):
        verbose_name = _("situation")
        verbose_name_plural = _("situations")

    def __str__(self) -> str:
        return self.label


class Channel(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="channels")
    method = models.CharField(_("way"), max_length=10, choices=Method.choices)
    note = models.TextField(_("note"), blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("method"), FieldPanel("note")]

    class Meta(Row.Meta):
        verbose_name = _("way to hand in")
        verbose_name_plural = _("ways to hand in")

    def __str__(self) -> str:
        return self.get_method_display()


class Term(Row):
    """Time and fee for one way and one situation; a blank way or situation means any. The most specific row wins."""

    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="terms")
    channel = models.CharField(_("way"), max_length=10, choices=Method.choices, blank=True)
    situation = models.SlugField(_("situation"), max_length=60, blank=True)
    time_value = models.PositiveIntegerField(
        _("time"),
        null=True,
        blank=True,
        help_text=_("0 working days: the same day. 0 hours: at once. Empty: not known."),
    )
    time_unit = models.CharField(
        _("unit of time"), max_length=12, choices=TimeUnit.choices, default=TimeUnit.WORKING_DAY
    )
    cut_off = models.TimeField(
        _("cut-off hour"),
        null=True,
        blank=True,
        help_text=_("Handed in later counts from the next working day."),
    )
    time_note = models.CharField(_("note on the time"), max_length=500, blank=True)
    fee_state = models.CharField(_("fee"), max_length=10, choices=FeeState.choices, default=FeeState.UNKNOWN)
    fee_amount = models.PositiveIntegerField(_("amount in đồng"), null=True, blank=True)
    fee_note = models.TextField(_("note on the fee"), blank=True)
    exemptions = models.TextField(_("who pays nothing"), blank=True)

    override_translatable_fields: ClassVar[list[SynchronizedField]] = same_in_every_language(
        "key", "situation"
    )
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("channel"), FieldPanel("situation")]),
        FieldRowPanel([FieldPanel("time_value"), FieldPanel("time_unit"), FieldPanel("cut_off")]),
        FieldPanel("time_note"),
        FieldRowPanel([FieldPanel("fee_state"), FieldPanel("fee_amount")]),
        FieldPanel("fee_note"),
        FieldPanel("exemptions"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("time and fee")
        verbose_name_plural = _("times and fees")

    def __str__(self) -> str:
        return f"{self.channel or '*'} × {self.situation or '*'}"


class Paper(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="papers")
    name = models.TextField(_("paper"))
    kind = models.CharField(
        _("what to do"), max_length=12, choices=PaperKind.choices, default=PaperKind.SUBMIT
    )
    originals = models.PositiveSmallIntegerField(_("originals"), default=1)
    copies = models.PositiveSmallIntegerField(_("copies"), default=0)
    form_file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("form to fill in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    only_if = models.TextField(_("only if"), blank=True)
    note = models.TextField(_("note"), blank=True)
    situations = models.CharField(
        _("situations"), max_length=500, blank=True, help_text=_("Keys with commas; empty: every situation.")
    )
    ways = ChoiceSetField(
        _("ways to hand in"), choice_set=Method.choices, help_text=_("None ticked: whichever way.")
    )

    override_translatable_fields: ClassVar[list[SynchronizedField]] = same_in_every_language(
        "key", "situations", "ways"
    )
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("originals"), FieldPanel("copies")]),
        FieldPanel("only_if"),
        FieldPanel("note"),
        FieldPanel("form_file"),
        FieldPanel("situations"),
        FieldPanel("ways"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.name[:80]

    @property
    def situation_keys(self) -> list[str]:
        return [key.strip() for key in self.situations.split(",") if key.strip()]


class Step(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="steps")
    channel = models.CharField(_("way"), max_length=10, choices=Method.choices, blank=True)
    situation = models.SlugField(_("situation"), max_length=60, blank=True)
    text = models.TextField(_("step"), help_text=_("One action, at most 25 words."))

    override_translatable_fields: ClassVar[list[SynchronizedField]] = same_in_every_language(
        "key", "situation"
    )
    panels: ClassVar[list[Any]] = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("channel"), FieldPanel("situation")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.text[:80]


class Rejection(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="rejections")
    reason = models.CharField(_("why it is sent back"), max_length=400)
    how_to_avoid = models.CharField(_("how to avoid it"), max_length=400, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("reason"), FieldPanel("how_to_avoid")]

    class Meta(Row.Meta):
        verbose_name = _("common rejection")
        verbose_name_plural = _("common rejections")

    def __str__(self) -> str:
        return self.reason


class LegalBasis(Row):
    page = ParentalKey("guides.ProcedurePage", on_delete=models.CASCADE, related_name="legal_basis")
    document = models.ForeignKey(
        LegalDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="citations"
    )
    note = models.CharField(_("article"), max_length=200, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("note")]

    class Meta(Row.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")

    def __str__(self) -> str:
        return str(self.document)
