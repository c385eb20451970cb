"""Helpers hear of it once when a session is cancelled, moved or changed, and the day before."""

import quopri
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from wagtail.users.models import UserProfile

from gandan.models import Outbox
from gandan.worktime import VIETNAM
from guides.helping import taking_part
from guides.helping.following import follow_sessions, remind
from guides.models import Helper, SeriesNeed, Session
from guides.models.choices import Role
from home.models import Place
from tests.unit.helping_world import EVENING, NOW, World, evening, helping_commune, need, places, world
from tests.unit.test_sessions import plan_all, series

pytestmark = pytest.mark.django_db
__all__ = ["helping_commune", "world"]
State = Helper.State
DAY_BEFORE = datetime(2026, 11, 25, 9, tzinfo=VIETNAM)


def confirmed(world: World, name: str, role: str = Role.GREETER) -> Helper:
    return taking_part.add(world.session, getattr(world, name), role, NOW)


def mails(what: str) -> list[str]:
    rows = Outbox.objects.filter(key__contains=f"-{what}-").order_by("pk")
    return [quopri.decodestring(row.body.encode("latin-1")).decode() for row in rows]


def change(session: Session, **values: Any) -> None:
    Session.objects.filter(pk=session.pk).update(**values)


def test_a_cancelled_session_tells_its_helpers_once_and_frees_their_places(world: World) -> None:
    confirmed(world, "mai")
    taking_part.offer(world.session, world.tam, Role.TYPIST, NOW)
    change(world.session, is_cancelled=True, reason="Mất điện cả thôn")
    assert follow_sessions(NOW) == 2
    assert follow_sessions(NOW) == 0
    assert set(Helper.objects.values_list("state", flat=True)) == {State.FREED}
    assert places(world.session) == (0, 1)
    assert len(mails("cancelled")) == 2
    assert "Mất điện cả thôn" in mails("cancelled")[0]


def test_helpers_follow_a_session_that_was_moved_and_are_told(world: World) -> None:
    evenings = series(weekdays=["thu"])
    SeriesNeed.objects.create(series=evenings, role=Role.GREETER, needed=1)
    plan_all(evenings)
    old = Session.objects.get(series=evenings, date=EVENING)
    helper = taking_part.add(old, world.mai, Role.GREETER, NOW)
    new = evening(series=evenings, date=EVENING + timedelta(days=1), title=old.title)
    change(old, is_cancelled=True, reason="Mưa bão", moved_to=new.date)
    assert follow_sessions(NOW) == 1
    helper.refresh_from_db()
    moved = Helper.objects.get(session=new)
    assert (helper.state, moved.state, places(new), places(old)) == (
        State.FREED,
        State.CONFIRMED,
        (1, 1),
        (0, 1),
    )
    assert "27/11/2026" in mails("moved")[0]
    assert follow_sessions(NOW) == 0


def test_where_the_new_day_is_full_a_moved_helper_waits_as_an_offer(world: World) -> None:
    evenings = series(weekdays=["thu"])
    SeriesNeed.objects.create(series=evenings, role=Role.GREETER, needed=1)
    plan_all(evenings)
    old = Session.objects.get(series=evenings, date=EVENING)
    taking_part.add(old, world.mai, Role.GREETER, NOW)
    new = evening(series=evenings, date=EVENING + timedelta(days=1))
    taking_part.add(new, world.tam, Role.GREETER, NOW)
    change(old, is_cancelled=True, reason="Mưa bão", moved_to=new.date)
    follow_sessions(NOW)
    assert Helper.objects.get(session=new, user=world.mai).state == State.OFFERED
    assert places(new) == (1, 1)


@pytest.mark.parametrize(
    "change_to", [{"date": EVENING + timedelta(days=2)}, {"starts": time(18)}, {"place": ""}]
)
def test_a_new_day_hour_or_place_is_told_once_for_each_change(
    world: World, change_to: dict[str, Any]
) -> None:
    confirmed(world, "mai")
    if "place" in change_to:
        change_to = {"place": Place.objects.get(key="nha-van-hoa-bai")}
    assert follow_sessions(NOW) == 0
    change(world.session, **change_to)
    assert (follow_sessions(NOW), follow_sessions(NOW)) == (1, 0)
    assert len(mails("changed")) == 1
    assert places(world.session) == (1, 1)


def test_a_reminder_comes_once_the_day_before_by_day(world: World) -> None:
    confirmed(world, "mai")
    taking_part.offer(world.session, world.tam, Role.TYPIST, NOW)
    assert remind(NOW) == 0
    assert remind(DAY_BEFORE.replace(hour=6)) == 0
    assert (remind(DAY_BEFORE), remind(DAY_BEFORE), remind(DAY_BEFORE.replace(hour=15))) == (1, 0, 0)
    (message,) = mails("reminder")
    assert "mai@thu.example" in message
    assert "Nhà văn hóa thôn Thượng" in message


def test_who_is_confirmed_only_today_needs_no_reminder(world: World) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, DAY_BEFORE.replace(hour=8))
    assert remind(DAY_BEFORE) == 0


def test_a_session_moved_to_a_later_day_is_reminded_of_again(world: World) -> None:
    confirmed(world, "mai")
    remind(DAY_BEFORE)
    change(world.session, date=date(2026, 11, 30))
    assert remind(datetime(2026, 11, 29, 9, tzinfo=VIETNAM)) == 1


def test_nobody_is_reminded_of_a_cancelled_session(world: World) -> None:
    confirmed(world, "mai")
    change(world.session, is_cancelled=True, reason="Mất điện")
    assert remind(DAY_BEFORE) == 0


def test_mail_is_in_the_language_of_the_account_and_vietnamese_otherwise(world: World) -> None:
    UserProfile.objects.create(user=world.tam, preferred_language="en")
    confirmed(world, "mai", Role.TYPIST)
    confirmed(world, "tam", Role.TYPIST)
    vietnamese, english = mails("confirmed")
    assert "The commune counts on you" in english
    assert "The commune counts on you" not in vietnamese
    assert "/en/tinh-nguyen/" in english


def test_an_account_without_an_address_gets_no_mail_and_loses_nothing(world: World) -> None:
    world.mai.email = ""
    world.mai.save()
    confirmed(world, "mai")
    assert not Outbox.objects.exists()
    assert places(world.session) == (1, 1)


def test_a_closed_account_gives_its_places_back(world: World) -> None:
    confirmed(world, "mai")
    world.mai.is_active = False
    world.mai.save()
    assert follow_sessions(NOW) == 1
    assert places(world.session) == (0, 1)


def test_what_is_over_is_left_as_it_was(world: World) -> None:
    confirmed(world, "mai")
    change(world.session, is_cancelled=True, reason="Mất điện")
    assert follow_sessions(NOW + timedelta(days=10)) == 0
    assert Helper.objects.get().state == State.CONFIRMED


def test_a_message_names_no_other_volunteer(world: World) -> None:
    need(world.session, Role.SAFETY, 1, is_direct=True)
    helper = taking_part.offer(world.session, world.mai, Role.SAFETY, NOW)
    taking_part.ask_to_swap(helper, NOW)
    taking_part.take_over(helper, world.tam, NOW)
    for message in (*mails("swapped"), *mails("confirmed")):
        assert "Tâm" not in message
        assert "Mai" not in message
