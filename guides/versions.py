"""Keeps the text of a guide that readers relied on, when another takes its place.

An old version is kept whenever a whole save of a live guide changes a fact of the row that is live: an editor's
publishing, a planned day, an import, a translation. What a fact is, `guides.versions_facts` says. Summaries, notes
on rejections, check dates and the source are none: publishing only those keeps nothing. Who publishes with
`update_fields`, and sheets that follow a renamed unit, change no fact of the guide itself.

A guide that is taken off the site is kept too, as its end. When it comes back with the same facts that end is
forgotten; with other facts it becomes an old version like any other.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.signals import page_unpublished

from guides.versions_facts import SHOWN, changes, shown_fields

if TYPE_CHECKING:
    from guides.models import PastVersion, ProcedurePage

PUBLISHED_LATE = timedelta(
    days=1
)  # a planned day that a stopped worker came to later than this is not its day


def as_stored(page: "ProcedurePage") -> "ProcedurePage | None":
    """The row as readers see it, without its child rows: the sheet has them."""
    if page.pk is None:
        return None
    columns = ("live", "live_revision", "past_count", "first_published_at", "sheet", *SHOWN)
    found: ProcedurePage | None = type(page).objects.filter(pk=page.pk).only(*columns).first()
    return found


def replaced_version(
    page: "ProcedurePage", before: "ProcedurePage | None", now: datetime
) -> "PastVersion | None":
    """The old version, not yet saved, that this save makes; None where no fact of a live guide changes."""
    if before is None or not before.live or not page.live:
        return None
    found = changes(before, page)
    if not found:
        return None
    past = _kept(before, _day_of_change(page, now))
    past.last_day = _last_valid_day(page, before, past.replaced_on)
    past.changes, past.replaced_by_id = found, page.live_revision_id
    past.created_at = now
    return past


def keep_end(page: "ProcedurePage", now: datetime) -> None:
    """After a guide was taken off the site, whose row still holds what was last read; not while it is deleted."""
    before = as_stored(page)
    if before is None or before.live or page.alias_of_id is not None:
        return
    past = _kept(before, localdate(now))
    past.is_end, past.created_at = True, now
    past.save()
    type(page).objects.filter(pk=page.pk).update(past_count=past.number)


def settle_end(page: "ProcedurePage", before: "ProcedurePage | None") -> None:
    """A guide that comes back: its end was none, or was a change. Called after the page is saved."""
    if before is None or before.live or not page.live or not before.past_count:
        return
    end = page.past_versions.filter(number=before.past_count, is_end=True).first()
    if end is None:
        return
    found = changes(end, page)
    if found:
        end.is_end, end.changes, end.replaced_by_id = False, found, page.live_revision_id
        end.save()
        return
    end.delete()
    page.past_count = before.past_count - 1
    type(page).objects.filter(pk=page.pk).update(past_count=page.past_count)


def _on_unpublished(sender: type, instance: "ProcedurePage", **_more: Any) -> None:
    keep_end(instance, timezone.now())


def watch() -> None:
    page_unpublished.connect(
        _on_unpublished, sender=apps.get_model("guides", "ProcedurePage"), dispatch_uid="guides end"
    )


def _kept(before: "ProcedurePage", replaced_on: date) -> "PastVersion":
    last = before.past_versions.first()
    past: PastVersion = apps.get_model("guides", "PastVersion")(
        page_id=before.pk,
        number=before.past_count + 1,
        sheet=before.sheet,
        shown=shown_fields(before),
        first_day=_first_day(before, last),
        last_day=replaced_on,
        replaced_on=replaced_on,
    )
    return past


def _first_day(before: "ProcedurePage", last: Any) -> date | None:
    if last is not None:
        return last.last_day + timedelta(days=1)
    return before.valid_from or (localdate(before.first_published_at) if before.first_published_at else None)


def _day_of_change(page: "ProcedurePage", now: datetime) -> date:
    """The planned day where the worker publishes on time, else today."""
    planned = page.go_live_at
    on_time = planned is not None and timedelta() <= now - planned < PUBLISHED_LATE
    return localdate(planned if on_time else now)


def _last_valid_day(page: "ProcedurePage", before: "ProcedurePage", replaced_on: date) -> date:
    """The day before the new text holds, as far as it says since when; an end the old one gave itself; else today."""
    if before.valid_to and before.valid_to < replaced_on:
        return before.valid_to
    if page.valid_from and page.valid_from != before.valid_from and page.valid_from <= replaced_on:
        return page.valid_from - timedelta(days=1)
    if page.go_live_at and localdate(page.go_live_at) == replaced_on:
        return replaced_on - timedelta(days=1)
    return replaced_on
