"""The two days between which hours are looked at. A wrong day is said beside its field and kept as it was typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY_ERRORS = {
    "required": _("Choose a day."),
    "invalid": _("We cannot read this day. Write it like 25/11/2026."),
}


def day_field(label: Any) -> forms.DateField:
    picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=picker, error_messages=DAY_ERRORS)


class SpanForm(forms.Form):
    """Two days, both included."""

    use_required_attribute = False

    tu = day_field(_("From"))
    den = day_field(_("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("tu", "den"):
            day: date | None = cleaned.get(name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, _("This year cannot be right."))
        if cleaned.get("tu") and cleaned.get("den") and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", _("It ends before it begins."))
        return cleaned
