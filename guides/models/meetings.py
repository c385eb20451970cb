"""What a series and each of its sessions say alike; a session begins as a copy of its series."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Fields a planned session takes from its series, then keeps for itself.
SHARED = (
    *("title", "kind", "place_id", "area_id", "starts", "ends"),
    *("audience", "equipment", "partners", "leader_id", "needs"),
)


class Meeting(ClusterableModel):
    class Kind(models.TextChoices):
        EVENING = "evening", _("Evening class")
        COUNTER = "counter", _("At the counter")
        DOOR = "door", _("Door to door")
        SCHOOL = "school", _("At school")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.EVENING)
    place = models.ForeignKey("home.Place", verbose_name=_("place"), on_delete=models.PROTECT)
    area = models.ForeignKey(
        "home.Area",
        verbose_name=_("hamlet"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Left empty, it is the hamlet of the place. Door to door: the hamlet whose homes are visited."
        ),
    )
    starts = models.TimeField(_("starts"), default="19:00")
    ends = models.TimeField(_("ends"), default="21:00")
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    equipment = models.CharField(
        _("equipment"),
        max_length=300,
        blank=True,
        help_text=_("For example: 4 computers, 6 pairs of reading glasses."),
    )
    partners = models.CharField(
        _("partners"),
        max_length=300,
        blank=True,
        help_text=_("Who helps: the youth union, a school, a bank."),
    )
    leader = models.ForeignKey(
        "home.Official",
        verbose_name=_("leader present"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers see the name and job title."),
    )
    needs = models.CharField(_("help still needed"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("It ends before it begins.")})

    def shared(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SHARED}


def refuse_odd_years(**days: date | None) -> None:
    """Raises ValidationError for a day that is surely a slip of the finger, such as the year 206."""
    message = _now("Write a year from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    odd = [name for name, day in days.items() if day and not FIRST_YEAR <= day.year <= LAST_YEAR]
    if odd:
        raise ValidationError(dict.fromkeys(odd, message))
