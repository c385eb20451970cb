"""The clerks' forms of series and sessions: what a change means for sessions that readers have noted."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.keyed_form import KeyedForm
from guides.following import Planned, follow, follow_in_lessons, follow_in_words, planned_sessions
from guides.helping.roles_form import RolesForm
from guides.models import Session, SessionSeries
from guides.moving import stand_in
from guides.planning import plan_series

BY_HAND = {"date", "starts", "ends", "place", "area", "is_cancelled", "moved_to"}
FOLLOW, STAY = "follow", "stay"


class SessionForm(RolesForm):
    is_correction = forms.BooleanField(
        required=False,
        label=gettext_lazy("I am correcting a mistake"),
        help_text=gettext_lazy("Readers are not told what stood here before."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        instead = Session.objects.filter(replaces=self.instance).first() if self.instance.pk else None
        if instead and not instead.is_cancelled and not cleaned.get("is_cancelled"):
            message = _("The session of %(day)s stands in for this one. Cancel that one first.")
            self.add_error("is_cancelled", message % {"day": f"{instead.date:%d/%m/%Y}"})
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Session:
        session: Session = self.instance
        if session.pk and BY_HAND.intersection(self.changed_data):
            session.is_edited = True
        if self.cleaned_data.get("is_correction"):
            session.announce()
        saved: Session = super().save(commit)
        if commit:
            stand_in(saved)
        return saved


class SeriesForm(KeyedForm):
    planned = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Sessions planned already"),
        choices=[
            (FOLLOW, gettext_lazy("Those nobody has changed follow; readers see what stood there before")),
            (STAY, gettext_lazy("All stay as they are; only new ones are planned in the new way")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Choose this when you change the place, the hours or the days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.shared()
        self.lessons_before = set(self.instance.lessons.all()) if self.instance.pk else set()
        if not self.instance.pk:
            self.fields.pop("planned", None)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk and not self.errors and not self.cleaned_data.get("planned"):
            planned = planned_sessions(self.instance, self.before, timezone.now())
            if planned.is_touched:
                self.add_error("planned", _asked(planned))

    @transaction.atomic
    def save(self, commit: bool = True) -> SessionSeries:
        existed = bool(self.instance.pk)
        series: SessionSeries = super().save(commit)
        if not commit:
            return series
        now = timezone.now()
        if existed and self.cleaned_data.get("planned") == FOLLOW:
            follow(series, self.before, now)
        if existed and self.cleaned_data.get("planned") != STAY:
            follow_in_words(series, self.before, now)
            follow_in_lessons(series, self.lessons_before, now)
        plan_series(series, now)
        return series


def _asked(planned: Planned) -> str:
    counted = [
        (_("Planned already, would take the new place and hours: %(count)d."), planned.following),
        (
            _("Planned for a day the series no longer has, would be cancelled in the open: %(count)d."),
            planned.leaving,
        ),
        (_("Changed by hand, stay as they are: %(count)d."), planned.staying),
    ]
    sentences = [sentence % {"count": len(sessions)} for sentence, sessions in counted if sessions]
    return " ".join([*sentences, _("Choose what happens to them.")])
