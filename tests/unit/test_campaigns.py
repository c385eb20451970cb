"""Campaigns: how far they are, how long they last, and no small number of a hamlet."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.campaign_counter import days_left, progress_of
from guides.models import Campaign, Inspection
from home.models import Area
from tests.unit import tally_world
from tests.unit.tally_world import DAY, EVENING, session, tally

pytestmark = pytest.mark.django_db
world, evening = tally_world.world, tally_world.evening


@pytest.fixture(autouse=True)
def _that_evening():
    with time_machine.travel(EVENING, tick=False):
        yield


def campaign(**fields) -> Campaign:
    usual = {
        "title": "45 ngày đêm",
        "slug": "45-ngay-dem",
        "first_day": DAY - timedelta(days=10),
        "last_day": DAY + timedelta(days=34),
        "target": 200,
    }
    return Campaign.objects.create(**{**usual, **fields})


def shown(client: Client, address: str = "/chien-dich/45-ngay-dem/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_a_campaign_counts_the_sessions_of_its_days_and_nothing_else(evening):
    of, _people = evening
    tally(of, 30)
    tally(of, 5, is_undone=True)
    tally(session(DAY - timedelta(days=11)), 100)
    tally(session(is_cancelled=True, reason="Mưa"), 100)
    progress = progress_of(campaign(), EVENING)
    assert (progress.count, progress.sessions, progress.percent) == (30, 1, 15)


def test_the_last_day_still_counts_and_days_to_come_do_not(evening):
    of, _people = evening
    tally(of, 8)
    tally(session(DAY + timedelta(days=3)), 50)
    assert progress_of(campaign(last_day=DAY), EVENING + timedelta(days=9)).count == 8
    assert progress_of(campaign(slug="khac"), EVENING).count == 8


def test_a_target_of_one_subject_counts_only_what_was_done_of_it(evening):
    of, _people = evening
    tally(of, 7)
    tally(of, 9, subject="scam")
    tally(of, 9, outcome="partly", obstacle="time")
    assert progress_of(campaign(of="done", subject="vneid"), EVENING).count == 7


def test_a_target_of_sessions_counts_sessions(evening):
    session()
    assert progress_of(campaign(of="sessions", target=2), EVENING).is_reached


def test_tonights_session_counts_once_it_has_begun(evening):
    found = campaign(of="sessions", target=2)
    begins = EVENING.replace(hour=19)
    assert progress_of(found, begins - timedelta(minutes=1)).count == 0
    assert progress_of(found, begins).count == 1


def test_a_target_is_not_said_to_be_reached_before_it_is(evening):
    of, _people = evening
    tally(of, 199)
    progress = progress_of(campaign(), EVENING)
    assert (progress.percent, progress.is_reached) == (99, False)


def test_while_few_have_been_helped_no_number_is_published(evening, client):
    of, _people = evening
    tally(of, 4)
    found = campaign()
    assert progress_of(found, EVENING).count is None
    assert "ít hơn 5" in shown(client)


def test_numbers_of_hamlets_stand_there_only_when_none_of_them_is_small(evening, client):
    of, _people = evening
    found, other = campaign(), session(place="nha-van-hoa-bai")
    tally(of, 60)
    tally(other, 3)
    assert progress_of(found, EVENING).by_hamlet == {}
    assert "60 lượt" not in shown(client)
    assert shown(client).count("1 buổi") >= 2
    tally(other, 2)
    numbers = progress_of(found, EVENING).by_hamlet
    assert {Area.objects.get(pk=pk).key: number for pk, number in numbers.items()} == {"thuong": 60, "bai": 5}
    assert "60 lượt" in shown(client)


def test_an_evening_at_the_centre_for_one_hamlet_counts_for_that_hamlet(evening):
    session(place="trung-tam", area=Area.objects.get(key="bai"))
    hamlets = progress_of(campaign(), EVENING).hamlets
    assert {Area.objects.get(pk=pk).key for pk in hamlets} == {"thuong", "bai"}


def test_the_page_says_how_many_days_are_left(evening, client):
    campaign()
    assert "Còn 35 ngày" in shown(client)
    assert "35 days left" in shown(client, "/en/chien-dich/45-ngay-dem/")


@pytest.mark.parametrize(
    ("today", "left"),
    [("2026-11-13", 45), ("2026-11-14", 45), ("2026-11-15", 44), ("2026-12-28", 1), ("2026-12-29", 0)],
)
def test_days_left_include_today(today, left):
    of = Campaign(first_day=date(2026, 11, 14), last_day=date(2026, 12, 28))
    assert days_left(of, date.fromisoformat(today)) == left


def test_readers_see_inspections_that_are_marked_for_them_alone(evening, client):
    found = campaign()
    Inspection.objects.create(campaign=found, date=DAY, seen="Đủ máy, thiếu kính.", is_public=True)
    Inspection.objects.create(campaign=found, date=DAY, seen="Ghi cho nội bộ.")
    assert "Đủ máy, thiếu kính." in shown(client)
    assert "Ghi cho nội bộ." not in shown(client)


def test_a_hidden_or_unknown_campaign_is_not_found(evening, client):
    campaign(is_public=False)
    assert client.get("/chien-dich/45-ngay-dem/").status_code == 404
    assert client.get("/chien-dich/khong-co/").status_code == 404
    assert "45 ngày đêm" not in shown(client, "/chien-dich/")


def test_the_next_sessions_stand_on_the_page_and_cancelled_ones_do_not(evening, client):
    campaign()
    session(DAY + timedelta(days=2), title="Buổi tới")
    session(DAY + timedelta(days=2), title="Buổi hủy", is_cancelled=True, reason="Mưa")
    assert "Buổi tới" in shown(client)
    assert "Buổi hủy" not in shown(client)


def test_more_sessions_hamlets_and_counts_cost_no_more_statements(evening, client):
    of, _people = evening
    campaign()
    tally(of, 9)
    tally(session(place="nha-van-hoa-bai"), 9)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    addresses = ("/chien-dich/45-ngay-dem/", "/chien-dich/", "/en/chien-dich/45-ngay-dem/")
    few = [cost(address) for address in addresses]
    for number in range(20):
        tally(session(DAY - timedelta(days=number % 9), place="nha-van-hoa-doai"), 20)
        session(DAY + timedelta(days=number))
        campaign(slug=f"them-{number}")
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 8


def test_a_campaign_that_ends_before_it_begins_or_counts_nothing_known_is_refused():
    with pytest.raises(ValidationError) as problem:
        Campaign(
            title="x", slug="x", first_day=DAY, last_day=DAY - timedelta(days=1), target=1, of="done"
        ).full_clean()
    assert {"last_day"} <= set(problem.value.message_dict)
    with pytest.raises(ValidationError) as problem:
        Campaign(title="x", slug="x", first_day=DAY, last_day=DAY, target=0, of="done").full_clean()
    assert {"subject", "target"} <= set(problem.value.message_dict)


def test_a_coordinator_makes_a_campaign_without_inventing_an_address(evening):
    _of, people = evening
    client = Client()
    client.force_login(people["sen"])
    sent = {
        "title": "Bốn mươi lăm ngày đêm",
        "first_day": "2026-11-01",
        "last_day": "2026-12-15",
        "target": "100",
        "of": "helped",
        "is_public": "on",
        "inspections-TOTAL_FORMS": "0",
        "inspections-INITIAL_FORMS": "0",
        "inspections-MIN_NUM_FORMS": "0",
        "inspections-MAX_NUM_FORMS": "1000",
    }
    answer = client.post("/admin/snippets/guides/campaign/add/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Campaign.objects.get().slug == "bon-muoi-lam-ngay-dem"
