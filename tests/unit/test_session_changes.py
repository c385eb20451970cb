"""A session changed after it was announced says so; a changed series asks what happens to sessions planned already."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from guides.coming import sessions_context
from guides.following import follow, planned_sessions
from guides.models import Session, SessionSeries
from guides.moving import stand_in
from home.models import Area, Place
from tests.unit import staff_world
from tests.unit.guides_world import found_commune
from tests.unit.sessions_world import MONDAY, days, plan_all, series, session

pytestmark = pytest.mark.django_db
SESSIONS, SERIES = "/admin/snippets/guides/session/", "/admin/snippets/guides/sessionseries/"


@pytest.fixture(autouse=True)
def commune() -> Iterator[None]:
    found_commune()
    with override("vi"):  # whatever language a request leaves behind
        yield


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff_world.found_commune()["editor"])
    return client


def shown_on(day: date) -> Any:
    listed = [each for group in sessions_context("", MONDAY)["days"] for each in group.sessions]
    return next(each for each in listed if each.iso == day.isoformat())


@pytest.mark.parametrize(
    ("change", "before"),
    [
        ({"starts": time(19, 30)}, "19:00–21:00"),
        ({"date": date(2026, 12, 2)}, "thứ Ba 01/12"),
        ({"place": "nha-van-hoa-doai"}, "Nhà văn hóa thôn Thượng"),
        ({"date": date(2026, 12, 2), "ends": time(20)}, "thứ Ba 01/12, 19:00–21:00"),
        ({"title": "Cài VNeID mức 2"}, ""),
        ({"equipment": "6 máy"}, ""),
    ],
)
def test_readers_see_what_was_announced_first(change: dict[str, Any], before: str) -> None:
    changed = session()
    for name, value in change.items():
        setattr(changed, name, Place.objects.get(key=value) if name == "place" else value)
    changed.save()
    assert shown_on(changed.date).was == before


def test_a_change_taken_back_is_no_change_any_more() -> None:
    changed = session()
    changed.starts = time(20)
    changed.save()
    changed.starts = time(19)
    changed.save()
    assert shown_on(changed.date).was == ""
    assert changed.sequence == 2


def test_a_change_of_equipment_is_no_reason_to_ring_every_phone() -> None:
    changed = session()
    changed.equipment, changed.audience = "6 máy", "Mọi người"
    changed.save()
    assert changed.sequence == 0


def test_a_session_handed_times_as_text_is_not_taken_for_a_changed_one() -> None:
    written = session(starts="19:00", ends="21:00", date="2026-12-01")
    written.save()
    assert Session.objects.get().sequence == 0


def test_a_moved_session_gets_one_in_its_stead_and_only_one() -> None:
    off = session(is_cancelled=True, reason="Mất điện", moved_to=date(2026, 12, 2))
    first = stand_in(off)
    off.moved_to = date(2026, 12, 4)
    off.save()
    assert stand_in(off) == first
    assert days(is_cancelled=False) == [date(2026, 12, 4)]
    assert shown_on(off.date).instead == f"/buoi-ho-tro/{first.pk}/"
    assert "thứ Sáu" in str(shown_on(off.date).instead_text)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "cùng giờ, cùng chỗ"),
        ({"starts": time(18)}, "18:00–21:00"),
        ({"place": "nha-van-hoa-doai"}, "cùng giờ, "),
    ],
)
def test_same_hour_and_same_place_are_said_only_where_true(change: dict[str, Any], words: str) -> None:
    off = session(is_cancelled=True, reason="Mất điện", moved_to=date(2026, 12, 2))
    instead = stand_in(off)
    for name, value in change.items():
        setattr(instead, name, Place.objects.get(key=value) if name == "place" else value)
    instead.save()
    sentence = str(shown_on(off.date).instead_text)
    assert words in sentence
    assert ("cùng chỗ" in sentence) == ("place" not in change)


# Validation


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"ends": time(18)}, "ends"),
        ({"date": date(1926, 12, 1)}, "date"),
        ({"date": date(2126, 12, 1)}, "date"),
        ({"is_cancelled": True}, "reason"),
        ({"moved_to": date(2026, 12, 2)}, "moved_to"),
        ({"is_cancelled": True, "reason": "Bão", "moved_to": date(2026, 12, 1)}, "moved_to"),
        ({"is_cancelled": True, "reason": "Bão", "moved_to": date(2206, 12, 1)}, "moved_to"),
        ({"title": "A" * 400}, "title"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], named: str) -> None:
    wrong = session()
    for name, value in fields.items():
        setattr(wrong, name, value)
    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()
    assert list(refused.value.message_dict) == [named]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"last_day": date(2026, 11, 1)}, "last_day"),
        ({"last_day": date(2029, 11, 1)}, "last_day"),
        ({"first_day": date(1999, 12, 31)}, "first_day"),
        ({"last_day": date(2206, 12, 6)}, "last_day"),
        ({"weekdays": []}, "weekdays"),
        ({"first_day": date(2026, 11, 28), "last_day": date(2026, 11, 29)}, "weekdays"),
        ({"ends": time(19)}, "ends"),
    ],
)
def test_a_series_that_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], named: str) -> None:
    wrong = series()
    for name, value in fields.items():
        setattr(wrong, name, value)
    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()
    assert list(refused.value.message_dict) == [named]


def test_a_series_of_two_years_is_taken() -> None:
    series(last_day=date(2028, 11, 23)).full_clean()


# A changed series


def changed(evening: SessionSeries, **fields: Any) -> dict[str, Any]:
    before = evening.shared()
    for name, value in fields.items():
        setattr(evening, name, value)
    evening.save()
    return before


def test_untouched_sessions_follow_their_series_and_edited_ones_stay() -> None:
    evening = series()
    plan_all(evening)
    Session.objects.filter(date=date(2026, 12, 1)).update(starts=time(18), is_edited=True)
    follow(evening, changed(evening, starts=time(19, 30)), MONDAY)
    hours = dict(Session.objects.filter(is_cancelled=False).values_list("date", "starts"))
    assert hours == {
        date(2026, 11, 25): time(19, 30),
        date(2026, 11, 26): time(19, 30),
        date(2026, 12, 1): time(18),
        date(2026, 12, 3): time(19, 30),
    }
    assert shown_on(date(2026, 12, 3)).was == "19:00–21:00"


def test_a_session_that_has_begun_keeps_its_hour() -> None:
    evening = series()
    plan_all(evening)
    now = datetime(2026, 12, 1, 19, 5, tzinfo=MONDAY.tzinfo)
    planned = planned_sessions(evening, changed(evening, starts=time(20)), now)
    assert [each.date for each in planned.following] == [date(2026, 12, 3)]


def test_a_day_the_series_no_longer_has_is_cancelled_in_the_open() -> None:
    evening = series()
    plan_all(evening)
    follow(evening, changed(evening, weekdays=["tue"]), MONDAY)
    off = Session.objects.get(date=date(2026, 12, 3))
    assert off.is_cancelled
    assert off.reason == "Lịch đã đổi, ngày này không có buổi nữa."
    assert not Session.objects.get(date=date(2026, 12, 1)).is_cancelled


NO_ROLES = {f"roles-{name}_FORMS": count for name, count in {"TOTAL": 0, "INITIAL": 0}.items()}


def posted(row: Any, **changes: Any) -> dict[str, Any]:
    """What the clerk's browser sends."""
    names = (
        *("title", "kind", "place", "area", "starts", "ends", "audience", "equipment", "partners", "leader"),
        *("needs", "first_day", "last_day", "on_holiday", "key", "date", "reason", "moved_to"),
    )
    values = {name: getattr(row, name) for name in names if hasattr(row, name)}
    known = {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}
    return {**known, **NO_ROLES, "weekdays": getattr(row, "weekdays", []), **changes}


@pytest.fixture
def planned_series() -> SessionSeries:
    today = timezone.localdate()
    evening = series(
        first_day=today, last_day=date(today.year + 1, today.month, 1), weekdays=["sat"], on_holiday="skip"
    )
    plan_all(evening)
    return evening


def test_a_clerk_who_changes_the_hour_is_asked_about_the_planned_sessions(
    editor: Client, planned_series: SessionSeries
) -> None:
    address = f"{SERIES}edit/{planned_series.pk}/"
    asked = editor.post(address, posted(planned_series, starts="19:30"))
    assert asked.status_code == 200
    assert "planned" in asked.context["form"].errors
    assert 'value="19:30"' in asked.content.decode()
    assert editor.post(address, posted(planned_series, starts="19:30", planned="follow")).status_code == 302
    coming = Session.objects.filter(date__gt=timezone.localdate(), is_cancelled=False)
    assert set(coming.values_list("starts", flat=True)) == {time(19, 30)}


def test_a_clerk_may_leave_the_planned_sessions_as_they_are(
    editor: Client, planned_series: SessionSeries
) -> None:
    address = f"{SERIES}edit/{planned_series.pk}/"
    sent = posted(planned_series, starts="19:30", title="Tên mới", planned="stay")
    assert editor.post(address, sent).status_code == 302
    assert set(Session.objects.values_list("starts", "title")) == {(time(19), "Cài VNeID")}


def test_other_words_follow_without_a_question_where_a_session_has_none_of_its_own(
    editor: Client, planned_series: SessionSeries
) -> None:
    first, second = Session.objects.filter(date__gt=timezone.localdate(), is_cancelled=False)[:2]
    Session.objects.filter(pk=first.pk).update(equipment="Của riêng buổi này")
    sent = posted(planned_series, equipment="8 máy")
    assert editor.post(f"{SERIES}edit/{planned_series.pk}/", sent).status_code == 302
    assert Session.objects.get(pk=first.pk).equipment == "Của riêng buổi này"
    assert Session.objects.get(pk=second.pk).equipment == "8 máy"


def test_a_new_series_is_planned_as_soon_as_it_is_saved(editor: Client) -> None:
    today = timezone.localdate()
    draft = series(first_day=today, last_day=date(today.year + 1, today.month, 1), weekdays=["sun"])
    sent = posted(draft, key="")
    draft.delete()
    assert editor.post(f"{SERIES}add/", sent).status_code == 302
    assert Session.objects.exists()


def test_a_clerk_who_moves_a_session_gets_the_new_one_made(editor: Client) -> None:
    off = session()
    sent = posted(off, is_cancelled="on", reason="Mất điện", moved_to="02/12/2026")
    assert editor.post(f"{SESSIONS}edit/{off.pk}/", sent).status_code == 302
    off.refresh_from_db()
    assert off.is_edited
    assert off.replacement.date == date(2026, 12, 2)
    back = editor.post(f"{SESSIONS}edit/{off.pk}/", posted(off, reason="", moved_to=""))
    assert "is_cancelled" in back.context["form"].errors


def test_a_slip_of_the_finger_is_corrected_without_a_word_to_readers(editor: Client) -> None:
    wrong = session(starts=time(9))
    sent = posted(wrong, starts="19:00", is_correction="on")
    assert editor.post(f"{SESSIONS}edit/{wrong.pk}/", sent).status_code == 302
    assert shown_on(wrong.date).was == ""


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": "Rất dài " * 50}, "title"),
        ({"date": "31/02/2026"}, "date"),
        ({"date": "01/12/20260"}, "date"),
        ({"date": "01/12/1026"}, "date"),
        ({"starts": "hai giờ"}, "starts"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    editor: Client, sent: dict[str, str], field: str
) -> None:
    row = session()
    answer = editor.post(f"{SESSIONS}edit/{row.pk}/", posted(row, **{"reason": "Giữ lại", **sent}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "Giữ lại" in answer.content.decode()
    assert Session.objects.get().date == date(2026, 12, 1)


def test_an_announced_session_is_cancelled_rather_than_deleted(editor: Client) -> None:
    evening = series(first_day=timezone.localdate(), last_day=date(2100, 1, 1), weekdays=["sat"])
    kept = session(series=evening, date=date(2099, 1, 3), planned_for=date(2099, 1, 3))
    lone = session(date=date(2099, 1, 4))
    for row in (kept, lone):
        editor.post(f"{SESSIONS}delete/{row.pk}/")
    assert list(Session.objects.all()) == [kept]


def test_door_to_door_names_the_hamlet_that_is_visited() -> None:
    visited = Area.objects.get(key="ha")
    assert session(kind="door", area=visited).hamlet == visited
    assert session().hamlet.key == "thuong"
