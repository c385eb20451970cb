"""Pages that are published by a planned day, and what happens when a page may not be published.

A type of page may refuse to be published by raising `PublishingRefused` wherever it is saved as published. Nothing
is published then, on whatever road: the admin says why and leads to the field (`gandan.refusals`), the worker
takes the plan back, says so through `plan_refused`, and goes on with the other pages.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Page, Revision

logger = logging.getLogger("gandan.planned")
SCHEDULED = "wagtail.publish.scheduled"
EXPIRED = "wagtail.unpublish.scheduled"

Gap = tuple[str, str]  # field of the edit form, empty for the page as a whole; sentence for the editor

plan_refused = Signal()  # sender: type of page; revision, refusal, now


class PublishingRefused(Exception):
    """No ValidationError: Wagtail's translations swallow those and tell nobody which field it was."""

    def __init__(self, page: Page, gaps: Sequence[Gap]) -> None:
        super().__init__(f"{page.title}: " + " ".join(reason for _field, reason in gaps))
        self.page = page
        self.gaps = list(gaps)


def take_down_expired(now: datetime) -> int:
    expired = list(Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"))
    for page in expired:
        page.unpublish(set_expired=True, log_action=EXPIRED)
    return len(expired)


def publish_planned(now: datetime) -> int:
    """Publish every revision whose day has come. Wagtail's own loop ends at the first page that fails."""
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    return sum(_publish(revision, now) for revision in due)


def _publish(revision: Revision, now: datetime) -> int:
    try:
        with transaction.atomic():
            revision.publish(log_action=SCHEDULED)
    except PublishingRefused as refusal:
        _take_back(revision, refusal, now)
    except ValidationError as error:
        _take_back(revision, PublishingRefused(revision.as_object(), _gaps(error)), now)
    except Exception:
        logger.exception("revision %s could not be published", revision.pk)
    else:
        return 1
    return 0


def _take_back(revision: Revision, refusal: PublishingRefused, now: datetime) -> None:
    """The revision is a draft again: nobody publishes it but a person."""
    logger.warning("revision %s was not published: %s", revision.pk, [field for field, _ in refusal.gaps])
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        plan_refused.send(type(refusal.page), revision=revision, refusal=refusal, now=now)


def _gaps(error: ValidationError) -> list[Gap]:
    found: dict[str, Any] = error.update_error_dict({})
    return [(field.strip("_"), " ".join(ValidationError(told).messages)) for field, told in found.items()]
