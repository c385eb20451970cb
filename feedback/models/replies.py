from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from feedback.models.topics import Topic
from feedback.placeholders import PLACEHOLDERS, fault


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def fitting(self, step: str, topic_id: int) -> "ReplyTemplateQuerySet":
        """Those of the topic first, then those for any."""
        fits = self.filter(Q(topic=topic_id) | Q(topic=None), is_active=True, step=step)
        return fits.order_by(models.F("topic").asc(nulls_last=True), "order", "pk")


class ReplyTemplate(models.Model):
    """Words an official begins an answer with; what differs from case to case stands in braces."""

    class Step(models.TextChoices):
        ANSWER = "answer", _("Answer")
        ASK = "ask", _("Ask back")
        FORWARD = "forward", _("Forward")
        REFUSE = "refuse", _("Refuse")

    title = models.CharField(_("title"), max_length=120)
    step = models.CharField(_("used to"), max_length=8, choices=Step.choices, default=Step.ANSWER)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: offered for every topic."),
    )
    text = models.TextField(
        _("text"),
        max_length=4000,
        help_text=format_lazy(
            _("Filled in when it is used: {names}."),
            names=", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
        ),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ReplyTemplateQuerySet.as_manager()

    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("step"), FieldPanel("topic")]),
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")])], heading=_("Offered")
        ),
    ]

    class Meta:
        ordering = ["step", "order", "pk"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        found = fault(self.text or "")
        if found:
            raise ValidationError({"text": found})
