"""The facts of single moves of a case. Append-only like its events, and like them without free text: words that
belong to a move are `CaseText`, which can be erased.
"""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.models.cases import Case


class MoveFact(models.Model):
    case_id: int
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("case")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        "home.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {timezone.localtime(self.at):%d/%m/%Y %H:%M}"


class Forwarding(MoveFact):
    """To which authority a case went, under which paper, and by when that authority should answer."""

    agency = models.CharField(_("authority"), max_length=200)
    paper_number = models.CharField(_("number of the paper"), max_length=60)
    sent_on = models.DateField(_("sent on"))
    expected_on = models.DateField(_("answer expected on"))

    class Meta(MoveFact.Meta):
        verbose_name = _("forwarding")
        verbose_name_plural = _("forwardings")

    def is_overdue(self, today: date) -> bool:
        """The expected day itself still counts."""
        return self.expected_on < today


class Refusal(MoveFact):
    class Reason(models.TextChoices):
        NOT_OURS = "not_ours", _("Another authority decides on this")
        LEGAL_ROUTE = "legal_route", _("It is a formal complaint or a denunciation")
        IN_COURT = "in_court", _("A court or an inspection deals with it")
        UNCLEAR = "unclear", _("It stays unclear what is asked, and nobody can be asked back")
        ANSWERED_BEFORE = "answered_before", _("The same was answered before and nothing has changed")
        ABUSE = "abuse", _("It only insults or advertises")

    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)

    class Meta(MoveFact.Meta):
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")


class Extension(MoveFact):
    """A later date, said with an apology before the old one had passed."""

    old_due_at = models.DateTimeField(_("promised before"))
    new_due_at = models.DateTimeField(_("promised now"))

    class Meta(MoveFact.Meta):
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")


class Rating(MoveFact):
    """What a resident thinks of an answer; the reason given in words is `CaseText`."""

    class Face(models.TextChoices):
        GOOD = "good", _("Satisfied")
        FAIR = "fair", _("So-so")
        BAD = "bad", _("Not satisfied")

    face = models.CharField(_("face"), max_length=4, choices=Face.choices)
    is_solved = models.BooleanField(_("solved"))

    class Meta(MoveFact.Meta):
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
