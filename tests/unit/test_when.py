"""“If I hand it in then, when do I get it?”: the exact day with what was skipped; a bad day is told beside its field."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from gandan.worktime import VIETNAM, Calendar
from guides.when import Answer, WhenForm, when_context
from tests.unit.test_result_day import OFFICE, POLICE, calendar, term

WEDNESDAY = datetime(2026, 11, 25, 10, 15, tzinfo=VIETNAM)
SITUATIONS = [
    {"key": "thuong", "label": "Thường", "note": "", "icon": "paper"},
    {"key": "kho", "label": "Hồ sơ khó", "note": "", "icon": "paper"},
]


def sheet(*terms: dict[str, Any], ways: tuple[str, ...] = ("counter", "online", "post")) -> dict[str, Any]:
    return {
        "channels": [{"method": way, "note": ""} for way in ways],
        "situations": SITUATIONS,
        "terms": list(terms),
    }


def page(kept: dict[str, Any], valid_from: date | None = None, valid_to: date | None = None) -> Any:
    return SimpleNamespace(sheet=kept, valid_from=valid_from, valid_to=valid_to)


def context(kept: dict[str, Any], hours: Calendar | None = None, **asked: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in asked.items()}
    with override("en"):
        return when_context(page(kept), named, hours or calendar(), WEDNESDAY)


def answered(kept: dict[str, Any], hours: Calendar | None = None, **asked: str) -> Answer:
    found = context(kept, hours, **asked)["answer"]
    assert isinstance(found, Answer)
    return found


def notes(answer: Answer) -> str:
    return " ".join(answer.notes)


def form_of(found: dict[str, Any]) -> WhenForm:
    assert isinstance(found["when_form"], WhenForm)
    return found["when_form"]


THREE_DAYS = sheet(term(3), term(1, channel="online", cut_off="15:00"), term(9, situation="kho"))


def test_until_it_is_asked_the_guide_only_shows_the_way_to_the_form() -> None:
    assert context(THREE_DAYS) == {"when_url": "?cach=counter#ngay-nhan"}
    assert context(THREE_DAYS, truong_hop="kho") == {"when_url": "?truong-hop=kho&cach=counter#ngay-nhan"}


def test_nothing_chosen_means_now_at_the_counter() -> None:
    found = context(THREE_DAYS, cach="")
    form = form_of(found)
    assert (form["cach"].value(), form["ngay"].value(), form["gio"].value()) == (
        "counter",
        "2026-11-25",
        "10:15",
    )
    assert found["answer"].iso == "2026-11-30T17:00:00+07:00"


@pytest.mark.parametrize(
    ("asked", "iso"),
    [
        ({"ngay": "23/11/2026", "gio": "9:00"}, "2026-11-27T17:00:00+07:00"),
        ({"ngay": "23/11", "cach": "online", "gio": "9h"}, "2026-11-25T17:00:00+07:00"),
        ({"ngay": "2026-11-23", "cach": "online", "gio": "15h"}, "2026-11-26T17:00:00+07:00"),
        ({"ngay": "2026-11-25", "truong_hop": "kho"}, "2026-12-08T17:00:00+07:00"),
        ({"ngay": "2026-11-25", "cach": "fax", "truong_hop": "la"}, "2026-11-30T17:00:00+07:00"),
    ],
)
def test_the_day_follows_the_way_the_situation_the_day_and_the_hour(asked: dict[str, str], iso: str) -> None:
    assert answered(THREE_DAYS, **asked).iso == iso


def test_skipped_days_are_named_with_their_reasons() -> None:
    told = notes(answered(THREE_DAYS, ngay="23/11/2026", gio="9:00"))
    assert 'Not counted: Tuesday <bdi dir="ltr">24/11</bdi> (Vietnam Cultural Day).' in told
    with override("vi"):
        found = when_context(page(THREE_DAYS), {"ngay": "23/11/2026", "gio": "9:00"}, calendar(), WEDNESDAY)
    assert "Ngày Văn hóa Việt Nam" in notes(found["answer"])


def test_days_of_one_holiday_are_told_in_one_sentence() -> None:
    told = notes(answered(sheet(term(3)), ngay="04/02/2027", gio="9:00"))
    assert told.count("Not counted") <= 4
    assert "Saturdays and Sundays are not counted." in told


def test_a_day_off_is_given_as_the_reason_why_papers_wait() -> None:
    told = notes(answered(THREE_DAYS, ngay="24/11/2026", gio="9:00", cach="counter"))
    assert "Closed on Tuesday" in told
    assert "taken in at 7:30 on Wednesday" in told


def test_papers_at_night_are_taken_in_the_next_morning() -> None:
    assert "Closed at that hour: taken in at 7:30 on Thursday" in notes(
        answered(THREE_DAYS, ngay="25/11", gio="20h")
    )


def test_after_the_cut_off_hour_the_next_working_day_is_named() -> None:
    told = notes(answered(THREE_DAYS, cach="online", ngay="25/11", gio="16:00"))
    assert "After 15:00 it counts from the next working day, Thursday" in told


def test_a_saturday_morning_counter_takes_papers_on_saturday() -> None:
    found = answered(sheet(term(1)), calendar(POLICE), ngay="28/11/2026", gio="9:00")
    assert found.iso == "2026-11-30T17:00:00+07:00"
    assert "taken in" not in notes(found)


def test_a_saturday_worked_instead_of_another_day_is_counted_and_named() -> None:
    hours = calendar().with_exceptions(off={date(2026, 11, 27): "Hoán đổi"}, working={date(2026, 11, 28): ""})
    found = answered(sheet(term(2)), hours, ngay="25/11/2026", gio="9:00")
    assert found.iso == "2026-11-28T17:00:00+07:00"
    assert 'Counted as a make-up working day: Saturday <bdi dir="ltr">28/11</bdi>.' in notes(found)
    assert "Saturdays and Sundays are not counted" not in notes(found)


def test_a_term_in_hours_gives_the_hour() -> None:
    assert answered(sheet(term(4, "hour")), ngay="25/11/2026", gio="9:00").iso == "2026-11-25T15:00:00+07:00"


def test_a_counter_closed_on_the_last_day_gives_the_result_when_it_opens() -> None:
    found = answered(
        sheet(term(1)), calendar({"0": "07:30-11:30", "4": "07:30-11:30"}), ngay="23/11/2026", gio="8h"
    )
    assert found.iso == "2026-11-27T11:30:00+07:00"
    assert "Ready on Wednesday" in notes(found)


def test_days_off_inside_a_term_of_plain_days_are_not_said_to_be_skipped() -> None:
    assert "Not counted" not in notes(answered(sheet(term(7, "day")), ngay="23/11/2026", gio="9:00"))


def test_by_post_the_days_run_from_the_arrival_of_the_letter() -> None:
    assert "By post it counts from the day the letter arrives" in notes(answered(THREE_DAYS, cach="post"))


def test_a_time_that_is_not_known_for_the_way_is_said_so() -> None:
    found = answered(sheet(term(3, channel="counter")), cach="post")
    assert (found.iso, found.when) == ("", "")
    assert "is not known" in notes(found)


@pytest.mark.parametrize("hours", [None, calendar()])
def test_without_hours_or_a_time_there_is_nothing_to_work_out(hours: Calendar | None) -> None:
    with override("en"):
        assert when_context(page(sheet(term(None))), {"cach": "counter"}, hours, WEDNESDAY) == {}
        assert when_context(page(THREE_DAYS), {"cach": "counter"}, None, WEDNESDAY) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2026", "There is no 31/02/2026 in the calendar."),
        ("hôm nào cũng được", "Write the day like 25/11/2026."),
        ("5" * 400, "Write the day like 25/11/2026."),
        ("25/11/1026", "Choose a day from 25/11/2025 to 25/11/2027."),
        ("25/11/9999", "Choose a day from 25/11/2025 to 25/11/2027."),
        ("24/11/2025", "Choose a day from 25/11/2025 to 25/11/2027."),
        ("<script>", "Write the day like 25/11/2026."),
    ],
)
def test_a_day_that_cannot_be_used_is_told_beside_its_field_and_kept(typed: str, said: str) -> None:
    found = context(THREE_DAYS, ngay=typed, gio="9:00", cach="online", truong_hop="kho")
    form = form_of(found)
    assert found["answer"] is None
    assert form.errors["ngay"] == [said]
    assert form["ngay"].value() == typed
    assert 'type="text"' in str(form["ngay"])
    assert (form["gio"].value(), form["cach"].value(), form["truong-hop"].value()) == (
        "09:00",
        "online",
        "kho",
    )


@pytest.mark.parametrize(
    ("typed", "said"), [("25:00", "No clock shows 25:00."), ("trưa", "Write the hour like 9:30.")]
)
def test_an_hour_that_cannot_be_used_is_told_beside_its_field_and_kept(typed: str, said: str) -> None:
    form = form_of(context(THREE_DAYS, ngay="25/11/2026", gio=typed))
    assert form.errors["gio"] == [said]
    assert form["gio"].value() == typed


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("14/04/2026", "This guide is valid from 15/04/2026. Before that day other rules held."),
        ("01/03/2027", "This guide is valid until 28/02/2027. Ask the commune about a later day."),
    ],
)
def test_a_day_outside_the_guides_validity_is_told(day: str, said: str) -> None:
    limited = page(THREE_DAYS, date(2026, 4, 15), date(2027, 2, 28))
    with override("en"):
        found = when_context(limited, {"ngay": day}, calendar(), WEDNESDAY)
    assert form_of(found).errors["ngay"] == [said]


def test_a_guide_with_one_way_and_no_situation_asks_only_for_day_and_hour() -> None:
    kept = {**sheet(term(1), ways=("counter",)), "situations": []}
    assert list(form_of(context(kept, ngay="25/11/2026")).fields) == ["ngay", "gio"]


def test_another_day_without_an_hour_begins_when_the_doors_open() -> None:
    found = context(sheet(term(0)), ngay="26/11/2026", gio="")
    assert found["answer"].iso == "2026-11-26T17:00:00+07:00"


def test_the_office_hours_of_these_tests_are_the_usual_ones() -> None:
    assert set(OFFICE) == {"0", "1", "2", "3", "4"}
