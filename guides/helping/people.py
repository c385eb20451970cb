"""Volunteers as people: how their names are written, and who can be asked."""

from django.db.models import QuerySet

from gandan.text import SortKey, given_name_key
from home.groups import COORDINATOR, LEADER, VOLUNTEER
from home.models import User


def shown_name(user: User) -> str:
    """Family name first, as in Việt Nam; the account's own name where it carries none."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def by_given_name(user: User) -> tuple[SortKey, SortKey]:
    return given_name_key(shown_name(user))


def volunteers() -> QuerySet[User]:
    """Who may be put on a place."""
    groups = [VOLUNTEER, COORDINATOR, LEADER]
    return User.objects.filter(groups__name__in=groups, is_active=True).distinct()
