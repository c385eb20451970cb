"""What coordinators type. A wrong value is said beside its field and kept as it was typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guides.helping.people import by_given_name, shown_name, volunteers
from guides.models import Helper, Session, SessionNeed
from guides.models.choices import Role
from guides.models.helping import LONGEST_EVENING, MOST_OF_A_ROLE
from home.models import User

WRONG_NUMBER = _("Write a whole number.")


class DeclineForm(forms.Form):
    use_required_attribute = False

    sentence = forms.CharField(
        label=_("Why not, in one sentence"),
        max_length=200,
        help_text=_("They read this sentence."),
        error_messages={
            "required": _("Please write one sentence: they offered to help."),
            "max_length": _("At most 200 letters, please."),
        },
    )


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return shown_name(obj)


class AddForm(forms.Form):
    use_required_attribute = False

    user = PersonChoice(
        label=_("Who"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        busy = Helper.objects.taking_part().filter(session=session).values("user")
        people = volunteers().exclude(pk__in=busy)
        chooser: Any = self.fields["user"]
        chooser.queryset = people
        named = sorted(people, key=by_given_name)
        chooser.widget.choices = [("", "—"), *((user.pk, shown_name(user)) for user in named)]
        needed: Any = self.fields["role"]
        asked = set(SessionNeed.objects.filter(session=session).values_list("role", flat=True))
        needed.choices = [(role, label) for role, label in Role.choices if role in asked]


class MinutesForm(forms.Form):
    """One field for each helper, named by the row's number; as long as the session where nothing was noted."""

    use_required_attribute = False

    def __init__(self, *args: Any, helpers: Iterable[Helper], usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for helper in helpers:
            noted = helper.noted_minutes
            self.fields[f"phut-{helper.pk}"] = forms.IntegerField(
                label=f"{shown_name(helper.user)}, {helper.get_role_display()}",
                min_value=0,
                max_value=LONGEST_EVENING,
                initial=usual if noted is None else noted,
                error_messages={"required": WRONG_NUMBER, "invalid": WRONG_NUMBER},
            )

    def minutes(self) -> dict[int, int]:
        """By the helper's number."""
        return {int(name.removeprefix("phut-")): value for name, value in self.cleaned_data.items()}


class NeedsForm(forms.Form):
    """How many of each role; a role with none is not looked for."""

    use_required_attribute = False

    later = forms.BooleanField(label=_("Also for the later sessions of this series"), required=False)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        if session.series_id is None:
            del self.fields["later"]
        self.known = {need.role: need for need in SessionNeed.objects.filter(session=session)}
        for role, label in Role.choices:
            need = self.known.get(role)
            self.fields[f"can-{role}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_OF_A_ROLE,
                initial=need.needed if need else 0,
                error_messages={"required": WRONG_NUMBER, "invalid": WRONG_NUMBER},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for role, need in self.known.items():
            wanted = cleaned.get(f"can-{role}")
            if wanted is not None and wanted < need.taken:
                self._refuse(role, need, wanted)
        return cleaned

    def _refuse(self, role: str, need: SessionNeed, wanted: int) -> None:
        need.needed = wanted
        try:
            need.clean()
        except ValidationError as error:
            self.add_error(f"can-{role}", error.messages[0])

    def numbers(self) -> dict[str, int]:
        """By role."""
        typed = self.cleaned_data.items()
        return {name.removeprefix("can-"): number for name, number in typed if name != "later"}

    def number_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "later"]
