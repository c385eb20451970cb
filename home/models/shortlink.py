from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

CODE = RegexValidator(r"^[a-z0-9]{3,8}$", _("3 to 8 small letters or digits."))


class ShortLink(models.Model):
    """The address behind every QR: `/q/<code>` leads to a page, wherever the page moves."""

    code = models.CharField(_("code"), max_length=8, unique=True, validators=[CODE])
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="short_links",
    )
    path = models.CharField(
        _("or a path of this site"), max_length=200, blank=True, validators=[RegexValidator(r"^/(?!/)\S*$")]
    )

    panels: ClassVar[list[Any]] = [FieldPanel("code"), FieldPanel("page"), FieldPanel("path")]

    class Meta:
        ordering = ["code"]
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")

    def __str__(self) -> str:
        return f"/q/{self.code}"

    def clean(self) -> None:
        super().clean()
        if not self.page_id and not self.path:
            raise ValidationError({"page": _("Choose a page or write a path of this site.")})
