"""What guides and lessons of the demo share: where they stand and how their rows find their translations."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid4

from wagtail.models import Page

from guides.models import GuidesIndexPage
from guides.models.rows import Row

Kind = TypeVar("Kind", bound=Row)


def index_page(language: str, slug: str) -> GuidesIndexPage | None:
    """The index of that language; None where the commune has no pages in it."""
    found = GuidesIndexPage.objects.filter(locale__language_code=language, slug=slug)
    return found.select_related("locale").first()


def make_rows(
    kind: type[Kind], sources: Iterable[Mapping[str, Any]], locale_id: int, original: Page | None, name: str
) -> list[Kind]:
    """Rows not saved yet; each keeps the translation key of the row with its key on the original page."""
    keys = _translation_keys(original, name)
    return [
        kind(locale_id=locale_id, translation_key=keys.get(row["key"], uuid4()), **row) for row in sources
    ]


def _translation_keys(original: Page | None, name: str) -> dict[str, UUID]:
    return {row.key: row.translation_key for row in getattr(original, name).all()} if original else {}
