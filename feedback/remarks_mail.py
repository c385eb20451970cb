"""Once a day each owner hears that readers said something of a page: how many lines, never what they say."""

from collections import Counter
from datetime import datetime, time

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.models import Page

from feedback.models import PageVote
from feedback.notices import STAFF_LANGUAGE
from home.models import User
from home.owners import owners_of

NOT_BEFORE = time(7, 30)


def tell_owners(now: datetime) -> int:
    """How many owners have unread lines; the key of a mail is its day, so that nobody is told twice."""
    here = timezone.localtime(now)
    if here.time() < NOT_BEFORE:
        return 0
    unread = _unread_by_owner()
    for owner, lines in unread.items():
        _tell(owner, lines, f"remarks-{owner.pk}-{here:%Y%m%d}")
    return len(unread)


def _unread_by_owner() -> Counter[User]:
    counts = Counter(PageVote.objects.unread().exclude(page=None).values_list("page_id", flat=True))
    found: Counter[User] = Counter()
    for page in Page.objects.filter(pk__in=counts).specific():
        for owner in owners_of(page):
            if owner.email:
                found[owner] += counts[page.pk]
    return found


def _tell(owner: User, lines: int, key: str) -> None:
    with translation.override(STAFF_LANGUAGE):
        said = ngettext(
            "%(count)d reader wrote a line about your pages.",
            "%(count)d readers wrote a line about your pages.",
            lines,
        ) % {"count": lines}
        address = settings.BASE_URL + reverse("readers_remarks")
    EmailMessage(said, f"{said}\n\n{address}\n", to=[owner.email], headers={"X-Outbox-Key": key}).send()
