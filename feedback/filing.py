"""What staff write down for a resident: told at the counter, by phone, in a session or meeting, or sent by letter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.access import Reader
from feedback.forms import ASKED, AskForm
from feedback.models import Case, Consent, Kind
from feedback.offers import Offers
from feedback.routing import barred_by
from home.models import Official

LONGEST_AGO = timedelta(days=30)
FIELDS = (*ASKED, "source", "told_at", "language", "consent_how")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("ar", "العربية")]
SOURCES = [(value, label) for value, label in Case.Source.choices if value not in {"web", "open311"}]
MOMENT = "%Y-%m-%dT%H:%M"  # as browsers send it
WRITTEN_MOMENTS = [MOMENT, "%d/%m/%Y %H:%M", "%d/%m/%Y"]
CONSENTS = [(value, label) for value, label in Consent.How.choices if value != Consent.How.FORM]


class FilingForm(AskForm):
    """The resident's own form, with what only the writer knows. The same checks hold."""

    source = forms.ChoiceField(
        label=_("How did it reach us?"),
        choices=SOURCES,
        error_messages={
            "required": _("Please choose how it reached us."),
            "invalid_choice": _("Please choose from the list."),
        },
    )
    told_at = forms.DateTimeField(
        label=_("When was it told?"),
        input_formats=WRITTEN_MOMENTS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("The promise counts from then."),
        error_messages={
            "required": _("Please say when it was told."),
            "invalid": _("Please write day and hour like 23/11/2026 09:30."),
        },
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=LANGUAGES, initial="vi")
    consent_how = forms.ChoiceField(label=_("How did the person agree?"), choices=CONSENTS, required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        for name in ("source", "topic"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            known: Any = field.choices
            field.choices = [("", _("Please choose")), *known]
        self.fields["consent_contact"].label = _("The person agreed that we reach them about this case.")
        self.fields["text"].label = _("What the person says, in their own words")

    def clean_told_at(self) -> datetime:
        told: datetime = self.cleaned_data["told_at"]
        if told > self.offers.now:
            raise ValidationError(_("This lies in the future."))
        if told < self.offers.now - LONGEST_AGO:
            raise ValidationError(
                _("This is more than 30 days ago. Please write it down as of today, and say so in the text.")
            )
        return told

    def clean_about(self) -> Official | None:
        """Whoever may not read such a remark may not take it down either."""
        about = super().clean_about()
        own = self.reader.official
        if about is not None and own is not None and own.pk in barred_by(self.offers.staff, about):
            raise ValidationError(
                _(
                    "You cannot take down a remark about this person. Please let the resident use the form of the site."
                )
            )
        return about


def first_values(now: datetime) -> Mapping[str, Any]:
    return {"told_at": timezone.localtime(now).replace(second=0, microsecond=0), "language": "vi"}


def offers_for(kind: Kind, now: datetime, typed: Mapping[str, str]) -> Offers:
    """With the promise as it will be made: for whom it is about, counted from when it was told."""
    offers = Offers(kind, now)
    offers.about = offers.official(typed.get("about", "")) if kind == Kind.CONDUCT else None
    try:
        told = FilingForm.base_fields["told_at"].clean(typed.get("told_at", ""))
    except ValidationError:
        return offers
    offers.counted_from = min(told, now)
    return offers
