"""What is counted at a session: never a name, never free text. Rows change only through `guides.tallying`."""

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guides.models.choices import AgeBand, Obstacle, Outcome, Subject

LONGEST = 240  # minutes with one person
PROCEDURE_CODE = RegexValidator(r"^[1-6]\.\d{6}$")


class TallyQuerySet(models.QuerySet["Tally"]):
    def counted(self) -> "TallyQuerySet":
        return self.filter(is_undone=False)


class Tally(models.Model):
    """One time somebody was helped.

    The uuid is made on the device or from the form, so that sending again counts nothing twice. A row that was
    undone stays, so that the same count arriving late is not counted after all.
    """

    class Source(models.TextChoices):
        DEVICE = "device", _("On a phone")
        WEB = "web", _("On the page")
        PAPER = "paper", _("From the paper sheet")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        "guides.Session", verbose_name=_("session"), on_delete=models.PROTECT, related_name="tallies"
    )
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    obstacle = models.CharField(_("why not"), max_length=10, choices=Obstacle.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )
    age = models.CharField(_("age"), max_length=6, choices=AgeBand.choices, blank=True)
    guide_code = models.CharField(_("procedure"), max_length=8, blank=True, validators=[PROCEDURE_CODE])
    source = models.CharField(_("counted"), max_length=6, choices=Source.choices)
    recorded_by = models.ForeignKey(
        "home.User",
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"))
    is_undone = models.BooleanField(_("undone"), default=False)

    objects = TallyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["recorded_at", "uuid"]
        verbose_name = _("count of a session")
        verbose_name_plural = _("counts of sessions")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=LONGEST),
                name="a_tally_takes_one_minute_to_four_hours",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.DONE, obstacle="")
                | (~Q(outcome=Outcome.DONE) & (~Q(obstacle="") | Q(source="paper"))),
                name="a_tally_says_why_not_unless_on_paper",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["guide_code"], condition=~Q(guide_code=""), name="tally_guide_code")
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.get_outcome_display()}"


class SessionQuestion(models.Model):
    """A question of a session that became a case. Its words live with the case alone; here stands its code."""

    session = models.ForeignKey(
        "guides.Session", verbose_name=_("session"), on_delete=models.PROTECT, related_name="questions"
    )
    code = models.CharField(_("case code"), max_length=19, unique=True)
    taken_by = models.ForeignKey(
        "home.User", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        ordering: ClassVar[list[str]] = ["taken_at", "pk"]
        verbose_name = _("question that became a case")
        verbose_name_plural = _("questions that became cases")

    def __str__(self) -> str:
        return self.code


class TypicalMinutes(models.Model):
    """How long people who were helped with a procedure took; there is a row from five counts on."""

    code = models.CharField(_("procedure code"), max_length=8, unique=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    count = models.PositiveIntegerField(_("counts"))

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        verbose_name = _("typical minutes of a procedure")
        verbose_name_plural = _("typical minutes of procedures")

    def __str__(self) -> str:
        return f"{self.code}: {self.minutes}"
