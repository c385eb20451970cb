from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from gandan.references import references_of


def publish_new(parent: Page, page: Page, at: datetime | None = None) -> Page:
    """Put a new page below its parent, live, with a first revision that editors can come back to."""
    published_at = at or timezone.now()
    page.live = True
    page.first_published_at = page.last_published_at = published_at
    with references_of(page):
        parent.add_child(instance=page)
        revision = page.save_revision(log_action=False)
        page.live_revision = revision
        page.has_unpublished_changes = False
        page.save(update_fields=["live_revision", "has_unpublished_changes"])
    return page
