"""What needs a coordinator's hand today: mail that does not leave, cases and topics that reach nobody, cases held.

Counts and codes only, never words or names of residents. Mailed once a day from 07:30 when there is anything.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from feedback import notices
from feedback.checking import stranded
from feedback.handing_on import unrouted
from feedback.models import Case, Kind
from feedback.plan import Plan
from gandan.models import Outbox

NOT_BEFORE = time(7, 30)
STUCK_AFTER = timedelta(hours=1)
REFUSED_SHOWN = timedelta(days=7)
CODES_NAMED = 20


@dataclass(frozen=True)
class Alarms:
    stuck: int = 0
    refused: int = 0
    unrouted: tuple[str, ...] = ()
    stranded: int = 0
    held: int = 0

    @property
    def lines(self) -> list[str]:
        """One sentence for each thing that needs somebody."""
        said = [
            (
                self.stuck,
                ngettext(
                    "%(n)d message has not left for an hour.",
                    "%(n)d messages have not left for an hour.",
                    self.stuck,
                ),
            ),
            (
                self.refused,
                ngettext(
                    "The mail server refused %(n)d message this week.",
                    "The mail server refused %(n)d messages this week.",
                    self.refused,
                ),
            ),
            (
                len(self.unrouted),
                ngettext(
                    "%(n)d open case has nobody who can answer: %(codes)s",
                    "%(n)d open cases have nobody who can answer: %(codes)s",
                    len(self.unrouted),
                ),
            ),
            (
                self.stranded,
                ngettext(
                    "%(n)d combination of topic, area and kind reaches nobody.",
                    "%(n)d combinations of topic, area and kind reach nobody.",
                    self.stranded,
                ),
            ),
            (
                self.held,
                ngettext(
                    "%(n)d case waits for a first look.", "%(n)d cases wait for a first look.", self.held
                ),
            ),
        ]
        codes = ", ".join(self.unrouted[:CODES_NAMED])
        return [sentence % {"n": n, "codes": codes} for n, sentence in said if n]


def present(now: datetime) -> Alarms:
    plan, today = Plan.load(), timezone.localdate(now)
    waiting = Outbox.objects.filter(state=Outbox.State.WAITING, created_at__lt=now - STUCK_AFTER)
    refused = Outbox.objects.filter(state=Outbox.State.REFUSED, created_at__gt=now - REFUSED_SHOWN)
    return Alarms(
        stuck=waiting.count(),
        refused=refused.count(),
        unrouted=tuple(case.code for case in unrouted(plan.staff, today) if case.kind != Kind.CONDUCT),
        stranded=len(stranded(today, plan)),
        held=Case.objects.open().held().exclude(kind=Kind.CONDUCT).count(),
    )


def tell_coordinators(now: datetime) -> int:
    """1 when the mail of today was written now; the key of the mail is its day."""
    here = timezone.localtime(now)
    key = f"alarm-{here:%Y%m%d}"
    if here.time() < NOT_BEFORE or Outbox.objects.filter(key=key).exists():
        return 0
    with translation.override(notices.STAFF_LANGUAGE):
        lines = present(now).lines
        if not lines:
            return 0
        subject = gettext("This needs a coordinator today")
        body = "\n".join(
            [*(f"- {line}" for line in lines), "", settings.BASE_URL + reverse("desk:cases"), ""]
        )
        notices.send(subject, body, notices.coordinators_addresses(), key)
    return 1
