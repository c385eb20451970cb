"""Mails to those who look after guides: what is overdue, once a day, and a planned version that was refused.

One mail a day and owner, however often the worker runs or dies: the key in the outbox is the owner and the day.
Mails hold titles, dates and addresses of the admin, nothing of any resident.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Page, Revision

from gandan.outbox import KEY_HEADER, store
from gandan.planned import PublishingRefused, plan_refused
from gandan.refusals import edit_address
from guides.models import ProcedurePage
from guides.overdue import Owners, guides_and_lessons, overdue
from home.models import User


@dataclass(frozen=True)
class Line:
    title: str
    language: str
    days_over: int
    address: str


def nag(now: datetime) -> int:
    """How many mails are new in the outbox."""
    today = localdate(now)
    pages = list(overdue(today).select_related("locale"))
    by_owner: dict[User, list[Page]] = defaultdict(list)
    owners = Owners(pages, today)
    for page in pages:
        for user in owners.to_tell(page):
            by_owner[user].append(page)
    return sum(_send_digest(user, own, today, now) for user, own in by_owner.items())


def _send_digest(user: User, pages: Iterable[Page], today: date, now: datetime) -> int:
    with override(settings.LANGUAGE_CODE):
        lines = [_line(page, today) for page in pages]
        subject = ngettext(
            "%(count)d page is to be checked again", "%(count)d pages are to be checked again", len(lines)
        )
        context = {"lines": lines, "report": _whole("/admin/to-look-at/")}
        body = render_to_string("email/overdue.txt", context)
        return _mail(subject % {"count": len(lines)}, body, user, f"overdue-{user.pk}-{today:%Y%m%d}", now)


def _line(page: Any, today: date) -> Line:
    code = page.locale.language_code
    language = "" if code == settings.LANGUAGE_CODE else code
    return Line(page.title, language, (today - page.again_on).days, _whole(edit_address(page)))


def tell_refused(revision: Revision, refusal: PublishingRefused, now: datetime) -> int:
    """To whoever looks after the guide: which planned version was not published, and what it lacks."""
    page = guides_and_lessons().get(pk=refusal.page.pk)
    with override(settings.LANGUAGE_CODE):
        context = {
            "title": refusal.page.title,
            "gaps": [(reason, _whole(edit_address(refusal.page, field))) for field, reason in refusal.gaps],
        }
        body = render_to_string("email/plan_refused.txt", context)
        subject = _("Not published: %(title)s") % {"title": refusal.page.title}
        keys = {
            user: f"plan-refused-{revision.pk}-{user.pk}"
            for user in Owners([page], localdate(now)).to_tell(page)
        }
        return sum(_mail(subject, body, user, key, now) for user, key in keys.items())


def _mail(subject: str, body: str, user: User, key: str, now: datetime) -> int:
    return store(EmailMessage(subject, body, to=[user.email], headers={KEY_HEADER: key}), now)


def _whole(path: str) -> str:
    return str(settings.BASE_URL).rstrip("/") + path


def _on_refused(
    sender: type, revision: Revision, refusal: PublishingRefused, now: datetime, **_: Any
) -> None:
    tell_refused(revision, refusal, now)


def watch() -> None:
    plan_refused.connect(_on_refused, sender=ProcedurePage, dispatch_uid="guides tell of refused plans")
