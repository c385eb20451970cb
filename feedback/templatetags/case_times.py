"""Moments as promises are written: "16:00 thứ Sáu 27/11/2026", each part whole and left to right."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gandan.workdays import english_holiday

register = template.Library()


@register.filter(expects_localtime=True)
def moment(value: datetime) -> SafeString:
    """Hour, weekday and day, as a due date is said."""
    return format_html(
        '<bdi class="keep" dir="ltr">{}</bdi> {} <bdi class="keep" dir="ltr">{}</bdi>',
        date_format(value, "G:i"),
        _weekday(value),
        date_format(value, "d/m/Y"),
    )


@register.filter(expects_localtime=True)
def moment_short(value: datetime) -> SafeString:
    """The same without the year, for stamps and lists: "16:00 thứ Sáu 27/11"."""
    return format_html(
        '<bdi class="keep" dir="ltr">{}</bdi> <span class="keep">{} <bdi dir="ltr">{}</bdi></span>',
        date_format(value, "G:i"),
        _weekday(value),
        date_format(value, "d/m"),
    )


@register.filter(expects_localtime=True)
def stamped(value: datetime) -> SafeString:
    """Day and hour, as something that happened is noted: "23/11/2026, 9:14"."""
    return format_html(
        '<bdi class="keep" dir="ltr">{}, {}</bdi>', date_format(value, "d/m/Y"), date_format(value, "G:i")
    )


@register.filter(expects_localtime=True)
def day_hour(value: datetime) -> SafeString:
    """Weekday, day and hour, as the desk dates itself: "thứ Hai 23/11 · 9:40"."""
    return format_html(
        '{} <bdi class="keep" dir="ltr">{} · {}</bdi>',
        _weekday(value),
        date_format(value, "d/m"),
        date_format(value, "G:i"),
    )


@register.filter(expects_localtime=True)
def due_short(value: datetime) -> SafeString:
    """The hour alone for today, else the day: for rows of a list."""
    is_today = value.date() == timezone.localdate()
    return format_html('<bdi dir="ltr">{}</bdi>', date_format(value, "G:i" if is_today else "d/m"))


@register.filter
def short_day(value: date) -> SafeString:
    """Weekday and day without the year: "Thứ Ba 24/11"."""
    return format_html(
        '<span class="keep">{} <bdi dir="ltr">{}</bdi></span>',
        date_format(value, "l"),
        date_format(value, "d/m"),
    )


@register.filter
def holiday(name: str | None, day: date) -> SafeString | str:
    """Why a day did not count, in the reader's language where it is known in it."""
    language = get_language()
    if not name or language == "vi":
        return name or ""
    english = english_holiday(day, name)
    if english and language == "en":
        return english
    return format_html('<bdi lang="{}">{}</bdi>', "en" if english else "vi", english or name)


def _weekday(value: date) -> str:
    """Written small in the middle of a Vietnamese sentence."""
    name = date_format(value, "l")
    return name[:1].lower() + name[1:] if get_language() == "vi" else name
