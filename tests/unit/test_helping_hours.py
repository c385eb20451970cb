"""Hours: as long as the session, or as noted; never before it is over, never negative."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from gandan.worktime import VIETNAM
from guides.helping import taking_part
from guides.helping.hours import hours_in_words, minutes_of, tallies, tally_of
from guides.models import Helper, Session
from guides.models.choices import Role
from tests.unit.helping_world import AFTER, NOW, World, helping_commune, past, world

__all__ = ["helping_commune", "world"]

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def row(state: str, noted: int | None, starts: time, ends: time, *, cancelled: bool = False) -> Helper:
    session = Session(date=date(2026, 11, 26), starts=starts, ends=ends, is_cancelled=cancelled)
    return Helper(session=session, state=state, noted_minutes=noted)


@given(
    st.sampled_from(Helper.State.values),
    st.none() | st.integers(0, 720),
    st.times(),
    st.times(),
    st.booleans(),
    st.datetimes(datetime(2026, 11, 25), datetime(2026, 11, 28)),
)
def test_hours_are_never_negative_and_only_of_those_confirmed(
    state: str, noted: int | None, starts: time, ends: time, cancelled: bool, moment: datetime
) -> None:
    helper = row(state, noted, starts, ends, cancelled=cancelled)
    now = moment.replace(tzinfo=VIETNAM)
    minutes = minutes_of(helper, now)
    assert 0 <= minutes <= 24 * 60
    is_over = datetime.combine(helper.session.date, ends, VIETNAM) <= now
    if state != Helper.State.CONFIRMED or cancelled or not is_over:
        assert minutes == 0
    elif noted is not None:
        assert minutes == noted


@pytest.mark.parametrize(
    ("minutes", "vietnamese", "english"),
    [
        (0, "0 giờ", "0 hours"),
        (45, "45 phút", "45 minutes"),
        (60, "1 giờ", "1 hour"),
        (150, "2 giờ 30 phút", "2 hours 30 minutes"),
    ],
)
def test_hours_are_said_in_words(minutes: int, vietnamese: str, english: str) -> None:
    with override("vi"):
        assert hours_in_words(minutes) == vietnamese
    with override("en"):
        assert hours_in_words(minutes) == english


def test_a_session_counts_from_its_end_on(world: World) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, NOW)
    assert tally_of(world.mai, *YEAR, NOW).minutes == 0
    during = datetime(2026, 11, 26, 20, tzinfo=VIETNAM)
    assert tally_of(world.mai, *YEAR, during).evenings == []
    assert tally_of(world.mai, *YEAR, AFTER).minutes == 120


def test_who_did_not_come_has_no_hours_and_no_session(world: World) -> None:
    helper = taking_part.add(past(3), world.mai, Role.GREETER, NOW)
    taking_part.note_minutes(helper, 0, NOW)
    tally = tally_of(world.mai, *YEAR, NOW)
    assert (tally.minutes, tally.sessions, len(tally.evenings)) == (0, 0, 1)
    assert tallies(*YEAR, NOW) == []


def test_both_days_of_the_time_count(world: World) -> None:
    taking_part.add(past(3), world.mai, Role.GREETER, NOW)
    day = NOW.date() - timedelta(days=3)
    assert tally_of(world.mai, day, day, NOW).minutes == 120
    assert tally_of(world.mai, day + timedelta(days=1), NOW.date(), NOW).minutes == 0


def test_everybody_stands_once_by_given_name(world: World) -> None:
    for days in (2, 3):
        for user in (world.tam, world.hoa):
            taking_part.add(past(days), user, Role.GREETER, NOW)
    assert [(tally.user.username, tally.minutes) for tally in tallies(*YEAR, NOW)] == [
        ("hoa", 240),
        ("tam", 240),
    ]
