"""The only writer of readers' remarks: “Was this page useful?”, with an optional line, to the page's owner.

There is no thread and no answer. A useful vote also counts on the page itself, which lists of the most used guides
read. Of very many votes from one address each is kept, but none counts.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from feedback.models import PageVote
from home.models import BasePage, User

KEPT = timedelta(days=365)  # a remark older than this says nothing about the page of today


def page_to_vote_on(pk: str) -> Page | None:
    """A live page that everybody may read, as its own type; None for anything else."""
    if not pk.isdecimal() or len(pk) > 9:
        return None
    page = Page.objects.live().public().filter(pk=int(pk)).specific().first()
    return page if isinstance(page, BasePage) else None


@transaction.atomic
def vote(page: Page, path: str, now: datetime, *, is_useful: bool, is_counted: bool) -> PageVote:
    if is_useful and is_counted:
        type(page).objects.filter(pk=page.pk).update(useful_count=F("useful_count") + 1)
    return PageVote.objects.create(
        page_id=page.pk,
        page_title=page.title,
        page_path=path[:300],
        is_useful=is_useful,
        is_counted=is_counted,
        voted_at=now,
    )


def add_line(vote_pk: int, line: str) -> bool:
    """Only the first line of a vote is kept; False when there was one, or no such vote."""
    return bool(PageVote.objects.filter(pk=vote_pk, has_line=False).update(line=line, has_line=True))


def mark_read(votes: list[int], user: User, now: datetime) -> int:
    return PageVote.objects.filter(pk__in=votes, seen_at=None).update(seen_at=now, seen_by=user)


def forget_old(now: datetime) -> int:
    return PageVote.objects.filter(voted_at__lt=now - KEPT).delete()[0]
