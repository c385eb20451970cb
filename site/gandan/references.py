"""Wagtail's index of who refers to what, written once for a page and not once more for each of its rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def references_of(page: Page) -> Iterator[None]:
    """Saving a page saves its rows, and Wagtail would read the whole page again after every one. Does not nest."""
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(page)
