"""The editor's form of a procedure guide: rows name a situation by its key, so a key nobody has is told at once."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from gandan.text import slug
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
        return cleaned

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
