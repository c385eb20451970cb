"""What sessions came to: one session, one week, and the mail on Monday morning."""

import csv
from datetime import date, datetime, time, timedelta
from email import message_from_string
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from gandan.models import Outbox
from gandan.tables import cell, csv_file
from gandan.worktime import VIETNAM
from guides.counting.report import report_of
from guides.counting.weekly import monday_of, week_of
from guides.counting.weekly_mail import send_weekly
from guides.counts import count
from guides.models import Session, SessionQuestion, Tally
from home.models import Area, CommuneSettings, Official
from tests.unit import tally_world
from tests.unit.tally_world import DAY, EVENING, helper, person, session, tally

pytestmark = pytest.mark.django_db
world, evening = tally_world.world, tally_world.evening
MONDAY = date(2026, 11, 23)
NEXT_MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _the_outbox_stores(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


def at(name, people) -> Client:
    client = Client()
    client.force_login(people[name])
    return client


def cells(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode().removeprefix("\ufeff"))))


def test_a_report_adds_up_what_was_counted_once_whatever_its_age_or_reason(evening):
    of, _people = evening
    tally(of, 3, minutes=20, age="older")
    tally(of, 2, minutes=40)
    tally(of, 4, subject="scam", outcome="not_solved", obstacle="official", age="older")
    tally(of, 5, is_undone=True)
    tally(session(place="nha-van-hoa-bai"), 7)
    found = report_of(of).counts
    assert (found.total, found.sums) == (9, [5, 0, 4])
    assert found.of("not_solved", "scam") == 4
    assert (found.minutes, found.timed, found.average_minutes) == (140, 5, 28)
    with override("vi"):
        assert found.age_rows == [("Từ 60 tuổi", 7)]
        assert [number for _label, number in found.obstacle_rows] == [4]


def test_helpers_are_a_number_and_those_who_did_not_come_are_not_counted(evening):
    of, people = evening
    helper(of, people["la"], noted_minutes=0)
    helper(of, people["sen"], noted_minutes=60)
    helper(of, people["minh"], state="offered")
    assert report_of(of).helpers == 2


def test_the_report_is_printed_for_its_people_and_costs_the_same_however_much_there_is(evening):
    of, people = evening
    client = at("minh", people)
    client.get(f"/tinh-nguyen/buoi/{of.pk}/bao-cao/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/tinh-nguyen/buoi/{of.pk}/bao-cao/").status_code == 200
        return len(asked)

    few = cost()
    tally(of, 200)
    SessionQuestion.objects.create(session=of, code="GD-2222-2222-2222-2", taken_at=EVENING)
    assert cost() <= few + 1 <= 13


def test_the_table_of_a_session_opens_in_a_spreadsheet_with_numbers_and_without_formulas(evening):
    of, people = evening
    Session.objects.filter(pk=of.pk).update(title='=HYPERLINK("x")')
    tally(of, 3)
    answer = at("sen", people).get(f"/tinh-nguyen/buoi/{of.pk}/bao-cao.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.startswith("\ufeff".encode())
    rows = cells(answer)
    assert rows[0][1] == '\'=HYPERLINK("x")'
    assert ["Tài khoản VNeID", "3", "0", "0", "3"] in rows


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "\tx", "\rx", "\nx", "\uff1d1"])
def test_no_text_is_taken_for_a_formula(text):
    assert cell(text) == f"'{text}"


def test_numbers_stay_numbers_and_letters_keep_their_marks():
    assert cell(-5) == -5
    body = csv_file("x.csv", [["Hộ tịch", -5, None, 'a"b,c']]).content.decode()
    assert body == '\ufeffHộ tịch,-5,,"a""b,c"\r\n'


def test_a_week_tells_what_was_held_cancelled_and_is_to_come(evening):
    of, _people = evening
    off = session(MONDAY + timedelta(days=1), is_cancelled=True, reason="Mưa bão")
    ahead = session(MONDAY + timedelta(days=4))
    session(MONDAY - timedelta(days=1))
    session(MONDAY + timedelta(days=7))
    tally(of, 6)
    tally(off, 1)
    found = week_of(MONDAY + timedelta(days=6), EVENING)
    assert [(held.session, held.counted) for held in found.held] == [(of, 6)]
    assert (found.cancelled, found.coming) == ([off], [ahead])
    assert found.counts.total == 7


def test_hamlets_nobody_has_visited_are_named_for_the_month_and_the_quarter(evening):
    session(date(2026, 10, 2), place="nha-van-hoa-bai")
    session(date(2026, 11, 20), place="trung-tam", area=Area.objects.get(key="ha"))
    session(date(2026, 9, 30), place="nha-van-hoa-doai")
    session(date(2026, 11, 20), place="nha-van-hoa-doai", is_cancelled=True, reason="Mưa")
    session(date(2026, 11, 28), place="nha-van-hoa-doai")
    found = week_of(DAY, EVENING)
    assert {area.key for area in found.not_this_month} == {"bai", "doai", "dong", "trung"}
    assert {area.key for area in found.not_this_quarter} == {"doai", "dong", "trung"}


@pytest.mark.parametrize(
    ("day", "monday"),
    [("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23"), ("2027-01-01", "2026-12-28")],
)
def test_a_week_begins_on_monday(day, monday):
    assert monday_of(date.fromisoformat(day)) == date.fromisoformat(monday)


@pytest.mark.parametrize(
    "typed", ["x", "2026-02-30", "0001-01-01", "9999-12-31", "23/11/2026", "\0", "2026-W48"]
)
def test_a_day_that_is_none_shows_the_present_week_and_says_so(evening, typed):
    _of, people = evening
    with time_machine.travel(EVENING, tick=False):
        answer = at("minh", people).get("/tinh-nguyen/tuan/", {"tu": typed})
        assert answer.status_code == 200
        assert answer.context["week"].monday in {MONDAY, date(2026, 11, 23)}
        assert 'role="alert"' in answer.content.decode() or typed == "2026-W48"
        assert at("minh", people).get("/tinh-nguyen/tuan.csv", {"tu": typed}).status_code == 200


def test_the_week_costs_the_same_however_many_sessions_it_has(evening):
    _of, people = evening
    client = at("sen", people)
    address = "/tinh-nguyen/tuan/?tu=2026-11-23"
    client.get(address)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    with time_machine.travel(EVENING, tick=False):
        few = cost()
        for number in range(12):
            tally(session(starts=time(8 + number), ends=time(9 + number)), 10)
        assert cost() == few <= 15


@pytest.mark.parametrize("address", ["/tinh-nguyen/tuan/", "/tinh-nguyen/tuan.csv"])
def test_the_week_is_for_coordinators_and_the_leader(evening, address):
    _of, people = evening
    seen = {name: at(name, people).get(address).status_code for name in people}
    assert seen == {"tam": 403, "sen": 200, "minh": 200, "la": 403}
    assert Client().get(address).status_code == 302


def test_on_monday_at_half_past_seven_each_of_them_has_one_mail(evening):
    of, people = evening
    tally(of, 6)
    assert send_weekly(NEXT_MONDAY - timedelta(minutes=1)) == 0
    assert [send_weekly(NEXT_MONDAY + timedelta(minutes=5 * n)) for n in range(3)] == [2, 0, 0]
    assert send_weekly(NEXT_MONDAY + timedelta(days=3)) == 0
    assert {row.recipients for row in Outbox.objects.all()} == {people["sen"].email, people["minh"].email}
    assert send_weekly(NEXT_MONDAY + timedelta(days=7)) == 2


def test_a_worker_that_slept_through_monday_sends_the_mail_when_it_wakes(evening):
    assert send_weekly(NEXT_MONDAY + timedelta(days=2)) == 2


def test_the_communes_leader_has_the_mail_too_and_nobody_twice(evening):
    _of, people = evening
    person("nam").delete()
    leader = Official.objects.get(key="nam")
    leader.user = person("chu-tich")
    leader.save()
    CommuneSettings.objects.update(leader=leader)
    people["minh"].groups.add(*people["sen"].groups.all())
    people["la"].groups.add(*people["sen"].groups.all())
    type(people["la"]).objects.filter(pk=people["la"].pk).update(is_active=False)
    assert send_weekly(NEXT_MONDAY) == 3


def test_the_mail_is_in_vietnamese_and_carries_numbers_and_a_link(evening):
    of, _people = evening
    tally(of, 6)
    send_weekly(NEXT_MONDAY)
    letter = message_from_string(Outbox.objects.first().body)
    words = letter.get_payload(decode=True).decode()
    assert "Số lượt được giúp: 6" in words
    assert "/tinh-nguyen/tuan/?tu=2026-11-23" in words


def test_a_commune_without_sessions_is_not_written_to(evening):
    _of, people = evening
    people["tam"].helps.all().delete()
    Session.objects.all().delete()
    assert send_weekly(NEXT_MONDAY) == 0


def test_counts_of_nothing_are_zero(evening):
    found = count(Tally.objects.none())
    assert (found.total, found.average_minutes, found.sums) == (0, None, [0, 0, 0])
