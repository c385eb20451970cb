"""Who helps at a session: how many people each role needs, and everybody who offered, with where that stands.

A confirmed helper takes a place; the number taken is kept beside the number needed, so that a place can be taken by
one conditional update. Rows change only through `guides.helping.taking_part`.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from guides.models.choices import Role

MOST_OF_A_ROLE = 30  # people
LONGEST_EVENING = 12 * 60  # minutes


class Need(models.Model):
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    needed = models.PositiveSmallIntegerField(
        _("people needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_OF_A_ROLE)],
    )
    is_direct = models.BooleanField(
        _("confirmed at once"),
        default=False,
        help_text=_("Whoever offers first has the place; nobody need confirm it."),
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("needed")]),
        FieldPanel("is_direct"),
    ]

    class Meta:
        abstract = True
        verbose_name = _("role needed")
        verbose_name_plural = _("roles needed")

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.needed}"


class SeriesNeed(Need):
    """What every session of a series begins with."""

    series = ParentalKey("guides.SessionSeries", on_delete=models.CASCADE, related_name="roles")

    class Meta(Need.Meta):
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["series", "role"], name="one_need_a_role_of_a_series")
        ]


class SessionNeed(Need):
    session = ParentalKey("guides.Session", on_delete=models.CASCADE, related_name="roles")
    taken = models.PositiveSmallIntegerField(_("people confirmed"), default=0, editable=False)

    class Meta(Need.Meta):
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["session", "role"], name="one_need_a_role_of_a_session"),
            models.CheckConstraint(condition=Q(taken__lte=F("needed")), name="no_more_taken_than_needed"),
        ]

    @property
    def missing(self) -> int:
        return self.needed - self.taken

    def clean(self) -> None:
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or not before.taken:
            return
        if self.role != before.role:
            raise ValidationError({"role": _("People are confirmed for this role. Add a row for the other.")})
        if self.needed is not None and self.needed < before.taken:
            words = ngettext(
                "%(n)d person is confirmed already.", "%(n)d people are confirmed already.", before.taken
            )
            raise ValidationError({"needed": words % {"n": before.taken}})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """A row for which somebody is confirmed stays."""
        return type(self).objects.filter(pk=self.pk, taken=0).delete()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Of a row that exists `taken` is never written, and `needed` stays at what is taken meanwhile."""
        if self.pk is None or kwargs.get("force_insert"):
            super().save(*args, **kwargs)
            return
        type(self).objects.filter(pk=self.pk).update(
            role=self.role, needed=Greatest(Value(self.needed), F("taken")), is_direct=self.is_direct
        )


class HelperQuerySet(models.QuerySet["Helper"]):
    def confirmed(self) -> "HelperQuerySet":
        return self.filter(state=Helper.State.CONFIRMED)

    def taking_part(self) -> "HelperQuerySet":
        """Confirmed, or waiting for an answer."""
        return self.filter(state__in=TAKING_PART)

    def asking_to_swap(self) -> "HelperQuerySet":
        return self.confirmed().exclude(swap_asked_at=None)

    def between(self, first: date, last: date) -> "HelperQuerySet":
        """Of sessions from `first` to `last`, both included."""
        return self.filter(session__date__gte=first, session__date__lte=last)


class Helper(models.Model):
    """One person's part in one session: a single row, so that nobody is in two states or two roles."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Waiting for an answer")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Not needed this time")
        WITHDRAWN = "withdrawn", _("Withdrew")
        SWAPPED = "swapped", _("Somebody else took over")
        FREED = "freed", _("The session was cancelled")

    session = models.ForeignKey(
        "guides.Session", verbose_name=_("session"), on_delete=models.PROTECT, related_name="helpers"
    )
    user = models.ForeignKey(
        "home.User", verbose_name=_("volunteer"), on_delete=models.CASCADE, related_name="helps"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    sentence = models.CharField(_("reason"), max_length=200, blank=True)
    swap_asked_at = models.DateTimeField(_("asked to be replaced"), null=True, blank=True)
    takes_over_from = models.ForeignKey(
        "self",
        verbose_name=_("takes over from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="taken_over_by",
    )
    noted_minutes = models.PositiveSmallIntegerField(
        _("minutes noted"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_EVENING)],
        help_text=_("0: did not come. Empty: counts as long as the session."),
    )
    told = models.CharField(_("day, hours and place they know of"), max_length=60, blank=True)
    reminded_for = models.DateField(_("reminded for"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["session__date", "session__starts", "pk"]
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["session", "user"], name="one_part_of_a_person_in_a_session"),
            models.CheckConstraint(
                condition=Q(noted_minutes=None) | Q(noted_minutes__lte=LONGEST_EVENING),
                name="no_evening_longer_than_half_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["session", "state"], name="helper_session_state")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.session}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def notice(self) -> timedelta:
        """How long before the session's day the last change came; negative afterwards."""
        return self.session.date - localdate(self.changed_at)


TAKING_PART: tuple[str, ...] = (Helper.State.OFFERED, Helper.State.CONFIRMED)
