"""What a resident may change in a case after sending it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.consents import WORDINGS, present_version
from feedback.forms import Line, Words, check_personal_numbers, check_phone, check_readable
from feedback.models import Consent

CONTACT = ("name", "phone", "email")


class QuestionForm(forms.Form):
    use_required_attribute = False

    text = Words(
        label=_("Your words"),
        error_messages={"required": _("Please write what it is about, in one sentence at least.")},
        help_text=_("The old words are erased. Possible until the commune has answered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 5


class ContactForm(forms.Form):
    use_required_attribute = False

    name = Line(label=_("Name"), required=False, max_length=120, validators=[check_personal_numbers])
    phone = Line(label=_("Phone"), required=False, max_length=30, validators=[check_phone])
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        validators=[check_readable],
        error_messages={
            "invalid": _("This does not look like an e-mail address. Example: ten@thu.example."),
            "max_length": _("This e-mail address is too long."),
        },
    )
    consent_contact = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = Consent.Purpose.CONTACT
        self.fields["consent_contact"].label = str(WORDINGS[purpose][present_version(purpose)])
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "dir": "ltr"}

    def clean(self) -> None:
        typed_contact = any(str(self.data.get(name, "")).strip() for name in CONTACT)
        if typed_contact and not self.cleaned_data.get("consent_contact"):
            self.add_error("consent_contact", _("Please tick this, or leave name, phone and e-mail empty."))


class DeleteForm(forms.Form):
    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("Yes, delete everything I wrote and everything I was answered. Nobody can bring it back."),
        error_messages={"required": _("Please tick this first: nobody can bring it back.")},
    )
