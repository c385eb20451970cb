"""Publishing many pages at once: those that may be are published, each of the others is told with its reasons."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from gandan.planned import PublishingRefused
from gandan.refusals import tell


class PublishWhatMayBe(PublishBulkAction):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[PublishingRefused] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refusals": self.refusals}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Any = None,
        refusals: list[PublishingRefused] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """How many of the chosen pages and how many drafts below them were published."""
        refused = [] if refusals is None else refusals
        parents = children = 0
        for page in objects:
            parents += _publish(page, user, refused)
            if include_descendants:
                children += sum(_publish(each, user, refused) for each in _drafts_below(page, user))
        return parents, children

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for refusal in self.refusals:
            tell(self.request, refusal)
        if self.refusals and not num_parent_objects + num_child_objects:
            return None
        words: str = super().get_success_message(num_parent_objects, num_child_objects)
        return words


def _drafts_below(page: Page, user: Any) -> Iterator[Page]:
    for draft in page.get_descendants().not_live().specific().iterator():
        if user is None or draft.permissions_for_user(user).can_publish():
            yield draft


def _publish(page: Page, user: Any, refusals: list[PublishingRefused]) -> int:
    try:
        with transaction.atomic():
            revision = page.get_latest_revision() or page.specific.save_revision(user=user)
            revision.publish(user=user)
    except PublishingRefused as refusal:
        refusals.append(refusal)
        return 0
    return 1
