"""A change that would leave an open topic, area or kind of case without anybody is refused, with their names.

Asked where officials, units, accounts, the commune's settings, topics and rules are saved (`home.guards`) or deleted.
What was stranded before does not stand in the way of a change.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.checking import Stranded, stranded
from feedback.models import RoutingRule, Topic
from feedback.plan import Plan
from home.models import Area, Official

NAMED = 5  # combinations named in one message


def check_change(row: Model) -> None:
    """Raises `ValidationError` when saving the row would strand something. It asks for no row of another kind."""
    plan, today = Plan.load(), timezone.localdate()
    _check(plan, plan.after(row), _days(row, today))


def refuse_deletion(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Hook `before_delete_snippet`: back to the list with the reason, or None to go on."""
    rows = [row for row in instances if isinstance(row, RoutingRule | Topic | Official | Area)]
    if not rows:
        return None
    plan = now = Plan.load()
    for row in rows:
        plan = plan.without(row)
    try:
        _check(now, plan, [timezone.localdate()])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(reverse(rows[0].snippet_viewset.get_url_name("list")))  # type: ignore[union-attr]
    return None


def _days(row: Model, today: date) -> list[date]:
    """Today, and the days on which an official's going or being away would be felt."""
    if isinstance(row, Official):
        felt = [row.until + timedelta(days=1)] if row.until else []
        return sorted({today, *(day for day in felt if day > today)})
    return [today]


def _check(before: Plan, after: Plan, days: list[date]) -> None:
    known = {_key(lost) for lost in stranded(days[0], before)}
    lost = {_key(lost): lost for day in days for lost in stranded(day, after) if _key(lost) not in known}
    if lost:
        raise ValidationError(sentence(list(lost.values())))


def _key(lost: Stranded) -> tuple[int | None, int | None, str]:
    return lost.topic.pk, lost.area.pk if lost.area else None, lost.kind


def sentence(lost: list[Stranded]) -> str:
    named = "; ".join(one.sentence for one in lost[:NAMED])
    said = _("Then nobody could answer: %(named)s.") % {"named": named}
    more = len(lost) - NAMED
    if more > 0:
        said += " " + ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more}
    return said + " " + _("Name a deputy, a head of the unit or another rule first.")
