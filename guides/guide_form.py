"""The editor's form of a procedure guide: rows name a situation by its key, so a key nobody has is told at once.

What keeps a guide from being published is said beside each field when it is published or submitted; a draft is
saved however empty. A new text of a live guide that holds from a later day is planned for that day.
"""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from gandan.text import slug
from guides.gate import Stated, gaps
from guides.models.choices import FeeState
from home.page_form import BasePageForm

KEY_LENGTH = 60


class ProcedureForm(BasePageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        keys = self._situation_keys()
        for name in ("terms", "steps"):
            for row in self._rows(name):
                _refuse_unknown(row, "situation", [row.cleaned_data.get("situation", "")], keys)
        for row in self._rows("papers"):
            _refuse_unknown(row, "situations", row.cleaned_data.get("situations", "").split(","), keys)
        for row in self._rows("terms"):
            _refuse_fee_without_amount(row)
        if not self.is_deferred_validation:
            self._hold_at_the_gate(cleaned)
            self._plan_next_version(cleaned, timezone.now())
        return cleaned

    def _plan_next_version(self, cleaned: dict[str, Any], now: datetime) -> None:
        """Text that holds from a later day must not take the place of the text that holds today."""
        begins, planned = cleaned.get("valid_from"), cleaned.get("go_live_at", self.instance.go_live_at)
        if not self.instance.live or begins is None or begins <= localdate(now):
            return
        if type(self.instance).objects.filter(pk=self.instance.pk, valid_from=begins).exists():
            return  # what readers see holds from that day as well: this corrects it
        if planned is None or planned <= now:
            cleaned["go_live_at"] = self.instance.go_live_at = make_aware(datetime.combine(begins, time.min))

    def _hold_at_the_gate(self, cleaned: dict[str, Any]) -> None:
        for name, reason in gaps(self._stated(cleaned)):
            formset = self.formsets.get(name)
            if formset is not None:
                formset.non_form_errors().append(reason)
            elif name in self.fields and name not in self.errors:
                self.add_error(name, reason)

    def _stated(self, cleaned: dict[str, Any]) -> Stated:
        terms = [row.cleaned_data for row in self._rows("terms")]
        return Stated(
            unit=cleaned.get("unit") is not None,
            time=any(term.get("time_value") is not None or term.get("time_note") for term in terms),
            papers=bool(cleaned.get("no_papers")) or any(self._rows("papers")),
            legal_basis=any(self._rows("legal_basis")),
            source_url=bool(cleaned.get("source_url")),
            checked_on=cleaned.get("checked_on") is not None,
        )

    def _rows(self, name: str) -> Iterator[BaseForm]:
        """The rows that stay and could be read."""
        formset = self.formsets.get(name)
        for row in formset.forms if formset else ():
            if row.is_valid() and not row.cleaned_data.get("DELETE"):
                yield row

    def _situation_keys(self) -> list[str]:
        """A situation without a key gets one from its words; of two with the same key the second is refused."""
        keys: list[str] = []
        for row in self._rows("situations"):
            key = row.cleaned_data.get("key") or slug(row.cleaned_data.get("label", ""), KEY_LENGTH)
            row.instance.key = key  # type: ignore[attr-defined]  # a row's form is a model form
            if key in keys:
                row.add_error("key", _("Another situation already has this key."))
            keys.append(key)
        return keys


def _refuse_unknown(row: BaseForm, field: str, named: list[str], keys: list[str]) -> None:
    unknown = [key.strip() for key in named if key.strip() and key.strip() not in keys]
    if not unknown or field not in row.fields:
        return
    message = _("No situation has the key “%(key)s”. Keys of this guide: %(keys)s.")
    row.add_error(field, message % {"key": ", ".join(unknown), "keys": ", ".join(keys) or "–"})


def _refuse_fee_without_amount(row: BaseForm) -> None:
    fee = row.cleaned_data
    if fee.get("fee_state") == FeeState.AMOUNT and fee.get("fee_amount") is None:
        row.add_error("fee_amount", _("Write the amount, or choose another kind of fee."))
