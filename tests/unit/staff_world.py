"""A commune with its groups and one account for each, for tests of doors and permissions."""

from datetime import date

from django.contrib.auth.models import Group

from home.founding import found_site
from home.groups import GROUPS, create_groups
from home.models import User
from tests.unit.founded_once import once

PASSWORD = "ba-con-cô-bác-2026"


def found_commune() -> dict[str, User]:
    """One account by name of its group, and `administrator`, who may do everything."""
    once("staff", _found)
    named = {user.username: user for user in User.objects.all()}
    people = {name: named[name.replace(" ", "-")] for name in GROUPS}
    return {"administrator": named["quantri"], **people}


def _found() -> None:
    found_site(date(2026, 11, 22))
    create_groups()
    User.objects.create_superuser("quantri", password=PASSWORD)
    for name in GROUPS:
        person = User.objects.create_user(name.replace(" ", "-"), password=PASSWORD)
        person.groups.add(Group.objects.get(name=name))
