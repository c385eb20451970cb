"""People, units, places and forms by the name a clerk knows, or by key. A name that two share is refused.

Each kind is asked for once, when it is first needed.
"""

from collections import Counter
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.models import Document

from gandan.text import fold
from guides.importing.typed import Wrong
from guides.importing.values import fingerprint_of

MOST_NAMED = 12  # names listed in a sentence


class Names:
    def __init__(self) -> None:
        self._known: dict[Any, dict[str, str]] = {}

    def all(self, model: Any) -> list[str]:
        """What a table shows for each, in the order of the model."""
        return [self.name(model, key) for key in self._names(model)]

    def key(self, model: Any, text: str) -> str:
        known = self._names(model)
        if text in known:
            return text
        found = [key for key, name in known.items() if fold(name) == fold(text)]
        if len(found) == 1:
            return found[0]
        words = {"text": text, "keys": ", ".join(found)}
        if found:
            raise Wrong(_("“%(text)s” may be one of several; write the key: %(keys)s") % words)
        words["keys"] = "; ".join(self.all(model)[:MOST_NAMED]) or "–"
        raise Wrong(_("“%(text)s” is not in this commune. There are: %(keys)s") % words)

    def name(self, model: Any, key: str) -> str:
        known = self._names(model)
        name = known.get(key, "")
        is_clear = list(known.values()).count(name) == 1 and name not in known and ";" not in name
        return name if name and is_clear else key

    def form(self, text: str) -> str:
        """The fingerprint of a form by its title; "#12" names one by its number in the library."""
        by_title = [form for form in self._forms if fold(form.title) == fold(text)]
        by_number = [form for form in self._forms if f"#{form.pk}" == text.split(" ")[0]]
        found = by_number or by_title
        if len(found) == 1:
            return fingerprint_of(found[0])
        if found:
            numbers = ", ".join(f"#{form.pk}" for form in found)
            words = {"text": text, "keys": numbers}
            raise Wrong(_("“%(text)s” may be one of several; write the key: %(keys)s") % words)
        raise Wrong(_("The library has no document “%(text)s”. Put it there first.") % {"text": text})

    def form_title(self, fingerprint: str) -> str:
        form = next((form for form in self._forms if fingerprint_of(form) == fingerprint), None)
        if form is None:
            return ""
        has_twin = self._titles[fold(form.title)] > 1
        return f"#{form.pk} {form.title}" if has_twin else form.title

    def _names(self, model: Any) -> dict[str, str]:
        if model not in self._known:
            self._known[model] = {thing.key: thing.name for thing in model.objects.all()}
        return self._known[model]

    @cached_property
    def _forms(self) -> list[Document]:
        return list(Document.objects.order_by("pk"))

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(fold(form.title) for form in self._forms)
