from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.hours import parse_spans, write_spans


class WeeklyHoursWidget(forms.MultiWidget):
    template_name = "home/widgets/weekly_hours.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({str(day): forms.TextInput(attrs=attrs) for day in range(7)}, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(str(day), "") for day in range(7)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for day, widget in enumerate(context["widget"]["subwidgets"]):
            widget["label"] = WEEKDAYS[day]
        return context


class WeeklyHoursFormField(forms.MultiValueField):
    widget = WeeklyHoursWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        fields = [forms.CharField(required=False, max_length=80) for _day in range(7)]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        hours = {}
        for day, typed in enumerate(data_list):
            try:
                spans = parse_spans(typed or "")
            except ValueError as error:
                message = _(
                    "%(day)s: “%(typed)s” is not a span of hours. Write for example 7:30-11:30, 13:30-17:00."
                )
                raise ValidationError(message % {"day": WEEKDAYS[day], "typed": error.args[0]}) from error
            if spans:
                hours[str(day)] = write_spans(spans)
        return hours

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return forms.Field.has_changed(self, initial, self.compress(data or []))
        except ValidationError:
            return True


class WeeklyHoursField(models.JSONField):
    """{"0": "07:30-11:30, 13:30-17:00", …}; weekday 0 is Monday, closed days are absent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": WeeklyHoursFormField, **kwargs})


class ChoiceSetFormField(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return keys_of(value) if isinstance(value, str) else value


def keys_of(stored: str | None) -> list[str]:
    return [key for key in (stored or "").split(",") if key]


class ChoiceSetField(models.CharField):
    """Several keys of a fixed list, stored as ",birth,moving," so that `contains=",birth,"` filters exactly.

    In Python the value is a list of keys in the order of the list.
    """

    def __init__(self, *args: Any, choice_set: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.choice_set = list(choice_set)
        kwargs.setdefault("max_length", 300)
        kwargs["blank"] = True
        kwargs["default"] = list
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[str]:
        return keys_of(value)

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, str):
            return keys_of(value)
        return list(value or [])

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        chosen = set(value or [])
        known = [key for key, _label in self.choice_set if key in chosen]
        return f",{','.join(known)}," if known else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        unknown = set(value or []) - {key for key, _label in self.choice_set}
        if unknown:
            raise ValidationError(_("Unknown choice: %(keys)s") % {"keys": ", ".join(sorted(unknown))})

    def run_validators(self, value: Any) -> None:
        return None

    def formfield(self, **kwargs: Any) -> forms.Field:
        return ChoiceSetFormField(
            choices=self.choice_set,
            required=False,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )
