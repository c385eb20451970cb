"""QR codes as inline SVG: black on the ground of whatever holds them, one module a unit, no outside file."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 1  # modules; the white padding of `.qr` adds the rest


@lru_cache(maxsize=256)
def qr_svg(address: str, title: str) -> SafeString:
    """`title` is what a screen reader says instead of the picture."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=QUIET_ZONE, omitsize=True, title=title))  # noqa: S308 (segno escapes)
