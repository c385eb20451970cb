"""An evening session with places for helpers, and the people who offer, for the tests of helping."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from gandan.worktime import VIETNAM
from guides.models import Helper, Session, SessionNeed
from guides.models.choices import Role
from home.groups import create_groups
from home.models import Place, User
from tests.unit import guides_world
from tests.unit.founded_once import once

NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)  # a Monday
EVENING = date(2026, 11, 26)
AFTER = datetime(2026, 11, 27, 8, tzinfo=VIETNAM)
NAMES = {"mai": ("Trần Thị", "Mai"), "tam": ("Lê Văn", "Tâm"), "hoa": ("Phạm Thị", "Hoa")}


@dataclass
class World:
    mai: User
    tam: User
    hoa: User
    coordinator: User
    leader: User
    session: Session


@pytest.fixture(scope="module")
def helping_commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The commune and its people, made once for a module; each test is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        _found()
        yield
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@pytest.fixture
def world(helping_commune: None, db: None, settings: Any) -> World:
    """One greeter and two typists are needed; nobody has offered yet."""
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
    people = {user.username: user for user in User.objects.all()}
    coordinator, leader = people["dieuphoi"], people["lanhdao"]
    volunteers = {name: people[name] for name in NAMES}
    return World(**volunteers, coordinator=coordinator, leader=leader, session=Session.objects.get())


def _found() -> None:
    guides_world.found_commune()
    once("groups", create_groups)
    for name in NAMES:
        account(name, "volunteer")
    account("dieuphoi", "coordinator")
    account("lanhdao", "leader")
    session = evening()
    need(session, Role.GREETER, 1)
    need(session, Role.TYPIST, 2)


def account(name: str, *groups: str) -> User:
    family, given = NAMES.get(name, ("", ""))
    address = f"{name}@thu.example"
    user = User.objects.create_user(name, email=address, last_name=family, first_name=given)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def evening(**fields: Any) -> Session:
    usual = {
        "title": "Cài VNeID",
        "place": Place.objects.get(key="nha-van-hoa-thuong"),
        "date": EVENING,
        "starts": time(19),
        "ends": time(21),
    }
    return Session.objects.create(**{**usual, **fields})


def need(session: Session, role: str, needed: int, **fields: Any) -> SessionNeed:
    return SessionNeed.objects.create(session=session, role=role, needed=needed, **fields)


def places(session: Session, role: str = Role.GREETER) -> tuple[int, int]:
    """(taken, needed)"""
    found = SessionNeed.objects.get(session=session, role=role)
    return found.taken, found.needed


def state(helper: Helper) -> str:
    return Helper.objects.get(pk=helper.pk).state


def past(days: int) -> Session:
    """A session that many days before NOW, with two greeters."""
    session = evening(date=NOW.date() - timedelta(days=days))
    need(session, Role.GREETER, 2)
    return session


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
