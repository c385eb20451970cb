"""The address field of the admin writes `dang-ky` while "Đăng ký" is typed.

Wagtail's script alone makes `đăng-ký` or `djang-ky`, depending on one setting. It takes replacements, so it is given
the letters of Vietnamese; the server's own `gandan.text.slug` gives the same words where the field is left empty.
"""

import unicodedata

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

VIETNAMESE = "".join(
    chr(point) for point in (*range(0xC0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1E00, 0x1F00))
)


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower()


REPLACEMENTS = [
    *((f"[{''.join(letter for letter in VIETNAMESE if _base(letter) == base)}]", base) for base in "aeiouy"),
    ("[đĐðÐ]", "d"),
    ("[\u0300-\u036f]", ""),  # marks typed as characters of their own
]


class ReadableSlugInput(SlugInput):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"formatters": REPLACEMENTS, **kwargs})


def register() -> None:
    register_form_field_override(models.SlugField, override={"widget": ReadableSlugInput})
