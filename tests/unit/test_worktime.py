from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.worktime import VIETNAM, Calendar

FULL_DAY = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
MORNING = ((time(7, 30), time(11, 30)),)
OFFICE_WEEK = dict.fromkeys(range(5), FULL_DAY)

TET_2026 = {date(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)}
HOLIDAYS = TET_2026 | {
    date(2026, 1, 1): "Tết Dương lịch",
    date(2026, 1, 2): "Nghỉ hoán đổi",
    date(2026, 4, 27): "Nghỉ bù Giỗ Tổ Hùng Vương",
    date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
}
OFFICE = Calendar(OFFICE_WEEK, off=HOLIDAYS, working={date(2026, 1, 10): "Làm bù ngày 02/01"})
POLICE = Calendar(OFFICE_WEEK | {5: MORNING}, off=HOLIDAYS)
SATURDAYS = Calendar({5: MORNING}, off=HOLIDAYS)
NEVER_OPEN = Calendar({})


def at(text, zone=VIETNAM):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=zone)


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()


# Counting days


def test_three_working_days_from_monday_23_november_2026_are_friday():
    assert OFFICE.add_working_days(day("23/11/2026"), 3) == day("27/11/2026")


def test_the_page_can_say_why_24_november_did_not_count():
    assert OFFICE.skipped_days(day("23/11/2026"), day("27/11/2026")) == [
        (day("24/11/2026"), "Ngày Văn hóa Việt Nam")
    ]


@pytest.mark.parametrize(
    ("calendar", "start", "count", "end"),
    [
        (OFFICE, "23/11/2026", 0, "23/11/2026"),
        (OFFICE, "23/11/2026", 1, "25/11/2026"),
        (OFFICE, "27/11/2026", 1, "30/11/2026"),
        (OFFICE, "28/11/2026", 1, "30/11/2026"),
        (OFFICE, "25/11/2026", -1, "23/11/2026"),
        (OFFICE, "29/11/2026", -2, "26/11/2026"),
        (OFFICE, "13/02/2026", 1, "23/02/2026"),
        (OFFICE, "12/02/2026", 3, "24/02/2026"),
        (OFFICE, "31/12/2025", 1, "05/01/2026"),
        (OFFICE, "09/01/2026", 1, "10/01/2026"),
        (OFFICE, "09/01/2026", 2, "12/01/2026"),
        (POLICE, "27/11/2026", 1, "28/11/2026"),
        (POLICE, "27/11/2026", 2, "30/11/2026"),
        (SATURDAYS, "23/11/2026", 2, "05/12/2026"),
    ],
)
def test_the_day_of_receipt_is_day_zero(calendar, start, count, end):
    assert calendar.add_working_days(day(start), count) == day(end)
    assert calendar.between(day(start), day(end)) == count


def test_friday_2_january_2026_is_off_and_saturday_10_january_is_worked_with_mondays_hours():
    assert not OFFICE.is_working_day(day("02/01/2026"))
    assert OFFICE.spans(day("10/01/2026")) == FULL_DAY
    assert not OFFICE.is_working_day(day("11/01/2026"))


def test_on_a_make_up_saturday_a_saturday_morning_counter_works_the_whole_day():
    counter = POLICE.with_exceptions(working={day("10/01/2026"): "Làm bù"})
    assert counter.spans(day("10/01/2026")) == FULL_DAY


def test_a_make_up_day_can_have_another_weekdays_hours():
    calendar = Calendar({1: FULL_DAY, 4: MORNING}, working={day("10/01/2026"): "Làm bù"}, make_up_weekday=4)
    assert calendar.spans(day("10/01/2026")) == MORNING


def test_tet_is_skipped_with_its_name_and_without_its_weekends():
    skipped = OFFICE.skipped_days(day("13/02/2026"), day("23/02/2026"))
    assert skipped == [(date(2026, 2, number), "Tết Nguyên đán") for number in range(16, 21)]


def test_a_weekday_without_hours_is_skipped_without_a_reason():
    closed_on_wednesday = Calendar(dict.fromkeys((0, 1, 3, 4), FULL_DAY))
    assert closed_on_wednesday.skipped_days(day("23/11/2026"), day("27/11/2026")) == [
        (day("25/11/2026"), None)
    ]


def test_a_saturday_that_a_counter_usually_opens_is_named_when_it_is_off():
    counter = POLICE.with_exceptions(off={day("28/11/2026"): "Mất điện"})
    assert counter.skipped_days(day("27/11/2026"), day("30/11/2026")) == [(day("28/11/2026"), "Mất điện")]


# Exceptions of the editors


def test_an_editors_closing_wins_over_a_make_up_day():
    calendar = OFFICE.with_exceptions(off={day("10/01/2026"): "Nghỉ"})
    assert not calendar.is_working_day(day("10/01/2026"))


def test_an_editors_working_day_wins_over_a_holiday_and_has_its_own_hours():
    calendar = Calendar(OFFICE_WEEK | {1: MORNING}, off=HOLIDAYS)
    worked = calendar.with_exceptions(working={day("24/11/2026"): "Trực tiếp dân"})
    assert worked.spans(day("24/11/2026")) == MORNING
    assert worked.skipped_days(day("23/11/2026"), day("27/11/2026")) == []


def test_a_make_up_day_that_is_also_listed_as_a_holiday_is_worked():
    calendar = Calendar(OFFICE_WEEK, off=HOLIDAYS, working={day("24/11/2026"): "Làm bù"})
    assert calendar.add_working_days(day("23/11/2026"), 1) == day("24/11/2026")


def test_a_half_day_ends_early_and_still_counts():
    calendar = OFFICE.with_exceptions(half={day("13/02/2026"): time(15)})
    assert calendar.spans(day("13/02/2026")) == (FULL_DAY[0], (time(13, 30), time(15)))
    assert calendar.is_working_day(day("13/02/2026"))
    assert not calendar.is_open(at("13/02/2026 15:00"))


def test_a_half_day_on_a_holiday_is_worked_until_noon():
    calendar = OFFICE.with_exceptions(half={day("24/11/2026"): time(12)})
    assert calendar.spans(day("24/11/2026")) == MORNING


def test_a_half_day_that_ends_before_the_opening_is_no_working_day():
    assert not OFFICE.with_exceptions(half={day("23/11/2026"): time(7)}).is_working_day(day("23/11/2026"))


def test_exceptions_leave_the_first_calendar_as_it_was():
    OFFICE.with_exceptions(off={day("23/11/2026"): "Mất điện"})
    assert OFFICE.is_working_day(day("23/11/2026"))


# Opening hours


@pytest.mark.parametrize(
    ("moment", "closes", "opens"),
    [
        ("23/11/2026 07:29", None, "23/11/2026 07:30"),
        ("23/11/2026 07:30", "23/11/2026 11:30", "23/11/2026 07:30"),
        ("23/11/2026 11:30", None, "23/11/2026 13:30"),
        ("23/11/2026 16:59", "23/11/2026 17:00", "23/11/2026 16:59"),
        ("23/11/2026 17:00", None, "25/11/2026 07:30"),
        ("27/11/2026 18:00", None, "30/11/2026 07:30"),
        ("13/02/2026 17:30", None, "23/02/2026 07:30"),
    ],
)
def test_the_counter_says_when_it_closes_or_opens_next(moment, closes, opens):
    assert OFFICE.closes_at(at(moment)) == (at(closes) if closes else None)
    assert OFFICE.is_open(at(moment)) == bool(closes)
    assert OFFICE.next_open(at(moment)) == at(opens)


def test_a_saturday_morning_counter_is_open_on_saturday_morning_only():
    assert SATURDAYS.is_open(at("28/11/2026 09:00"))
    assert not SATURDAYS.is_open(at("28/11/2026 14:00"))
    assert SATURDAYS.next_open(at("28/11/2026 11:30")) == at("05/12/2026 07:30")


def test_a_moment_from_the_server_clock_is_read_on_the_clock_of_viet_nam():
    assert OFFICE.is_open(at("23/11/2026 01:00", UTC))
    assert OFFICE.next_open(at("23/11/2026 23:00", UTC)).isoformat() == "2026-11-25T07:30:00+07:00"
    assert OFFICE.received_on(at("26/11/2026 18:00", UTC)) == day("27/11/2026")
    assert OFFICE.is_open(at("22/11/2026 21:00", ZoneInfo("America/New_York")))


# Counting hours


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("23/11/2026 08:00", 2, "23/11/2026 10:00"),
        ("23/11/2026 10:30", 2, "23/11/2026 14:30"),
        ("23/11/2026 15:00", 2, "23/11/2026 17:00"),
        ("23/11/2026 15:00", 2.5, "25/11/2026 08:00"),
        ("27/11/2026 18:00", 8, "01/12/2026 08:00"),
        ("23/11/2026 12:00", 0, "23/11/2026 13:30"),
        ("23/11/2026 09:00", 0, "23/11/2026 09:00"),
    ],
)
def test_only_open_hours_count(start, hours, end):
    assert OFFICE.add_hours(at(start), hours) == at(end)
    assert OFFICE.hours_between(at(start), at(end)) == hours
    assert OFFICE.hours_between(at(end), at(start)) == -hours


# Receiving and answering


@pytest.mark.parametrize(
    ("received", "day_zero"),
    [
        ("23/11/2026 09:00", "23/11/2026"),
        ("23/11/2026 06:00", "23/11/2026"),
        ("23/11/2026 12:00", "23/11/2026"),
        ("23/11/2026 17:00", "25/11/2026"),
        ("27/11/2026 18:00", "30/11/2026"),
        ("29/11/2026 10:00", "30/11/2026"),
    ],
)
def test_what_arrives_outside_hours_is_received_at_the_next_opening(received, day_zero):
    assert OFFICE.received_on(at(received)) == day(day_zero)


def test_a_case_received_on_friday_evening_with_one_working_day_is_due_on_tuesday():
    assert OFFICE.due_at(at("27/11/2026 18:00"), 1, time(16)) == at("01/12/2026 16:00")


def test_what_is_handed_in_after_15_hours_counts_from_the_next_working_day():
    assert OFFICE.received_on(at("23/11/2026 14:59"), cut_off=time(15)) == day("23/11/2026")
    assert OFFICE.received_on(at("23/11/2026 15:00"), cut_off=time(15)) == day("25/11/2026")
    assert OFFICE.received_on(at("27/11/2026 18:00"), cut_off=time(15)) == day("30/11/2026")
    assert OFFICE.due_at(at("23/11/2026 15:30"), 0, time(16), cut_off=time(15)) == at("25/11/2026 16:00")


def test_an_answer_of_the_same_day_is_never_due_before_the_case_arrived():
    assert OFFICE.due_at(at("23/11/2026 10:00"), 0, time(16)) == at("23/11/2026 16:00")
    assert OFFICE.due_at(at("23/11/2026 16:30"), 0, time(16)) == at("25/11/2026 16:00")


def test_waiting_for_the_resident_moves_the_due_day_and_keeps_its_hour():
    assert OFFICE.shift(at("27/11/2026 16:00"), 2) == at("01/12/2026 16:00")
    assert OFFICE.shift(at("27/11/2026 16:00"), 0) == at("27/11/2026 16:00")


# Mistakes


@pytest.mark.parametrize(
    "ask",
    [
        lambda: NEVER_OPEN.add_working_days(day("23/11/2026"), 1),
        lambda: NEVER_OPEN.add_working_days(day("23/11/2026"), -1),
        lambda: NEVER_OPEN.next_open(at("23/11/2026 09:00")),
        lambda: NEVER_OPEN.add_hours(at("23/11/2026 09:00"), 1),
        lambda: NEVER_OPEN.received_on(at("23/11/2026 09:00")),
        lambda: NEVER_OPEN.due_at(at("23/11/2026 09:00"), 1, time(16)),
    ],
)
def test_a_calendar_without_a_working_day_says_so_instead_of_searching_for_ever(ask):
    with pytest.raises(ValueError, match="no working day within 400 days of 23/11/2026"):
        ask()


def test_a_calendar_without_a_working_day_is_simply_closed():
    assert not NEVER_OPEN.is_open(at("23/11/2026 09:00"))
    assert NEVER_OPEN.between(day("01/01/2026"), day("31/12/2026")) == 0
    assert NEVER_OPEN.hours_between(at("01/01/2026 00:00"), at("31/12/2026 00:00")) == 0


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: OFFICE.is_open(datetime(2026, 11, 23, 9)), "time zone"),
        (lambda: OFFICE.add_working_days(day("23/11/2026"), 10**9), "more than can be counted"),
        (lambda: OFFICE.add_working_days(date.max, 1), "beyond the years"),
        (lambda: OFFICE.add_working_days(date.min, -1), "beyond the years"),
        (lambda: OFFICE.add_hours(at("23/11/2026 09:00"), -1), "forwards"),
        (lambda: OFFICE.add_hours(at("23/11/2026 09:00"), 1e12), "more than can be counted"),
        (lambda: OFFICE.due_at(at("23/11/2026 09:00"), -1, time(16)), "before its case"),
        (lambda: Calendar({7: FULL_DAY}), "no weekday 7"),
        (lambda: Calendar({0: ((time(17), time(7)),)}), "not after its opening"),
        (lambda: Calendar({0: FULL_DAY[::-1]}), "overlap or are out of order"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_a_sentence(ask, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask()


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError, match="date"):
        OFFICE.spans(at("24/11/2026 09:00"))


# Any calendar

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
DAYS = st.dates(FIRST, LAST)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(VIETNAM))
COUNTS = st.integers(-60, 60)
WEEKS = st.dictionaries(st.integers(0, 6), st.sampled_from([FULL_DAY, MORNING]), min_size=1)
CALENDARS = st.builds(
    Calendar,
    weekly=WEEKS,
    off=st.dictionaries(DAYS, st.just("Nghỉ lễ"), max_size=30),
    working=st.dictionaries(DAYS, st.just("Làm bù"), max_size=10),
    half=st.dictionaries(DAYS, st.sampled_from([time(7), time(10), time(15)]), max_size=10),
)


def counted_one_by_one(calendar, start, count):
    """The rule of the calendar written out a second time, without any of its methods."""
    step, left, current = (1 if count > 0 else -1), abs(count), start
    while left:
        current += timedelta(days=step)
        usual = calendar.weekly.get(current.weekday(), ())
        mondays = calendar.weekly.get(0, ())
        if current in calendar.working:
            hours = usual or mondays if current.isoweekday() <= 5 else mondays or usual
        else:
            hours = () if current in calendar.off else usual
        if hours and calendar.half.get(current, time(23)) > time(7, 30):
            left -= 1
    return current


@given(CALENDARS, DAYS, COUNTS)
def test_counting_agrees_with_turning_the_pages_of_a_calendar(calendar, start, count):
    assert calendar.add_working_days(start, count) == counted_one_by_one(calendar, start, count)


@given(CALENDARS, DAYS, COUNTS)
def test_counting_back_what_was_added_gives_the_same_number(calendar, start, count):
    assert calendar.between(start, calendar.add_working_days(start, count)) == count


@given(CALENDARS, DAYS, st.integers(0, 30), st.integers(0, 30))
def test_more_days_or_a_later_start_never_make_an_earlier_end(calendar, start, count, later):
    end = calendar.add_working_days(start, count)
    assert calendar.add_working_days(start, count + later) >= end
    assert calendar.add_working_days(start + timedelta(days=later), count) >= end
    assert calendar.add_working_days(end, later) == calendar.add_working_days(start, count + later)


@given(CALENDARS, MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar, moment):
    opening = calendar.next_open(moment)
    assert calendar.is_open(opening)
    assert opening >= moment
    assert calendar.hours_between(moment, opening) == 0
    assert calendar.is_open(moment) == (opening == moment)


@given(CALENDARS, MOMENTS, st.integers(0, 100 * 60))
def test_hours_added_are_the_hours_between(calendar, moment, minutes):
    end = calendar.add_hours(moment, minutes / 60)
    assert calendar.hours_between(moment, end) == pytest.approx(minutes / 60, abs=1e-6)


@given(CALENDARS, MOMENTS, MOMENTS, st.integers(0, 30))
def test_who_writes_later_is_never_answered_earlier(calendar, one, other, working_days):
    first, second = sorted([one, other])
    due = calendar.due_at(first, working_days, time(16))
    assert due <= calendar.due_at(second, working_days, time(16))
    assert due > first
    assert calendar.is_working_day(due.date())


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_every_skipped_day_lies_inside_and_is_closed(calendar, start, count):
    end = calendar.add_working_days(start, count)
    for skipped, reason in calendar.skipped_days(start, end):
        assert start < skipped < end
        assert not calendar.is_working_day(skipped)
        assert reason is None or skipped in calendar.off
