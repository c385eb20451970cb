"""An empty site is founded in parts: `home` makes a home page for each language, other apps the sections below it.

A part is handed the home pages by language code, creates what is missing and never changes what exists, so that
founding again after an editor's work does nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wagtail.models import Locale, Page

from gandan.publishing import publish_new

Homes = Mapping[str, Page]
Make = Callable[[Homes], None]


@dataclass(frozen=True)
class Part:
    order: int
    name: str
    make: Make


_parts: list[Part] = []


def register(order: int, name: str, make: Make) -> None:
    _parts.append(Part(order, name, make))


def parts() -> list[Part]:
    return sorted(_parts, key=lambda part: part.order)


def place(parents: Homes, slug: str, new: Callable[[str], Page]) -> dict[str, Page]:
    """One page a language below its parent, all with the same slug and translation key.

    `new` makes the unsaved page of a language, titled; it is called only where no child has that slug.
    """
    placed: dict[str, Page] = {}
    for language, parent in parents.items():
        known = parent.get_children().filter(slug=slug).first()
        if known is None:
            known = _new_translation(new(language), language, slug, placed)
            publish_new(parent, known)
        placed[language] = known.specific
    return placed


def _new_translation(page: Page, language: str, slug: str, placed: Mapping[str, Page]) -> Page:
    page.slug = slug
    page.locale = Locale.objects.get_for_language(language)
    original = next(iter(placed.values()), None)
    if original is not None:
        page.translation_key = original.translation_key
    return page
