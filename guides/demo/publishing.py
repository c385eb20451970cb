"""Makes a page with its rows and publishes it once, with a revision, so that search and history know it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid4

from wagtail.models import Page

from gandan.text import slug
from guides.models.rows import Row

Kind = TypeVar("Kind", bound=Row)


def publish(parent: Page, page: Page) -> None:
    """The page takes the language of its parent."""
    page.locale_id = parent.locale_id
    page.slug = page.slug or slug(page.title)
    parent.add_child(instance=page)
    page.save_revision().publish()
    parent.refresh_from_db(fields=["numchild"])


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
