"""Monday 07:30: last week's searches to whoever keeps the dictionary, once for each week."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from gandan.models import Outbox
from gandan.search import usage
from gandan.worktime import VIETNAM

NOT_BEFORE = time(7, 30)
NAMED = 10  # questions of each list in the mail
STAFF_LANGUAGE = "vi"


def send_summary(now: datetime) -> int:
    here = timezone.localtime(now, VIETNAM)
    monday = here.date() - timedelta(days=here.weekday())
    key = f"search-week-{monday:%Y%m%d}"
    if here < datetime.combine(monday, NOT_BEFORE, VIETNAM) or Outbox.objects.filter(key=key).exists():
        return 0
    last = monday - timedelta(weeks=1)
    week, addresses = usage.week(last), editors()
    if not week.searches or not addresses:
        return 0
    with translation.override(STAFF_LANGUAGE):
        context = {
            "week": week,
            "before": usage.week(last - timedelta(weeks=1)),
            "without_result": usage.without_result(last)[:NAMED],
            "never_opened": usage.never_opened(last)[:NAMED],
            "address": settings.BASE_URL + reverse("search_report"),
        }
        subject = gettext("What people searched for last week")
        body = render_to_string("email/search_week.txt", context)
        EmailMessage(subject, body, to=addresses, headers={"X-Outbox-Key": key}).send()
    return 1


def editors() -> list[str]:
    """Addresses of those who may change the dictionary; administrators only when there is nobody else."""
    people = get_user_model()._default_manager.with_perm(
        "gandan.change_searchterm", backend="django.contrib.auth.backends.ModelBackend"
    )
    mailed = people.filter(is_active=True).exclude(email="").order_by("pk")
    own = list(mailed.filter(is_superuser=False).values_list("email", flat=True))
    return own or list(mailed.values_list("email", flat=True))
