from django.db import models
from django.utils.translation import gettext_lazy as _


class Hideable(models.Model):
    """Words or a file that a coordinator may hide from every page, with a reason from a list."""

    class Why(models.TextChoices):
        PRIVATE = "private", _("Personal data of somebody else")
        INSULT = "insult", _("Insult or threat")
        UNLAWFUL = "unlawful", _("Unlawful content")
        ADVERTISING = "advertising", _("Advertising")
        MISTAKE = "mistake", _("Sent by mistake")

    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        "home.User",
        verbose_name=_("hidden by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hidden_reason = models.CharField(
        _("why hidden"), max_length=12, choices=Why.choices, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None
