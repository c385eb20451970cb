"""Help sessions are planned ahead; holidays are skipped or moved in the open, whenever they become known."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from gandan.models import WorkDay
from gandan.workdays import working_calendar
from gandan.worktime import VIETNAM
from guides.models import Session, TutorialPage
from guides.planning import plan_ahead
from home.models import HomePage
from tests.unit.guides_world import found_commune
from tests.unit.sessions_world import MONDAY, days, plan_all, series

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commune() -> Iterator[None]:
    found_commune()
    with override("vi"):  # whatever language a request leaves behind
        yield


def test_a_holiday_moves_the_session_and_both_days_are_listed() -> None:
    plan_all(series())
    assert days(is_cancelled=True) == [date(2026, 11, 24)]
    assert days(is_cancelled=False) == [
        date(2026, 11, 25),
        date(2026, 11, 26),
        date(2026, 12, 1),
        date(2026, 12, 3),
    ]
    cancelled = Session.objects.get(is_cancelled=True)
    assert cancelled.moved_to == date(2026, 11, 25)
    assert cancelled.replacement.date == date(2026, 11, 25)
    assert "Ngày Văn hóa Việt Nam" in cancelled.reason


def test_a_session_never_moves_onto_another_day_of_its_series() -> None:
    plan_all(series(weekdays=["tue", "wed"]))
    assert Session.objects.get(is_cancelled=True).moved_to == date(2026, 11, 26)


def test_a_skipped_holiday_stays_listed_without_a_new_day() -> None:
    plan_all(series(on_holiday="skip"))
    assert Session.objects.get(is_cancelled=True).moved_to is None
    assert date(2026, 11, 25) not in days()


def test_evenings_that_fall_into_tet_move_behind_it_each_onto_a_day_of_its_own() -> None:
    plan_all(series(first_day=date(2027, 2, 1), last_day=date(2027, 2, 21), weekdays=["tue", "thu"]))
    calendar = working_calendar(around=date(2027, 2, 1))
    off = [day for day in days(is_cancelled=True) if day in calendar.off]
    kept = days(is_cancelled=False)
    assert off
    assert off == days(is_cancelled=True)
    assert len(set(kept)) == len(kept) == 6
    assert not [day for day in kept if day in calendar.off]
    assert all("Tết" in reason or "Nguyên Đán" in reason for reason in _reasons())


def _reasons() -> list[str]:
    return list(Session.objects.filter(is_cancelled=True).values_list("reason", flat=True))


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1)])
def test_no_session_is_held_on_a_holiday_of_2026_and_2027(day: date) -> None:
    weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day.weekday()]
    plan_all(series(first_day=day - timedelta(days=7), last_day=day + timedelta(days=7), weekdays=[weekday]))
    assert Session.objects.get(date=day).is_cancelled
    assert Session.objects.get(date=day).moved_to > day


def test_a_day_off_the_commune_set_itself_is_skipped_with_its_note() -> None:
    WorkDay.objects.create(date=date(2026, 12, 1), kind="off", note="Bầu cử bổ sung")
    plan_all(series())
    assert Session.objects.get(date=date(2026, 12, 1)).reason == "Ngày nghỉ: Bầu cử bổ sung"
    assert date(2026, 12, 2) in days(is_cancelled=False)


def test_a_holiday_the_commune_works_on_keeps_its_session() -> None:
    WorkDay.objects.create(date=date(2026, 11, 24), kind="working", note="Làm bù")
    plan_all(series())
    assert not Session.objects.get(date=date(2026, 11, 24)).is_cancelled


def test_a_day_off_decided_later_moves_the_session_that_was_planned_already() -> None:
    evening = series()
    plan_all(evening)
    WorkDay.objects.create(date=date(2026, 12, 3), kind="off", note="Nghỉ hoán đổi")
    plan_all(evening)
    moved = Session.objects.get(date=date(2026, 12, 3))
    assert (moved.is_cancelled, moved.moved_to, moved.sequence) == (True, date(2026, 12, 4), 1)
    plan_all(evening)
    assert days(replaces=moved) == [date(2026, 12, 4)]


def test_a_day_off_decided_later_leaves_a_session_that_an_editor_changed() -> None:
    evening = series()
    plan_all(evening)
    Session.objects.filter(date=date(2026, 12, 3)).update(is_edited=True)
    WorkDay.objects.create(date=date(2026, 12, 3), kind="off", note="Nghỉ hoán đổi")
    plan_all(evening)
    assert not Session.objects.get(date=date(2026, 12, 3)).is_cancelled


def test_planning_again_adds_nothing() -> None:
    evening = series()
    plan_all(evening)
    before = days()
    plan_all(evening)
    assert days() == before


def test_what_an_editor_moved_or_cancelled_is_not_planned_again() -> None:
    evening = series()
    plan_all(evening)
    moved = Session.objects.get(date=date(2026, 12, 1))
    moved.date, moved.reason = date(2026, 12, 2), "Mất điện"
    moved.save()
    cancelled = Session.objects.get(date=date(2026, 12, 3))
    cancelled.is_cancelled, cancelled.reason = True, "Bão"
    cancelled.save()
    plan_all(evening)
    assert date(2026, 12, 1) not in days()
    assert days(is_cancelled=True, reason="Bão") == [date(2026, 12, 3)]
    moved.refresh_from_db()
    assert (moved.announced_date, moved.reason) == (date(2026, 12, 1), "Mất điện")


def test_the_worker_plans_eight_weeks_ahead_and_no_further() -> None:
    series(last_day=date(2027, 6, 30))
    assert plan_ahead(MONDAY) > 0
    assert max(days()) <= date(2027, 1, 18)
    assert plan_ahead(MONDAY) == 0


def test_a_series_that_is_over_is_left_alone() -> None:
    series(first_day=date(2026, 10, 1), last_day=date(2026, 10, 30))
    assert plan_ahead(MONDAY) == 0


def test_a_planned_session_takes_over_what_its_series_says() -> None:
    evening = series(kind="school", audience="Lớp 5", partners="Nhà trường", equipment="15 máy")
    evening.lessons.set([lesson()])
    plan_all(evening)
    planned = Session.objects.filter(is_cancelled=False).first()
    assert (planned.kind, planned.audience, planned.partners) == ("school", "Lớp 5", "Nhà trường")
    assert [page.title for page in planned.lessons.all()] == ["Nhận ra lừa đảo"]
    assert planned.starts == time(19)
    assert planned.changed_at < datetime.now(VIETNAM)


def lesson() -> TutorialPage:
    home = HomePage.objects.get(locale__language_code="vi")
    return home.add_child(instance=TutorialPage(title="Nhận ra lừa đảo", slug="nhan-ra", locale=home.locale))
