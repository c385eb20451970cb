"""What readers said of pages, for the people who look after them; in the admin, since it is about pages, not cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from feedback import voting
from feedback.models import PageVote
from home.models import User
from home.owners import owner_of

SHOWN = timedelta(days=90)
MOST_SHOWN = 500  # votes read at once, newest first


@dataclass
class PageRemarks:
    title: str
    path: str
    page: Page | None
    useful: int = 0
    not_useful: int = 0
    lines: list[PageVote] = field(default_factory=list)

    @property
    def unread(self) -> int:
        return sum(vote.seen_at is None for vote in self.lines)


@permission_required("feedback.view_pagevote")
@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: HttpRequest) -> HttpResponse:
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    if request.method == "POST":
        voting.mark_read([int(pk) for pk in request.POST.getlist("vote") if pk.isdecimal()], user, now)
        return redirect(request.get_full_path())
    everything = request.GET.get("trang") == "tat-ca"
    context = {
        "page_title": _("Readers' remarks"),
        "header_icon": "comment",
        "pages": remarks_for(None if everything else user, now),
        "everything": everything,
    }
    return render(request, "feedback/remarks.html", context)


def remarks_for(user: User | None, now: datetime) -> list[PageRemarks]:
    """Of the last 90 days, by page, unread lines first; only pages that `user` looks after, all without one."""
    votes = PageVote.objects.since(now - SHOWN)[:MOST_SHOWN]
    found = _by_page(votes)
    kept = [each for each in found if user is None or (each.page and owner_of(each.page) == user)]
    return sorted(kept, key=lambda each: (-each.unread, -each.not_useful, each.title))


def _by_page(votes: Iterable[PageVote]) -> list[PageRemarks]:
    votes = list(votes)
    pages = Page.objects.filter(pk__in={vote.page_id for vote in votes if vote.page_id}).specific()
    known = {page.pk: page for page in pages}
    found: dict[str, PageRemarks] = {}
    for vote in votes:
        key = str(vote.page_id or vote.page_path)
        page = known.get(vote.page_id) if vote.page_id else None
        about = found.setdefault(key, PageRemarks(vote.page_title, vote.page_path, page))
        about.useful += vote.is_useful
        about.not_useful += not vote.is_useful
        about.lines += [vote] if vote.has_line else []
    return list(found.values())
