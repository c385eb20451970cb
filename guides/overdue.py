"""Guides and lessons that somebody should look at again, why, and who that somebody is.

Nothing here sends or shows anything: the daily mail, the report and the panel of the admin ask the same questions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from guides.models import LegalBasis, ProcedurePage
from home.groups import APPROVER
from home.models import Official, User

SOON = timedelta(days=30)


class Why(models.TextChoices):
    OVERDUE = "overdue", gettext_lazy("The day of the next check has passed")
    NEVER = "never", gettext_lazy("Never compared with its source")
    LAW = "law", gettext_lazy("Cites a document that is no longer in force")
    PLAN = "plan", gettext_lazy("A planned version will not go live")
    SOON = "soon", gettext_lazy("To be checked within 30 days")


@dataclass(frozen=True)
class Plan:
    """A version with a day of its own that was not, or will not be, published. `told` is a sentence for clerks."""

    page_id: int
    told: str


def guides_and_lessons() -> QuerySet[Page]:
    """With `again_on`, `seen_on` and `checker_id`, which stand on two types of page."""
    found: QuerySet[Page] = Page.objects.filter(
        Q(procedurepage__isnull=False) | Q(tutorialpage__isnull=False), alias_of=None
    ).annotate(
        again_on=Coalesce("procedurepage__check_again_on", "tutorialpage__check_again_on"),
        seen_on=Coalesce("procedurepage__checked_on", "tutorialpage__checked_on"),
        checker_id=Coalesce("procedurepage__checked_by", "tutorialpage__checked_by"),
    )
    return found


def because(why: str, today: date, plans: Iterable[int]) -> Q:
    """The condition on `guides_and_lessons` for one reason; a page that is not live waits for a plan alone."""
    conditions = {
        Why.OVERDUE: Q(live=True, again_on__lt=today),
        Why.NEVER: Q(live=True, seen_on=None),
        Why.LAW: Q(live=True) & Q(Exists(_old_law(today))),
        Why.PLAN: Q(pk__in=list(plans)),
        Why.SOON: Q(live=True, again_on__gte=today, again_on__lte=today + SOON),
    }
    return conditions[Why(why)]


def to_look_at(whys: Iterable[str], now: datetime) -> QuerySet[Page]:
    """Pages with one of the reasons, the longest overdue first."""
    today, plans = localdate(now), [plan.page_id for plan in failing_plans(now)]
    any_of = Q()
    for why in whys:
        any_of |= because(why, today, plans)
    return guides_and_lessons().filter(any_of).order_by("again_on", "title", "pk")


def overdue(today: date) -> QuerySet[Page]:
    return guides_and_lessons().filter(because(Why.OVERDUE, today, [])).order_by("again_on", "title", "pk")


def _old_law(today: date) -> QuerySet[LegalBasis]:
    return LegalBasis.objects.filter(no_longer_in_force("document__", today), page=OuterRef("pk"))


def no_longer_in_force(prefix: str, today: date) -> Q:
    """On a document: its last day has passed, or what replaces it is in force. `prefix` leads to the document."""
    ended = Q(**{f"{prefix}in_force_to__lt": today})
    return ended | Q(**{f"{prefix}replaced_by__in_force_from__lte": today})


def old_documents(pages: Iterable[Page], today: date) -> dict[int, list[str]]:
    """By page, the documents it cites that are no longer in force."""
    rows = LegalBasis.objects.filter(no_longer_in_force("document__", today), page__in=[p.pk for p in pages])
    found: dict[int, list[str]] = {}
    for row in rows.select_related("document"):
        found.setdefault(row.page_id, []).append(str(row.document))
    return found


def failing_plans(now: datetime) -> list[Plan]:
    """Approved plans that lack something today, and versions whose day has passed without them."""
    return [*_coming(), *_stranded(now)]


def _coming() -> Iterator[Plan]:
    of_guides = ContentType.objects.get_for_model(ProcedurePage)
    for revision in Revision.objects.filter(content_type=of_guides, approved_go_live_at__isnull=False):
        missing = revision.as_object().missing_for_publishing()
        if missing:
            words = {"day": f"{revision.approved_go_live_at:%d/%m/%Y}", "gaps": _sentences(missing)}
            told = _("The version planned for %(day)s will not go live: %(gaps)s") % words
            yield Plan(int(revision.object_id), told)


def _stranded(now: datetime) -> Iterator[Plan]:
    drafts = ProcedurePage.objects.filter(has_unpublished_changes=True, alias_of=None)
    planned = drafts.filter(latest_revision__content__has_key="go_live_at")
    for page in planned.exclude(latest_revision__content__go_live_at=None).select_related("latest_revision"):
        revision = page.latest_revision
        day = parse_datetime(revision.content["go_live_at"] or "")
        is_done = day and page.last_published_at and page.last_published_at >= day
        if day is None or day > now or is_done or revision.approved_go_live_at is not None:
            continue
        missing = revision.as_object().missing_for_publishing()
        words = {"day": f"{localdate(day):%d/%m/%Y}", "gaps": _sentences(missing)}
        if missing:
            told = _("The version planned for %(day)s did not go live: %(gaps)s") % words
        else:
            told = _("The version planned for %(day)s did not go live: nobody has published it.") % words
        yield Plan(page.pk, told)


def _sentences(missing: list[tuple[str, str]]) -> str:
    return " ".join(reason for _field, reason in missing)


class Owners:
    """Who looks after a page: the account of its checker, else of whoever made it, else every approver.

    Accounts that are closed, and checkers who left office, are passed over. Three statements for any number of pages.
    """

    def __init__(self, pages: Iterable[Page], today: date) -> None:
        listed = list(pages)
        checkers = {page.checker_id for page in listed if page.checker_id}
        officials = Official.objects.active(today).filter(pk__in=checkers, user__is_active=True)
        self._checkers = {official.pk: official.user for official in officials.select_related("user")}
        makers = {page.owner_id for page in listed if page.owner_id}
        self._makers = User.objects.filter(is_active=True).in_bulk(makers)
        self._approvers = list(User.objects.filter(groups__name=APPROVER, is_active=True).order_by("pk"))

    def of(self, page: Page) -> list[User]:
        found = self._checkers.get(page.checker_id) or self._makers.get(page.owner_id)
        return [found] if found else self._approvers

    def to_tell(self, page: Page) -> list[User]:
        """Those of them whom a mail can reach; an owner without an address leaves it to the approvers."""
        reached = [user for user in self.of(page) if user.email]
        return reached or [user for user in self._approvers if user.email]
