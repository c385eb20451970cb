import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class LegalDocument(models.Model):
    """A law, decree or circular. Legal basis is rows with dates: a repealed text is shown as repealed."""

    number = models.CharField(_("number"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    title = models.CharField(_("what it is about"), max_length=600, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(
        _("in force to"), null=True, blank=True, help_text=_("The last day in force.")
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("date")]),
        FieldPanel("title"),
        FieldPanel("issuer"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_to")]),
        FieldPanel("replaced_by"),
    ]

    class Meta:
        ordering = ["number"]
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def clean(self) -> None:
        super().clean()
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValidationError({"in_force_to": _("It ends before it begins.")})

    def is_in_force(self, today: datetime.date) -> bool:
        """False before its first day too; the last day still counts; what replaces it ends it."""
        successor = self.replaced_by
        if successor and successor.in_force_from and successor.in_force_from <= today:
            return False
        begun = self.in_force_from is None or self.in_force_from <= today
        return begun and (self.in_force_to is None or today <= self.in_force_to)
