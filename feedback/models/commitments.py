from datetime import date
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Commitment(models.Model):
    """What a leader promised in public at a meeting, and by which day. `feedback.commitments` writes it.

    The first day promised stays for ever: whether a promise was kept in time is measured by it, whatever came later.
    """

    class State(models.TextChoices):
        PROMISED = "promised", _("Promised")
        IN_PROGRESS = "in_progress", _("In progress")
        CHANGED = "changed", _("Changed")
        KEPT = "kept", _("Kept")
        KEPT_LATE = "kept_late", _("Kept late")
        BROKEN = "broken", _("Not kept")

    OPEN: ClassVar[tuple[str, ...]] = (State.PROMISED, State.IN_PROGRESS, State.CHANGED)

    key = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("what was promised"), max_length=200)
    text = models.TextField(_("in more words"), max_length=2000, blank=True)
    leader = models.ForeignKey(
        "home.Official", verbose_name=_("who promised"), on_delete=models.PROTECT, related_name="+"
    )
    leader_name = models.CharField(_("name and title on that day"), max_length=200)
    meeting = models.CharField(_("meeting"), max_length=200)
    meeting_on = models.DateField(_("day of the meeting"))
    meeting_path = models.CharField(_("page of the meeting"), max_length=300, blank=True)
    first_promised_on = models.DateField(_("first promised day"))
    promised_on = models.DateField(_("promised day"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PROMISED)
    done = models.PositiveSmallIntegerField(_("parts done"), default=0)
    parts = models.PositiveSmallIntegerField(_("parts in all"), default=1)
    ended_on = models.DateField(_("kept or given up on"), null=True, blank=True)

    class Meta:
        ordering = ["promised_on", "pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:page", args=[self.key])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_overdue(self, today: date) -> bool:
        """The promised day itself still counts."""
        return self.is_open and self.promised_on < today

    def is_due(self, today: date) -> bool:
        """Whether it can be said that it was kept or not: it has ended, or its first day has passed."""
        return not self.is_open or self.first_promised_on < today


class CommitmentStep(models.Model):
    """What happened to a commitment: append-only, public, in words of the commune's own."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey("home.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    state = models.CharField(_("state"), max_length=12, choices=Commitment.State.choices)
    promised_on = models.DateField(_("promised day"))
    done = models.PositiveSmallIntegerField(_("parts done"))
    parts = models.PositiveSmallIntegerField(_("parts in all"))
    words = models.CharField(_("what happened, or why"), max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("step of a commitment")
        verbose_name_plural = _("steps of commitments")

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state}"
