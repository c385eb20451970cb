"""What a resident may say about a case opened by code and PIN."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.forms import Words
from feedback.models import Rating


class ReplyForm(forms.Form):
    use_required_attribute = False

    text = Words(
        label=_("Your reply"),
        error_messages={"required": _("Please write your reply first.")},
        help_text=_("Read by whoever answers you. The clock runs again when you send it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 5


class RatingForm(forms.Form):
    use_required_attribute = False

    face = forms.ChoiceField(
        label=_("What do you think of the answer?"),
        choices=Rating.Face.choices,
        error_messages={
            "required": _("Please choose one of the three faces."),
            "invalid_choice": _("Please choose one of the three faces."),
        },
    )
    reason = Words(
        label=_("Why?"),
        required=False,
        max_length=1000,
        help_text=_("Read by the commune; never published."),
    )
    solved = forms.ChoiceField(
        choices=[("yes", ""), ("no", "")],
        error_messages={"required": _("Please say whether it is solved.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "rating_%s", **kwargs})
        self.fields["reason"].widget.attrs["rows"] = 3

    def clean_solved(self) -> bool:
        return bool(self.cleaned_data["solved"] == "yes")
