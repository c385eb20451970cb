"""Monday 07:30: what the leader should know of last week's promises. Counts, codes, topics and officials; no words.

A week runs from Monday to Sunday. On time are cases answered or refused by their promised hour; the rate counts open
late cases as broken promises: on time ÷ (answered + open and late). Remarks about conduct are not in it. Sent once
for each week, whenever in the week the worker comes first; the key of the mail is the week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from feedback import notices
from feedback.access import LEADERS, countable
from feedback.models import Case, Extension, Forwarding, State
from gandan.models import Outbox
from gandan.worktime import VIETNAM
from home.models import CommuneSettings, User

NOT_BEFORE = time(7, 30)
LISTED = 50  # late cases in one mail, the latest first


@dataclass(frozen=True)
class Week:
    """Figures of the seven days from `begin` on, and what is late at `now`."""

    begin: datetime
    received: int
    on_time: int
    answered_late: int
    extended: int
    reopened: int
    open_late: int
    open: int
    forwarded_overdue: int
    late: Sequence[Case]

    @property
    def end(self) -> datetime:
        return self.begin + timedelta(days=6)

    @property
    def rate(self) -> int | None:
        """Per cent on time, open and late counted; None in a week without any."""
        counted = self.on_time + self.answered_late + self.open_late
        return round(100 * self.on_time / counted) if counted else None


def send_digest(now: datetime) -> int:
    here = timezone.localtime(now, VIETNAM)
    monday = here.date() - timedelta(days=here.weekday())
    begins = datetime.combine(monday, NOT_BEFORE, VIETNAM)
    key = f"digest-{monday:%Y%m%d}"
    if now < begins or Outbox.objects.filter(key=key).exists():
        return 0
    with translation.override(notices.STAFF_LANGUAGE):
        week = week_before(datetime.combine(monday, time(), VIETNAM), now)
        subject = gettext("The week's promises: %(late)d late") % {"late": week.open_late}
        address = settings.BASE_URL + reverse("desk:cases")
        body = render_to_string("email/digest.txt", {"week": week, "address": address, "listed": LISTED})
        notices.send(subject, body, _leaders(), key)
    return 1


def week_before(monday: datetime, now: datetime) -> Week:
    begin = monday - timedelta(days=7)
    cases = countable().filter(merged_into=None)
    answered = cases.filter(answered_at__gte=begin, answered_at__lt=monday)
    on_time = answered.filter(answered_at__lte=F("due_at")).count()
    late = cases.overdue(now).select_related("topic", "official").order_by("due_at")
    waits = Forwarding.objects.filter(case__in=cases.filter(state=State.FORWARDED))
    return Week(
        begin=begin,
        received=cases.filter(received_at__gte=begin, received_at__lt=monday).count(),
        on_time=on_time,
        answered_late=answered.count() - on_time,
        extended=Extension.objects.filter(case__in=cases, at__gte=begin, at__lt=monday).count(),
        reopened=cases.filter(reopened_at__gte=begin, reopened_at__lt=monday).count(),
        open_late=late.count(),
        open=cases.open().count(),
        forwarded_overdue=waits.filter(expected_on__lt=timezone.localdate(now)).count(),
        late=list(late[:LISTED]),
    )


def _leaders() -> list[str]:
    """The leader and whoever is in the leaders' group; without any of them the coordinators."""
    leader = CommuneSettings.objects.values_list("leader__user__email", flat=True)
    group = User.objects.filter(groups__name=LEADERS, is_active=True).values_list("email", flat=True)
    found = {address for address in (*leader, *group) if address}
    return sorted(found) or notices.coordinators_addresses()
