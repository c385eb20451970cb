"""Who of the staff sees which case: the official it was given to, the coordinators and the leader. Nobody else.

A remark about conduct is seen by fewer: by the official who answers it and by the commune's leader, and by neither
when it is about them, about somebody they stand in for, or about the head of their unit. Coordinators do not see
it: one of them may be meant. The desk, its search and counts, the log of looks and every figure about single
officials read cases through `Reader.cases`; public figures and mails to groups through `countable`.
"""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from feedback.models import Case, Kind
from feedback.models.cases import CaseQuerySet
from feedback.routing import Staff, barred_by, officials_by_key
from home.models import CommuneSettings, Official, User

COORDINATORS = "coordinator"
LEADERS = "leader"


@dataclass(frozen=True)
class Reader:
    """Somebody at the desk. `official` is None for a coordinator who is no official.

    `sees_looks`: may know who looked at which case, as the leader and the leader's group do.
    """

    user: User
    official: Official | None
    sees_all: bool
    leads: bool = False
    sees_looks: bool = False

    def cases(self) -> CaseQuerySet:
        """Every case this person may know of, in any way: to read, to find, to count or to see in a log."""
        own = Q(official=self.official) if self.official else Q(pk=None)
        usual = Q() if self.sees_all else own
        conduct = (Q() if self.leads else own) & ~Q(about__in=self._hidden_persons)
        return Case.objects.filter((usual & ~Q(kind=Kind.CONDUCT)) | (conduct & Q(kind=Kind.CONDUCT)))

    @cached_property
    def _hidden_persons(self) -> list[int]:
        """Officials about whom this person reads nothing."""
        if self.official is None:
            return []
        staff = Staff(officials=officials_by_key())
        return [pk for pk, about in staff.officials.items() if self.official.pk in barred_by(staff, about)]


def reader_for(user: User | AnonymousUser) -> Reader | None:
    """None for whoever has nothing to do at the desk."""
    if not isinstance(user, User) or not user.is_active:
        return None
    as_leader = CommuneSettings.objects.filter(leader=OuterRef("pk"))
    groups = user.groups.filter(name__in=[COORDINATORS, LEADERS])
    official = (
        Official.objects.filter(user=user)
        .annotate(
            leads=Exists(as_leader),
            oversees=Exists(groups),
            of_leaders=Exists(groups.filter(name=LEADERS)),
        )
        .first()
    )
    if official is None:
        names = set(groups.values_list("name", flat=True))
        return Reader(user, None, sees_all=True, sees_looks=LEADERS in names) if names else None
    return Reader(
        user,
        official,
        sees_all=official.leads or official.oversees,
        leads=official.leads,
        sees_looks=official.leads or official.of_leaders,
    )


def countable() -> CaseQuerySet:
    """Cases that figures by topic, area, unit, official or month may count, and digests may list.

    Remarks about conduct are left out: where they are few, a number in such a row tells whom they are about.
    """
    return Case.objects.exclude(kind=Kind.CONDUCT)
