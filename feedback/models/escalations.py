from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.cases import Case


class Escalation(models.Model):
    """One rung of the ladder that was climbed for a case. The unique key makes it happen once for each promise."""

    class Step(models.TextChoices):
        SOON = "soon", _("One working day left")
        DUE = "due", _("The promised time has passed")
        LEADER = "leader", _("Late for two working days")
        FOLLOW_UP = "follow_up", _("The authority's answer is overdue")
        NO_REPLY = "no_reply", _("No reply of the resident for ten working days")

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="escalations", verbose_name=_("case")
    )
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    since = models.DateTimeField(
        _("counted from"), help_text=_("The promise or the day it was counted from.")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "since"], name="one_escalation_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"
