"""The summary of the past week, by mail on Monday at 07:30 to the leader and the coordinators: each of them once.

The outbox stores nothing twice under one key, so the job may run at any time and beside another worker. A worker
that slept through Monday sends it when it wakes, as long as the week lasts.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext

from gandan.models import Outbox
from guides.counting.weekly import Week, monday_of, week_of
from guides.models import Session, Tally
from home.groups import COORDINATOR, LEADER
from home.models import CommuneSettings, User

SENT_AT = time(7, 30)
LANGUAGE = "vi"


def send_weekly(now: datetime) -> int:
    """The worker's job; how many mails were stored."""
    here = localtime(now)
    monday = monday_of(here.date())
    if here.date() == monday and here.time() < SENT_AT:
        return 0
    waiting = [person for person in recipients() if not _is_stored(_key(monday, person))]
    if not waiting or not _has_sessions():
        return 0
    with translation.override(LANGUAGE):
        found = week_of(monday - timedelta(days=1), now)
        return sum(_send(found, monday, person) for person in waiting)


def recipients() -> list[User]:
    """Coordinators, leaders and the commune's leader, who have an address; each once."""
    staff = User.objects.filter(is_active=True, groups__name__in=[COORDINATOR, LEADER])
    leaders = CommuneSettings.objects.exclude(leader=None).values("leader__user")
    found = staff | User.objects.filter(is_active=True, pk__in=leaders)
    return list(found.exclude(email="").distinct().order_by("pk"))


def _send(found: Week, monday: date, person: User) -> int:
    subject = gettext("Help sessions from %(monday)s to %(sunday)s") % {
        "monday": f"{found.monday:%d/%m}",
        "sunday": f"{found.sunday:%d/%m/%Y}",
    }
    address = f"{settings.BASE_URL}{reverse('counting:week')}?tu={found.monday.isoformat()}"
    body = render_to_string("email/weekly_sessions.txt", {"week": found, "address": address})
    return EmailMessage(
        subject, body, to=[person.email], headers={"X-Outbox-Key": _key(monday, person)}
    ).send()


def _key(monday: date, person: User) -> str:
    return f"weekly-sessions-{monday:%Y-%m-%d}-{person.pk}"


def _is_stored(key: str) -> bool:
    return Outbox.objects.filter(key=key).exists()


def _has_sessions() -> bool:
    """A commune that runs no sessions is not written to every Monday."""
    return Session.objects.exists() or Tally.objects.exists()
