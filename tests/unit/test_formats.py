from datetime import date

import pytest
from django import forms
from django.utils import formats, translation

LANGUAGES = ["vi", "en", "ar"]


class DayForm(forms.Form):
    day = forms.DateField()


def read_day(text: str) -> date:
    form = DayForm({"day": text})
    assert form.is_valid(), form.errors
    return form.cleaned_data["day"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22/11/2026", date(2026, 11, 22)),
        ("03/04/2026", date(2026, 4, 3)),
        ("3/4/2026", date(2026, 4, 3)),
        ("2026-11-22", date(2026, 11, 22)),
    ],
)
def test_the_day_stands_before_the_month_in_every_language(language, text, day):
    with translation.override(language):
        assert read_day(text) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_written_as_elsewhere_is_refused_rather_than_misread(language):
    with translation.override(language):
        assert not DayForm({"day": "11/22/2026"}).is_valid()


@pytest.mark.parametrize(
    ("language", "number"), [("vi", "1.234.567"), ("en", "1,234,567"), ("ar", "1.234.567")]
)
def test_thousands_are_parted_as_the_language_does(language, number):
    with translation.override(language):
        assert formats.localize(1234567) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_begins_on_monday_and_a_day_prints_as_day_month_year(language):
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.date_format(date(2026, 11, 5)) == "05/11/2026"
