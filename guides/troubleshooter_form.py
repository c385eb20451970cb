"""The editor's form of a troubleshooter. Saving, even of a draft, refuses cards that would leave somebody standing."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm

from gandan.text import slug
from guides.branch_words import in_words
from guides.branches import Node, Wrong, faults_in, parse_answers
from guides.lesson_rules import too_long
from home.page_form import BasePageForm

KEY_LENGTH = 60
FIELDS = {
    Wrong.NO_KEY: "key",
    Wrong.SAME_KEY: "key",
    Wrong.DEAD_END: "answers",
    Wrong.END_WITH_ANSWERS: "ending",
    Wrong.NOWHERE: "answers",
    Wrong.NO_WORDS: "answers",
    Wrong.UNREACHABLE: "key",
    Wrong.NO_WAY_OUT: "answers",
}


class TroubleshooterForm(BasePageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = list(self._rows())
        if any(row.errors for row in rows):
            return cleaned
        for number, row in enumerate(rows, start=1):
            self._say(row, "ask", too_long(row.cleaned_data.get("ask", ""), number))
        for fault in faults_in([_node(row) for row in rows]):
            said = in_words(fault)
            if not fault.number:
                self.add_error(None, said)
                continue
            self._say(rows[fault.number - 1], FIELDS[fault.wrong], said)
        return cleaned

    def _rows(self) -> Iterator[BaseForm]:
        """The cards that stay, in the order the editor put them."""
        formset = self.formsets.get("cards")
        if formset is None:
            return
        kept = [row for row in formset.forms if not (row.is_valid() and row.cleaned_data.get("DELETE"))]
        kept = [row for row in kept if row.has_changed() or row.instance.pk]
        kept.sort(key=lambda row: getattr(row, "cleaned_data", {}).get("ORDER") or 0)
        yield from kept

    def _say(self, row: BaseForm, field: str, said: str) -> None:
        if said:
            row.add_error(field if field in row.fields else None, said)


def _node(row: BaseForm) -> Node:
    """A card without a key gets one from its words; the key is noted on the row that will be saved."""
    cleaned = row.cleaned_data
    key = cleaned.get("key") or slug(cleaned.get("ask", ""), KEY_LENGTH)
    row.instance.key = key  # type: ignore[attr-defined]  # a row's form is a model form
    return Node(key, parse_answers(cleaned.get("answers", "")), bool(cleaned.get("ending")))
