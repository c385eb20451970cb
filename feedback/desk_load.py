"""How much lies with whom: the coordinator's table of officials with what is open, late and waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from feedback.access import Reader
from feedback.desk_list import IS_WAITING, UNFINISHED
from feedback.models import OPEN_STATES
from home.models import Official

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Load:
    """`answered` counts the last thirty days."""

    official: Official
    is_away: bool
    open: int = 0
    late: int = 0
    waiting: int = 0
    answered: int = 0


def loads(reader: Reader, now: datetime) -> Sequence[Load]:
    """Everybody in office who has a case or an account, the most late first."""
    today = timezone.localdate(now)
    counts = {row["official"]: row for row in _counted(reader, now)}
    people = Official.objects.active(today).select_related("unit", "deputy")
    found = [_load(official, counts.get(official.pk, {}), today) for official in people]
    busy = [load for load in found if load.official.pk in counts or load.official.user_id]
    return sorted(busy, key=lambda load: (-load.late, -load.open, load.official.sort_name))


def _counted(reader: Reader, now: datetime) -> list[dict[str, Any]]:
    runs = Q(state__in=OPEN_STATES) & ~IS_WAITING
    rows = reader.cases().order_by().values("official")
    counted = rows.annotate(
        open=Count("pk", filter=UNFINISHED & ~IS_WAITING),
        late=Count("pk", filter=runs & Q(due_at__lt=now)),
        waiting=Count("pk", filter=IS_WAITING),
        answered=Count("pk", filter=Q(answered_at__gte=now - LOOKED_BACK)),
    )
    return [dict(row) for row in counted]


def _load(official: Official, counts: dict[str, Any], today: date) -> Load:
    numbers = {name: number for name, number in counts.items() if name != "official"}
    return Load(official, official.is_absent(today), **numbers)
