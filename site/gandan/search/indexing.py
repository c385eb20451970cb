"""Keeps the index in step where modelsearch's own signals come too early.

modelsearch indexes a page when its row is saved; the rows of its children (the cards of a lesson) are stored a
moment later, so what they say would be missing until the next save.
"""

from typing import Any

from modelsearch.index import insert_or_update_object
from wagtail.models import Page
from wagtail.signals import page_published


def index_again(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    insert_or_update_object(instance)


def watch() -> None:
    page_published.connect(index_again, dispatch_uid="gandan.search.indexing")
