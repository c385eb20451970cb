from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.cases import Case


class Consent(models.Model):
    """What a resident agreed to, when, and in which words (`feedback.consents` keeps every version of them)."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("To be reached about this case")

    class How(models.TextChoices):
        FORM = "form", _("Ticked on the form")
        SPOKEN = "spoken", _("Said to us")
        SIGNED = "signed", _("Signed on paper")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents", verbose_name=_("case"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version of the words"))
    language = models.CharField(_("language"), max_length=5)
    how = models.CharField(_("how"), max_length=6, choices=How.choices, default=How.FORM, db_default=How.FORM)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_for_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.version}"
