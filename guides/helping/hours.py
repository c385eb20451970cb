"""Hours of volunteers: counted from the session's length once it is over, or as the coordinator noted them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.helping.evening import is_over, length
from guides.helping.people import by_given_name
from guides.models import Helper
from guides.models.helping import HelperQuerySet
from home.models import User

MANY_HOURS = 20 * 60  # minutes in the time looked at from which a volunteer stands out


@dataclass(frozen=True)
class Evening:
    """One session somebody helped at; `minutes` are 0 for who did not come."""

    helper: Helper
    minutes: int

    @property
    def is_noted(self) -> bool:
        return self.helper.noted_minutes is not None

    @property
    def in_words(self) -> str:
        return hours_in_words(self.minutes)


@dataclass(frozen=True)
class Tally:
    """What somebody did in a time."""

    user: User
    evenings: list[Evening]

    @property
    def minutes(self) -> int:
        return sum(evening.minutes for evening in self.evenings)

    @property
    def sessions(self) -> int:
        return sum(evening.minutes > 0 for evening in self.evenings)

    @property
    def in_words(self) -> str:
        return hours_in_words(self.minutes)

    @property
    def is_much(self) -> bool:
        return self.minutes >= MANY_HOURS


def minutes_of(helper: Helper, now: datetime) -> int:
    """Never negative; 0 before the session is over and for one that was cancelled."""
    if not helper.is_confirmed or helper.session.is_cancelled or not is_over(helper.session, now):
        return 0
    return length(helper.session) if helper.noted_minutes is None else helper.noted_minutes


def tally_of(user: User, first: date, last: date, now: datetime) -> Tally:
    """Sessions from `first` to `last`, both included, newest first."""
    return Tally(user, _evenings(Helper.objects.filter(user=user).between(first, last), now))


def tallies(first: date, last: date, now: datetime) -> list[Tally]:
    """Of everybody who helped in that time, by given name; two statements whatever their number."""
    by_user: dict[User, list[Evening]] = defaultdict(list)
    for evening in _evenings(Helper.objects.between(first, last), now):
        by_user[evening.helper.user].append(evening)
    found = [Tally(user, evenings) for user, evenings in by_user.items()]
    return sorted((tally for tally in found if tally.minutes), key=lambda tally: by_given_name(tally.user))


def _evenings(helpers: HelperQuerySet, now: datetime) -> list[Evening]:
    held = helpers.confirmed().filter(session__is_cancelled=False, session__date__lte=localdate(now))
    rows: Iterable[Helper] = held.select_related("user", "session__place").order_by("-session__date", "-pk")
    return [Evening(helper, minutes_of(helper, now)) for helper in rows if is_over(helper.session, now)]


def hours_in_words(minutes: int) -> str:
    """ "2 hours", "1 hour 30 minutes", "0 hours"."""
    hours, rest = divmod(minutes, 60)
    whole = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    part = ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    if not rest:
        return whole
    return _("%(hours)s %(minutes)s") % {"hours": whole, "minutes": part} if hours else part
