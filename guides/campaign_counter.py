"""How far a campaign is, from the sessions and tallies of its days. Small numbers stay the commune's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localtime

from guides.models import Campaign, Session
from guides.models.choices import Outcome
from guides.small_numbers import may_be_published


@dataclass(frozen=True)
class Progress:
    """`count` is None while it is too small to be published, which a number of sessions never is.

    `hamlets`: key of the area → sessions held there; `by_hamlet`: → what was counted there, empty while one of
    these numbers is small.
    """

    count: int | None
    target: int
    sessions: int
    hamlets: Mapping[int, int] = field(default_factory=dict)
    by_hamlet: Mapping[int, int] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """Of the target, never above 100 and never rounded up to it."""
        return min(100, 100 * (self.count or 0) // self.target)

    @property
    def is_reached(self) -> bool:
        return self.count is not None and self.count >= self.target


def progress_of(campaign: Campaign, now: datetime) -> Progress:
    """One statement, whatever the number of sessions and tallies. Tonight's session counts once it has begun."""
    here = localtime(now)
    begun = Q(date__lt=here.date()) | Q(date=here.date(), starts__lte=here.time())
    held = Session.objects.filter(
        begun, is_cancelled=False, date__range=(campaign.first_day, campaign.last_day)
    )
    rows = held.order_by().annotate(where=Session.HAMLET).values("where")
    numbers = {"sessions": Count("pk", distinct=True), "counted": Count("tallies", filter=_what(campaign))}
    return _progress(campaign, rows.annotate(**numbers))


def _what(campaign: Campaign) -> Q:
    counted = Q(tallies__is_undone=False)
    if campaign.of == Campaign.Of.DONE:
        return counted & Q(tallies__outcome=Outcome.DONE, tallies__subject=campaign.subject)
    return counted


def _progress(campaign: Campaign, rows: Iterable[dict[str, Any]]) -> Progress:
    rows = list(rows)
    hamlets = {row["where"]: row["sessions"] for row in rows if row["where"]}
    sessions = sum(row["sessions"] for row in rows)
    if campaign.of == Campaign.Of.SESSIONS:
        return Progress(sessions, campaign.target, sessions, hamlets)
    counted = {row["where"]: row["counted"] for row in rows}
    total = sum(counted.values())
    return Progress(
        count=total if may_be_published([total]) else None,
        target=campaign.target,
        sessions=sessions,
        hamlets=hamlets,
        by_hamlet=counted if may_be_published(counted.values()) else {},
    )


def days_left(campaign: Campaign, today: date) -> int:
    """Today counts while the campaign runs; 0 once it is over; all its days before it begins."""
    first = max(today, campaign.first_day)
    return max(0, (campaign.last_day - first + timedelta(days=1)).days)
