"""How long people who were helped with a procedure usually took: known from five counts on, kept in the sheet."""

from collections import defaultdict
from datetime import datetime
from statistics import median

from gandan.small_numbers import LEAST
from guides.models import ProcedurePage, Tally, TypicalMinutes
from guides.models.choices import Outcome
from guides.sheet import refresh_sheets

Typical = dict[str, tuple[int, int]]  # code → minutes, counts


def refresh_typical(now: datetime) -> int:
    """The worker's job: count anew, and carry what changed into the sheets; how many procedures changed."""
    before = {row.code: (row.minutes, row.count) for row in TypicalMinutes.objects.all()}
    after = _counted()
    changed = {code for code in before | after if before.get(code) != after.get(code)}
    TypicalMinutes.objects.filter(code__in=changed - set(after)).delete()
    for code in changed & set(after):
        minutes, count = after[code]
        TypicalMinutes.objects.update_or_create(code=code, defaults={"minutes": minutes, "count": count})
    refresh_sheets(ProcedurePage.objects.filter(code__in=changed))
    return len(changed)


def _counted() -> Typical:
    done = Tally.objects.counted().filter(outcome=Outcome.DONE, minutes__isnull=False).exclude(guide_code="")
    minutes: dict[str, list[int]] = defaultdict(list)
    for code, taken in done.values_list("guide_code", "minutes"):
        minutes[code].append(taken or 0)
    return {
        code: (int(median(taken) + 0.5), len(taken)) for code, taken in minutes.items() if len(taken) >= LEAST
    }
