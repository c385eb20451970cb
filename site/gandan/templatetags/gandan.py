"""Tags and filters of every template: icons, the slip that wraps content, how we write phones, money and days.

All are pure: they read nothing but their arguments, the active language and the icon files.
"""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons"

# Drawings that point somewhere or speak towards the text; they are mirrored in right-to-left pages.
MIRRORED = {"ask", "contents", "external", "listen", "loudspeaker", "next"}

NO_BREAK_SPACE = "\u00a0"


@cache
def _drawing(name: str) -> str:
    """Return what is inside the `svg` element of site/gandan/icons/<name>.svg, read once per process.

    Raises TemplateSyntaxError for a name without a file, so that a misspelt icon fails in a test.
    """
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise template.TemplateSyntaxError(f"There is no icon named {name!r} in {ICONS.name}/.")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
    return "".join(line.strip() for line in inside[1].splitlines()) if inside else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon. It is hidden from screen readers: a word always stands beside it."""
    css = "icon turn" if name in MIRRORED else "icon"
    drawing = mark_safe(_drawing(name))  # noqa: S308 (a file of ours)
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', css, drawing)


def _component(context: Context, name: str, **values: object) -> SafeString:
    assert context.template is not None
    found = context.template.engine.get_template(f"components/{name}.html")
    return found.render(Context(values, autoescape=context.autoescape))


@register.simple_block_tag(takes_context=True)
def slip(context: Context, content: str, **values: object) -> SafeString:
    """Wrap content in a slip; the arguments are those of templates/components/slip.html."""
    return _component(context, "slip", content=content, **values)


@register.simple_block_tag(takes_context=True)
def stub(context: Context, content: str) -> SafeString:
    """Wrap what lies below the tear line of a slip: the one thing to do, or the one promise made."""
    return _component(context, "stub", content=content)


@register.filter
def phone_href(number: str) -> str:
    """Turn a written number ("0912 345 678", "(024) 3825 0000") into a `tel:` address."""
    return "tel:" + re.sub(r"[^\d+]", "", str(number))


@register.filter
def bdi(value: object) -> SafeString:
    """Keep a code, phone, hour, date or amount left to right inside Arabic text. Empty stays empty."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value not in ("", None) else mark_safe("")


HOURS = re.compile(r"\d{1,2}:\d{2}(?:\s?[–-]\s?\d{1,2}:\d{2})?")


@register.filter
def hours(text: str) -> SafeString:
    """Keep every hour or span of hours in a text ("7:30–11:30, 13:30–17:00") whole and left to right."""
    kept = HOURS.sub(r'<bdi class="keep" dir="ltr">\g<0></bdi>', conditional_escape(text))
    return mark_safe(kept)  # noqa: S308 (escaped in the line above)


@register.filter
def money(amount: int) -> str:
    """Write an amount in đồng the Vietnamese way in every language: 10000 is "10.000 đ", never broken."""
    return f"{amount:,}".replace(",", ".") + NO_BREAK_SPACE + "đ"


@register.filter(expects_localtime=True)
def day_long(value: date | datetime) -> SafeString:
    """Write weekday and date in the reader's language, "Thứ Hai 23/11/2026"; of a datetime the local day."""
    return format_html('{} <bdi dir="ltr">{}</bdi>', date_format(value, "l"), date_format(value, "d/m/Y"))
