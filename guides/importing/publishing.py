"""Publishes what an import brought, as far as the publish gate lets it through."""

from guides.importing.storing import Outcome, Plan
from guides.models import ProcedurePage

Missing = list[tuple[str, str]]


def may_be_published(plan: Plan, page: ProcedurePage | None) -> bool:
    """A draft no one has published yet, or the update of a guide that had nothing unpublished before.

    A guide that an editor took off the site stays off, and an editor's unfinished work is not published along.
    """
    if page is None:
        return plan.outcome is Outcome.NEW
    if page.first_published_at is None:
        return plan.imported is not None or plan.outcome is Outcome.UPDATED
    return plan.outcome is Outcome.UPDATED and page.live and not page.has_unpublished_changes


def publish(page: ProcedurePage) -> Missing:
    """What the guide lacks; when that is nothing, it is live now."""
    latest = page.get_latest_revision_as_object()
    missing = latest.missing_for_publishing()
    if not missing:
        page.get_latest_revision().publish()
    return missing
