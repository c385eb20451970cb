"""A day and an hour are understood as people type them; what no calendar or clock has is told apart from no day."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.typed_day import LONGEST, NotThere, Unreadable, read_day, read_hour

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25/11/2026", TODAY),
        ("2026-11-25", TODAY),
        ("25-11-2026", TODAY),
        ("25.11.26", TODAY),
        (" 25 / 11 / 2026 ", TODAY),
        ("ngày 25 tháng 11 năm 2026", TODAY),
        ("25 thang 11", TODAY),
        ("٢٥/١١/٢٠٢٦", TODAY),
        ("25/11", TODAY),
        ("23/11", date(2026, 11, 23)),
        ("1/1", date(2027, 1, 1)),
        ("3/4/2026", date(2026, 4, 3)),
        ("29/02/2028", date(2028, 2, 29)),
        ("01/01/1026", date(1026, 1, 1)),
    ],
)
def test_a_day_is_read_with_the_day_before_the_month(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "29/02/2027", "0/11/2026", "12/13/2026", "2026-02-30", "1/1/0000"]
)
def test_a_day_no_calendar_has_is_named(typed: str) -> None:
    with pytest.raises(NotThere):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed", ["", "hôm nào", "25", "5" * 400, "25/11/20266", "1/2/3/4", "\x00", "25/mười một"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("9:30", time(9, 30)),
        ("09:30:00", time(9, 30)),
        ("9h30", time(9, 30)),
        ("9h", time(9)),
        ("8g15", time(8, 15)),
        ("15 giờ", time(15)),
        ("9 giờ 30 phút", time(9, 30)),
        ("3 giờ chiều", time(15)),
        ("12 giờ chiều", time(12)),
        ("7 giờ 30 tối", time(19, 30)),
        ("8 giờ sáng", time(8)),
        ("2:30 pm", time(14, 30)),
        ("0", time(0)),
    ],
)
def test_an_hour_is_read_as_people_say_it(typed: str, hour: time) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["24:00", "25:00", "9:60", "99"])
def test_an_hour_no_clock_has_is_named(typed: str) -> None:
    with pytest.raises(NotThere):
        read_hour(typed)


@pytest.mark.parametrize("typed", ["", "trưa", "930", "9:30:00:00", "9" * 400])
def test_what_is_no_hour_is_not_guessed(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_hour(typed)


@given(st.text(max_size=LONGEST + 10))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    for read in (lambda: read_day(typed, TODAY), lambda: read_hour(typed)):
        try:
            read()
        except (Unreadable, NotThere):
            continue


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_we_print_is_read_back(day: date) -> None:
    assert read_day(f"{day:%d/%m/%Y}", TODAY) == day == read_day(f"{day:%Y-%m-%d}", TODAY)
