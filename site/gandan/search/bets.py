"""Best bets: pages the commune puts first for a question, by its canonical key, so that every spelling meets them."""

from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any

from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save
from django.utils.timezone import localdate
from wagtail.models import Page

from gandan.models import BestBet
from gandan.search.plan import plan
from gandan.search.registry import sources
from gandan.search.statistics import Statistics
from gandan.search.terms import Dictionary
from gandan.search.visible import public_pages

CHECKED_EVERY = 1.0  # seconds a process goes on with the bets it knows


@dataclass(frozen=True)
class Bet:
    pk: int
    said: str
    language: str
    page: int
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


_known: tuple[str, list[Bet]] = ("", [])
_keyed: tuple[Any, dict[str, Bet]] = (None, {})
_checked = float("-inf")


def current() -> list[Bet]:
    """The bets in use. One statement a second tells whether the ones this process knows are still right."""
    global _known, _checked
    if monotonic() - _checked < CHECKED_EVERY:
        return _known[1]
    _checked = monotonic()
    state = BestBet.objects.aggregate(count=Count("pk"), at=Max("changed_at"))
    version = f"{state['count']}-{state['at']}"
    if version != _known[0]:
        rows = BestBet.objects.filter(is_active=True).order_by("pk")
        columns = rows.values_list("pk", "said", "language", "page", "since", "until")
        _known = version, [Bet(*row) for row in columns]
    return _known[1]


def look_again(**_signal: Any) -> None:
    global _checked
    _checked = float("-inf")


def watch() -> None:
    post_save.connect(look_again, sender=BestBet, dispatch_uid="best bet saved")
    post_delete.connect(look_again, sender=BestBet, dispatch_uid="best bet deleted")


def key_of(said: str, language: str, statistics: Statistics, dictionary: Dictionary) -> str:
    return plan(said, language, statistics, dictionary).key


def promoted(
    key: str, language: str, statistics: Statistics, dictionary: Dictionary, now: datetime
) -> tuple[int, int] | None:
    """Source and primary key of the page for this question, when everybody may see it now."""
    bets = [bet for bet in current() if bet.language == language and bet.holds_on(localdate(now))]
    if not bets or not key:
        return None
    bet = _by_key(bets, language, statistics, dictionary).get(key)
    page = public_pages(Page.objects.filter(pk=bet.page), now).first() if bet else None
    if page is None:
        return None
    model = page.specific_class
    numbers = [
        number
        for number, source in enumerate(sources())
        if source.model is model and source.queryset(now).filter(pk=page.pk).exists()
    ]
    return (numbers[0], page.pk) if numbers else None


def _by_key(bets: list[Bet], language: str, statistics: Statistics, dictionary: Dictionary) -> dict[str, Bet]:
    """Reckoned again when bets, dictionary or statistics are others."""
    global _keyed
    stamp = (tuple(bets), language, statistics.version, dictionary.version)
    if _keyed[0] != stamp:
        _keyed = stamp, {key_of(bet.said, language, statistics, dictionary): bet for bet in reversed(bets)}
    return _keyed[1]
