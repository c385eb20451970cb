"""Notes, in the transaction of a change, which objects the engine must be told of.

Wagtail moves, restricts and deletes whole branches at once; each page below gets a row of its own. What the rows mean is
decided when they are sent: an object that nobody may see any more is deleted from the index.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from gandan.models import SearchChange
from gandan.search.elastic import is_wanted
from gandan.search.registry import sources


def note(keys: Iterable[tuple[int, int]]) -> None:
    """(content type, primary key) of each object to look at again."""
    if is_wanted():
        now = timezone.now()
        rows = [SearchChange(content_type_id=of, object_id=pk, at=now) for of, pk in keys]
        SearchChange.objects.bulk_create(rows, batch_size=500)


def note_object(sender: type[Model], instance: Model, **_more: Any) -> None:
    if is_wanted() and any(source.model is sender for source in sources()):
        note([(ContentType.objects.get_for_model(sender).pk, instance.pk)])


def note_branch(page: Page) -> None:
    """The page and all below it."""
    branch = Page.objects.filter(path__startswith=page.path)
    note(branch.values_list("content_type", "pk"))


def _moved(sender: type[Page], instance: Page, **_more: Any) -> None:
    note_branch(instance)


def _restricted(sender: type[Model], instance: PageViewRestriction, **_more: Any) -> None:
    note_branch(instance.page)


def watch() -> None:
    post_save.connect(note_object, dispatch_uid="search notes what is saved")
    post_delete.connect(note_object, dispatch_uid="search notes what is deleted")
    post_page_move.connect(_moved, dispatch_uid="search notes moves")
    page_slug_changed.connect(_moved, dispatch_uid="search notes new addresses")
    for signal in (post_save, post_delete):
        signal.connect(
            _restricted, sender=PageViewRestriction, dispatch_uid=f"search notes doors {signal is post_save}"
        )
