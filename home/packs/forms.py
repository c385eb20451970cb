from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gandan.packs import Part


class PartsForm(forms.Form):
    """Which parts go into a pack."""

    parts = forms.MultipleChoiceField(
        label=_("What goes into the pack?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )

    def __init__(self, *args: Any, known: list[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(part.name, part.label) for part in known]
        field.initial = [part.name for part in known]


class UploadForm(forms.Form):
    pack = forms.FileField(
        label=_("Pack from another commune (zip)"),
        help_text=_("It is looked at first; nothing is saved before you say so."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
