"""The plan of a session: every minute has one thing to do, lessons find room or are named for home."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.evening_plan import LESSON, SETTING_UP, TIDYING, Plan, plan_evening

minutes = st.integers(min_value=0, max_value=24 * 60 - 2)
lessons = st.lists(st.tuples(st.text(max_size=5), st.none() | st.integers(0, 400)), max_size=6)


def clock(number: int) -> time:
    return time(*divmod(number, 60))


def told(plan: Plan) -> list[str]:
    return [f"{slot.starts:%H:%M}–{slot.ends:%H:%M} {slot.title or slot.what}" for slot in plan.slots]


def test_two_hours_with_two_lessons_leave_time_for_each_person() -> None:
    plan = plan_evening(time(19), time(21), [("VNeID", 20), ("Lừa đảo", 10)])
    assert told(plan) == [
        "18:30–19:00 set_up",
        "19:00–19:10 welcome",
        "19:10–19:30 VNeID",
        "19:30–19:40 Lừa đảo",
        "19:40–20:45 help",
        "20:45–21:00 tally",
        "21:00–21:15 tidy",
    ]
    assert plan.no_room == []


def test_lessons_that_find_no_room_are_named_and_a_third_stays_for_help() -> None:
    plan = plan_evening(time(19), time(20), [("Dài", 60), ("Ngắn", 15), ("Không rõ", None)])
    assert plan.no_room == ["Dài", "Không rõ"]
    assert [slot.title for slot in plan.slots if slot.what == LESSON] == ["Ngắn"]


@pytest.mark.parametrize(("starts", "ends"), [(time(0, 5), time(1)), (time(22), time(23, 55))])
def test_setting_up_and_tidying_stay_within_the_day(starts: time, ends: time) -> None:
    plan = plan_evening(starts, ends, [])
    assert plan.slots[0].starts <= plan.slots[0].ends
    assert plan.slots[-1].ends <= time(23, 59)


@given(minutes, minutes, lessons)
def test_no_minute_of_a_session_is_left_out_or_planned_twice(first: int, last: int, taught: list) -> None:
    first, last = min(first, last), max(first, last) + 1
    plan = plan_evening(clock(first), clock(last), taught)
    inside = [slot for slot in plan.slots if slot.what not in {SETTING_UP, TIDYING}]
    assert inside[0].starts == clock(first)
    assert inside[-1].ends == clock(last)
    assert all(one.ends == other.starts for one, other in pairwise(inside))
    assert all(slot.starts < slot.ends for slot in inside)
    assert len([slot for slot in inside if slot.what == LESSON]) + len(plan.no_room) == len(taught)
    assert all(slot.roles for slot in plan.slots)
