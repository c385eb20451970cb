"""Forms of the desk for commitments. What is typed here is public: no personal numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.forms import Line, Words, check_personal_numbers
from home.models import Official


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Please choose a day."))
        kwargs["error_messages"]["invalid"] = _("This is no day. Example: 31/12/2026.")
        super().__init__(widget=widget, **kwargs)


class PromiseForm(forms.Form):
    use_required_attribute = False

    title = Line(
        label=_("What was promised"),
        max_length=200,
        validators=[check_personal_numbers],
        error_messages={"required": _("Please write what was promised.")},
    )
    text = Words(label=_("In more words"), max_length=2000, required=False)
    leader = forms.ModelChoiceField(
        Official.objects.none(),
        label=_("Who promised"),
        error_messages={"required": _("Please choose who promised.")},
    )
    meeting = Line(
        label=_("Meeting"), max_length=200, error_messages={"required": _("Please name the meeting.")}
    )
    meeting_on = DayField(label=_("Day of the meeting"))
    meeting_path = Line(
        label=_("Page of the meeting"),
        max_length=300,
        required=False,
        help_text=_("The part of its address after the name of the site, such as /tin-tuc/doi-thoai/."),
    )
    promised_on = DayField(label=_("Promised day"))
    parts = forms.IntegerField(
        label=_("Parts in all"),
        min_value=1,
        max_value=1000,
        initial=1,
        help_text=_("How many pieces it has: five lamps, three bridges. One when it is done or not done."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leader = self.fields["leader"]
        assert isinstance(leader, forms.ModelChoiceField)
        leader.queryset = Official.objects.order_by("name")

    def clean_meeting_path(self) -> str:
        path = self.cleaned_data["meeting_path"]
        if path and (not path.startswith("/") or path.startswith("//")):
            raise forms.ValidationError(_("It begins with one slash, such as /tin-tuc/doi-thoai/."))
        return path


class StepForm(forms.Form):
    """One of four steps; which fields it needs depends on the step and is said by the writer."""

    use_required_attribute = False
    STEPS = [
        ("progress", _("So much is done")),
        ("keep", _("It is kept")),
        ("change", _("Another day, with a reason")),
        ("give_up", _("It is not kept, with a reason")),
    ]

    step = forms.ChoiceField(
        label=_("What happened"),
        choices=STEPS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happened.")},
    )
    done = forms.IntegerField(label=_("Parts done"), min_value=0, max_value=1000, required=False)
    promised_on = DayField(label=_("New promised day"), required=False)
    words = Words(
        label=_("What happened, or why"),
        max_length=500,
        required=False,
        help_text=_("Everybody reads this. No names of residents."),
    )

    def clean(self) -> None:
        step = self.cleaned_data.get("step")
        if step == "progress" and self.cleaned_data.get("done") is None:
            self.add_error("done", _("Please say how many parts are done."))
        if step == "change" and not self.cleaned_data.get("promised_on"):
            self.add_error("promised_on", _("Please choose a day."))
