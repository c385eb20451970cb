"""The editor's form of a lesson. A draft always saves; publishing it or sending it to the approver asks for the rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm

from guides.lesson_rules import (
    Fault,
    audio_faults,
    card_faults,
    check_faults,
    nothing_to_learn,
    practice_faults,
)
from home.page_form import BasePageForm


class LessonForm(BasePageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        audio = cleaned.get("audio")
        _say(self, audio_faults(audio.filename if audio else ""))
        self._check_cards()
        for row in self._rows("practices"):
            _say(row, practice_faults(row.cleaned_data.get("screen", "")))
        for row in self._rows("checks"):
            lines = row.cleaned_data.get("answers", "").splitlines()
            answers = [line for line in lines if line.strip()]
            _say(row, check_faults(answers, row.cleaned_data.get("right") or 0))
        return cleaned

    def _check_cards(self) -> None:
        cards = list(self._rows("cards"))
        for number, row in enumerate(cards, start=1):
            typed = row.cleaned_data
            has_picture = typed.get("picture") is not None
            faults = card_faults(number, typed.get("action", ""), has_picture, typed.get("picture_alt", ""))
            _say(row, faults)
        if not cards and not any(self._rows("messages")):
            self.add_error(None, nothing_to_learn())

    def _rows(self, name: str) -> Iterator[BaseForm]:
        """The rows that stay and could be read, in the editor's order."""
        formset = self.formsets.get(name)
        rows = [row for row in formset.forms if row.is_valid()] if formset else []
        kept = [row for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        yield from sorted(kept, key=lambda row: row.cleaned_data.get("ORDER") or 0)


def _say(form: BaseForm, faults: Iterable[Fault]) -> None:
    for field, sentence in faults:
        form.add_error(field if field in form.fields else None, sentence)
