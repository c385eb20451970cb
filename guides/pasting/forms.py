"""The form that official text is pasted into. The text travels with the form and is kept nowhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from guides.models import ProcedurePage
from guides.pasting.recognising import LONGEST_TEXT
from home.models import User

NEW = ""


class PastedTextField(forms.CharField):
    """Takes whatever was pasted, invisible characters too; lines end in one way, so that a line break counts once."""

    widget = forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "lang": "vi"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = []  # Django's own refuses NUL, which Word and PDF readers do copy

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        if not value.strip():
            raise ValidationError(_("Paste the text of a procedure here first."))
        if len(value) > LONGEST_TEXT:
            words = _(
                "The text has %(length)s characters, at most %(most)s fit. Paste one procedure, not the whole decision."
            )
            raise ValidationError(words % {"length": _grouped(len(value)), "most": _grouped(LONGEST_TEXT)})


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


class PasteForm(forms.Form):
    guide = forms.ChoiceField(
        label=gettext_lazy("Into which guide?"),
        required=False,
        help_text=gettext_lazy(
            "Choose it first: then you see what the guide says now beside what the text says."
        ),
    )
    text = PastedTextField(
        label=gettext_lazy("Official text"),
        help_text=gettext_lazy(
            "One procedure: from the portal's page, a decision or Word. Nothing is saved until you put rows into a draft."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guides = {str(page.pk): page for page in _editable(user)}
        choices = [(pk, f"{page.code} · {page.title}".lstrip(" ·")) for pk, page in self.guides.items()]
        guide = self.fields["guide"]
        assert isinstance(guide, forms.ChoiceField)
        guide.choices = [(NEW, _("A new guide")), *choices]

    @property
    def chosen(self) -> ProcedurePage | None:
        return self.guides.get(self.cleaned_data["guide"])


def _editable(user: User) -> list[ProcedurePage]:
    pages = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None).order_by("title")
    return [page for page in pages if page.permissions_for_user(user).can_edit()]
