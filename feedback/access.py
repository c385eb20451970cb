"""Who of the staff sees which case: the official it was given to, the coordinators and the leader. Nobody else."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from feedback.models import Case
from feedback.models.cases import CaseQuerySet
from home.models import CommuneSettings, Official, User

COORDINATORS = "coordinator"
LEADERS = "leader"


@dataclass(frozen=True)
class Reader:
    """Somebody at the desk. `official` is None for a coordinator who is no official."""

    user: User
    official: Official | None
    sees_all: bool
    is_leader: bool = False

    @property
    def may_enter(self) -> bool:
        return self.official is not None or self.sees_all

    def cases(self) -> CaseQuerySet:
        cases = Case.objects.all()
        return cases if self.sees_all else cases.filter(official=self.official)


def reader_for(user: User | AnonymousUser) -> Reader | None:
    """None for whoever has nothing to do at the desk."""
    if not isinstance(user, User) or not user.is_active:
        return None
    as_leader = CommuneSettings.objects.filter(leader=OuterRef("pk"))
    official = Official.objects.filter(user=user).annotate(leads=Exists(as_leader)).first()
    leads = official is not None and official.leads
    groups = set(user.groups.filter(name__in=[COORDINATORS, LEADERS]).values_list("name", flat=True))
    reader = Reader(user, official, leads or bool(groups), leads or LEADERS in groups)
    return reader if reader.may_enter else None
