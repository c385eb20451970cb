"""Reading the rows of a sample file: words in three languages, hours by weekday, pictures by name."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

Row = dict[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PICTURES = Path(__file__).with_name("pictures")


def fields(row: Row, names: Iterable[str]) -> Row:
    """The named fields with their `_en` and `_ar` forms, as far as the row has them."""
    wanted = [form for name in names for form in (name, f"{name}_en", f"{name}_ar")]
    return {name: row[name] for name in wanted if name in row}


def weekly_hours(by_day: dict[str, str]) -> dict[str, str]:
    return {str(DAYS.index(day)): spans for day, spans in by_day.items() if spans}


def picture(name: str, title: str) -> Any:
    """The picture of that file in Wagtail's library, put there once; None for no name."""
    if not name:
        return None
    images = get_image_model().objects
    known = images.filter(title=title).first()
    if known is not None:
        return known
    with (PICTURES / f"{name}.webp").open("rb") as file:
        return images.create(title=title, file=ImageFile(file, name=f"{name}.webp"))
