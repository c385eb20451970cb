"""Moments as promises are written: "16:00 Thứ Sáu 27/11/2026", each part whole and left to right."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter(expects_localtime=True)
def moment(value: datetime) -> SafeString:
    """Hour, weekday and day, as a due date is said."""
    return format_html(
        '<bdi class="keep" dir="ltr">{}</bdi> {} <bdi class="keep" dir="ltr">{}</bdi>',
        date_format(value, "G:i"),
        date_format(value, "l"),
        date_format(value, "d/m/Y"),
    )


@register.filter(expects_localtime=True)
def stamped(value: datetime) -> SafeString:
    """Day and hour, as something that happened is noted: "23/11/2026, 9:14"."""
    return format_html(
        '<bdi class="keep" dir="ltr">{}, {}</bdi>', date_format(value, "d/m/Y"), date_format(value, "G:i")
    )


@register.filter
def short_day(value: date) -> SafeString:
    """Weekday and day without the year: "Thứ Ba 24/11"."""
    return format_html(
        '<span class="keep">{} <bdi dir="ltr">{}</bdi></span>',
        date_format(value, "l"),
        date_format(value, "d/m"),
    )
