"""The public pages of campaigns: what they want to reach by when, and how far they are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.pages import keep_fresh
from guides.campaign_counter import Progress, days_left, progress_of
from guides.models import Campaign, Inspection, Session
from guides.models.choices import Subject
from guides.promise_words import weekday_in_words
from home.hours import read_clock
from home.models import Area

NEXT = 3  # sessions
LISTED = 30  # campaigns


@dataclass(frozen=True)
class Hamlet:
    name: str
    number: str


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = list(Campaign.objects.public()[:LISTED])
    context = {
        "rows": [
            {"campaign": each, "days": in_days(each, today), "is_running": each.is_running(today)}
            for each in found
        ]
    }
    return keep_fresh(render(request, "guides/campaigns.html", context))


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = Campaign.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    progress = progress_of(found, now)
    context = {
        "campaign": found,
        "progress": progress,
        "counted": in_words(progress.count),
        "wanted": wanted(found),
        "days": in_days(found, today),
        "is_running": found.is_running(today),
        "bar": [{"kind": "on-time", "start": 0, "width": progress.percent}],
        "hamlets": _hamlets(progress),
        "next_sessions": [_slip(session) for session in _next(found, now)],
        "inspections": _inspections(found),
        "language": "" if get_language() == "vi" else "vi",
    }
    return keep_fresh(render(request, "guides/campaign.html", context))


def in_words(count: int | None) -> str:
    return _("fewer than 5") if count is None else str(count)


def wanted(found: Campaign) -> str:
    """What the target counts, as a line under the number."""
    number = found.target
    if found.of == Campaign.Of.SESSIONS:
        return ngettext("of %(n)d session held", "of %(n)d sessions held", number) % {"n": number}
    if found.of == Campaign.Of.DONE:
        words = ngettext("of %(n)d time done: %(subject)s", "of %(n)d times done: %(subject)s", number)
        return words % {"n": number, "subject": Subject(found.subject).label}
    return ngettext("of %(n)d time somebody is helped", "of %(n)d times somebody is helped", number) % {
        "n": number
    }


def in_days(found: Campaign, today: date) -> str:
    left = days_left(found, today)
    if today < found.first_day:
        return _("Begins on %(day)s.") % {"day": f"{found.first_day:%d/%m/%Y}"}
    if not left:
        return _("Ended on %(day)s.") % {"day": f"{found.last_day:%d/%m/%Y}"}
    return ngettext("%(n)d day left, today included.", "%(n)d days left, today included.", left) % {"n": left}


def _hamlets(progress: Progress) -> list[Hamlet]:
    """Hamlets where sessions were held, in the commune's order; one statement."""
    areas = Area.objects.filter(pk__in=progress.hamlets) if progress.hamlets else []
    return [Hamlet(area.local_name, _of_hamlet(progress, area.pk)) for area in areas]


def _of_hamlet(progress: Progress, pk: int) -> str:
    held = progress.hamlets[pk]
    sessions = ngettext("%(n)d session", "%(n)d sessions", held) % {"n": held}
    if pk not in progress.by_hamlet:
        return sessions
    return _("%(sessions)s · %(count)d counted") % {"sessions": sessions, "count": progress.by_hamlet[pk]}


def _next(found: Campaign, now: datetime) -> list[Session]:
    here = localtime(now)
    coming = Session.objects.filter(
        is_cancelled=False, date__range=(max(here.date(), found.first_day), found.last_day)
    )
    listed = coming.select_related("place").order_by("date", "starts", "pk")[: 2 * NEXT]
    return [each for each in listed if each.date > here.date() or each.ends > here.time()][:NEXT]


def _slip(session: Session) -> dict[str, Any]:
    """The arguments of components/session_slip.html."""
    month = date_format(session.date, "F")
    return {
        "weekday": weekday_in_words(session.date),
        "day": session.date.day,
        "month": month.lower() if get_language() == "vi" else month,
        "iso": session.date.isoformat(),
        "title": session.title,
        "time": f"{read_clock(session.starts)}–{read_clock(session.ends)}",
        "place": session.place.local_name,
    }


def _inspections(found: Campaign) -> list[Inspection]:
    shown = Inspection.objects.filter(campaign=found, is_public=True).select_related("official")
    return list(shown.order_by("-date", "-pk"))
