"""The form of rows that files and code name by a key: a clerk need not invent one."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from gandan.text import slug


class KeyedForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _("Left empty, it is made from the name.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words = cleaned.get("name") or cleaned.get("title")
        if words and "key" in self.fields and not cleaned.get("key") and "key" not in self.errors:
            cleaned["key"] = self._free_key(words)
        return cleaned

    def _free_key(self, words: str) -> str:
        """The words as a key nobody has: nguyen-van-tam, then nguyen-van-tam-2."""
        model = self._meta.model
        longest = model._meta.get_field("key").max_length - 4
        stem = slug(words, longest) or "muc"
        taken = set(model.objects.filter(key__startswith=stem).values_list("key", flat=True))
        return next(
            key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken
        )
