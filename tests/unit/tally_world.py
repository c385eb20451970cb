"""An evening that took place, with a volunteer, a coordinator, a leader and a stranger."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from gandan.worktime import VIETNAM
from guides.models import Helper, Session, Tally
from guides.tally_entry import Entry
from home.groups import create_groups
from home.models import Place, User
from tests.unit import guides_world
from tests.unit.founded_once import once

Evening = tuple[Session, dict[str, User]]
EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=VIETNAM)
DAY = EVENING.date()


def session(day: date = DAY, place: str = "nha-van-hoa-thuong", **fields: object) -> Session:
    usual = {"title": "Cài VNeID", "starts": time(19), "ends": time(21)}
    return Session.objects.create(place=Place.objects.get(key=place), date=day, **{**usual, **fields})


def person(name: str, group: str = "") -> User:
    found = User.objects.create_user(name, f"{name}@huongdong.example")
    if group:
        found.groups.add(Group.objects.get(name=group))
    return found


def helper(of: Session, user: User, **fields: object) -> Helper:
    usual = {"role": "typist", "state": "confirmed", "created_at": EVENING, "changed_at": EVENING}
    return Helper.objects.create(session=of, user=user, **{**usual, **fields})


def found_evening() -> Evening:
    """The session and people by name: `tam` helps at it, `sen` coordinates, `minh` leads, `la` helps elsewhere."""
    guides_world.found_commune()
    once("groups", create_groups)
    evening = session()
    people = {
        "tam": person("tam", "volunteer"),
        "sen": person("sen", "coordinator"),
        "minh": person("minh", "leader"),
        "la": person("la", "volunteer"),
    }
    helper(evening, people["tam"])
    return evening, people


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Evening]:
    """Made once for a module of tests; each takes back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_evening()
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@pytest.fixture
def evening(db: None, world: Evening) -> Evening:
    of, people = world
    return Session.objects.get(pk=of.pk), {
        name: User.objects.get(pk=each.pk) for name, each in people.items()
    }


def entry(number: int, subject: str = "vneid", outcome: str = "done", **fields: object) -> Entry:
    usual = {"obstacle": "" if outcome == "done" else "papers", "recorded_at": EVENING}
    return Entry(UUID(int=number), subject, outcome, **{**usual, **fields})


def tally(of: Session, number: int = 1, **fields: object) -> None:
    """So many counts, all alike."""
    usual = {"subject": "vneid", "outcome": "done", "source": "web", "recorded_at": EVENING}
    Tally.objects.bulk_create(Tally(session=of, **{**usual, **fields}) for _ in range(number))
