"""How the commune keeps its word: what is counted where, and that late work cannot hide."""

import csv
import json
from datetime import datetime
from io import StringIO

import pytest
import time_machine

from feedback import handling
from feedback.figures.counting import Tally, rows_of, total
from feedback.models import Case, Kind
from gandan.worktime import VIETNAM
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 20, 10, tzinfo=VIETNAM)
HERE = "/en/so-lieu/"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def lan(commune):
    return account("lan", commune.lan)


@pytest.fixture
def read(client):
    def get(address=HERE, at=NOW, **query):
        with time_machine.travel(at, tick=False):
            answer = client.get(address, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


@pytest.fixture
def data(read):
    return lambda **query: json.loads(read(HERE + "phan-anh.json", **query))


def answered(commune, lan, days=0, **changes):
    case = sent(commune, **changes)
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(days=days, hours=1))
    return case


def counted(now=NOW):
    return total(row.tally for row in rows_of(2026, now))


def test_each_case_is_counted_once_where_it_belongs(commune, lan):
    answered(commune, lan)
    answered(commune, lan, days=20)
    sent(commune)
    assert counted(later(hours=1)) == Tally(on_time=1, late=1, open=1)
    assert counted() == Tally(on_time=1, late=1, open_late=1)
    handling.withdraw(sent(commune), MONDAY)
    assert counted() == Tally(on_time=1, late=1, open_late=1, otherwise=1)


def test_open_and_late_lowers_the_rate():
    assert Tally(on_time=9).rate == 100
    assert Tally(on_time=9, open_late=1).rate == 90
    assert Tally(on_time=9, open=5).rate == 100
    assert Tally(open=5).rate is None
    assert Tally(on_time=99_999, late=1).rate == 99.9


def test_a_refusal_with_a_reason_is_an_answer(commune, lan):
    handling.refuse(sent(commune), commune.lan, lan, "not_ours", "Huyện.", "Huyện", later(hours=1))
    assert counted() == Tally(on_time=1)


def test_what_the_resident_called_not_solved_is_open_again_and_counted_as_reopened(commune, lan):
    case = answered(commune, lan)
    handling.rate(case, "bad", "", False, later(hours=3))
    assert counted(later(hours=4)) == Tally(open=1, reopened=1)
    assert counted() == Tally(open_late=1, reopened=1)


def test_waiting_for_the_resident_is_not_late_and_a_later_date_is_counted(commune, lan):
    handling.ask_more(sent(commune), commune.lan, lan, "Ở đâu?", later(hours=1))
    case = sent(commune)
    handling.extend(case, commune.lan, lan, "Chờ huyện", case.due_at.replace(day=30), later(hours=1))
    assert counted(later(days=1)) == Tally(open=2, extended=1)


def test_remarks_about_conduct_are_in_no_table(commune, data, read):
    for _ in range(12):
        sent(commune, kind=Kind.CONDUCT)
    assert counted() == Tally()
    assert data()["conduct_remarks"] == 12
    assert data()["month"] == data()["topic"] == data()["area"] == []
    Case.objects.filter(pk__in=Case.objects.values("pk")[:8]).update(kind=Kind.QUESTION)
    assert data()["conduct_remarks"] is None
    assert "Fewer than 5 remarks" in read()


def test_what_a_machine_may_have_sent_is_not_counted(commune):
    sent(commune, held_for=Case.Hold.TRAP)
    assert counted() == Tally()


def test_four_cases_show_nothing_but_that(commune, lan, read, data):
    for _ in range(4):
        answered(commune, lan, days=20)
    assert "fewer than 5" in read()
    assert "data-on-time-rate" not in read()
    assert data()["year_total"] is None
    assert data()["month"] == data()["topic"] == data()["area"] == []


def test_page_csv_and_json_show_the_same_numbers(commune, lan, read, data):
    for number in range(11):
        answered(commune, lan, days=20 if number == 0 else 0)
    for _ in range(12):
        sent(commune, topic=commune.topics["cu-tru"], area=commune.areas["doai"])
    shown = read()
    total_row = data()["year_total"]
    assert (total_row["on_time"], total_row["late"], total_row["open_late"]) == (10, 1, 12)
    assert total_row["on_time_percent"] == "43.4"
    assert "43.4 %" in shown
    assert "11/2026" in shown
    topics = {row["name"]: row for row in data()["topic"]}
    assert topics["Khai sinh"]["received"] == 11
    assert topics["Khai sinh"]["late"] is None  # one late case of a topic might point to somebody
    assert topics["Tạm trú"]["late"] is None
    rows = list(csv.DictReader(StringIO(read(HERE + "phan-anh.csv").removeprefix("\ufeff"))))
    assert rows[0]["table"] == "year"
    assert rows[0]["open_late"] == "12"
    assert {row["late"] for row in rows if row["table"] == "topic"} == {""}


def test_a_year_that_is_none_shows_the_present_one(commune, read):
    for year in ("2019", "x", "20260", "２０２６", ""):
        assert "2026" in read(nam=year)


def test_a_case_belongs_to_the_year_in_vietnam(commune):
    sent(commune, datetime(2026, 12, 31, 8, tzinfo=VIETNAM))
    sent(commune, datetime(2026, 12, 31, 23, 30, tzinfo=VIETNAM))
    assert counted().received == 1
    assert total(row.tally for row in rows_of(2027, NOW)).received == 1


def test_the_number_of_statements_does_not_grow(commune, lan, read, django_assert_max_num_queries):
    for number in range(30):
        answered(commune, lan, area=commune.areas["doai" if number % 2 else "bai"])
    read()
    with django_assert_max_num_queries(12):
        read()


@pytest.mark.parametrize("language", ["/", "/en/", "/ar/"])
def test_the_page_is_there_in_each_language(commune, read, language):
    assert "<h1>" in read(f"{language}so-lieu/")
