"""The page for counting: a form for every tap, and the address to which devices send."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.worktime import VIETNAM
from guides.counting.page import owner_key
from guides.models import Tally
from tests.unit import tally_world
from tests.unit.tally_world import DAY, EVENING, helper, session, tally

pytestmark = pytest.mark.django_db
world, evening = tally_world.world, tally_world.evening


@pytest.fixture(autouse=True)
def _that_evening():
    with time_machine.travel(EVENING, tick=False):
        yield


def at(name: str, people) -> Client:
    client = Client()
    client.force_login(people[name])
    return client


def address(of, rest: str = "dem/") -> str:
    return f"/tinh-nguyen/buoi/{of.pk}/{rest}"


def page(client: Client, of, rest: str = "dem/") -> BeautifulSoup:
    answer = client.get(address(of, rest))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def total(client: Client, of) -> int:
    return int(page(client, of).find(attrs={"data-counted": True}).text)


def fill(client: Client, of, **fields: str):
    nonce = page(client, of).find("input", attrs={"name": "nonce"})["value"]
    return client.post(address(of), {"nonce": nonce, **fields})


def test_a_tap_counts_and_comes_back_with_the_sum_and_a_way_to_take_it_back(evening):
    of, people = evening
    client = at("tam", people)
    answer = fill(client, of, count="vneid:done", minutes="20", age="older", guide="1.001193")
    assert answer.status_code == 303
    assert total(client, of) == 1
    row = Tally.objects.get()
    assert (row.minutes, row.age, row.guide_code, row.source) == (20, "older", "1.001193", "web")
    undo = page(client, of).find("button", attrs={"name": "undo"})["value"]
    assert client.post(address(of), {"undo": undo}).status_code == 303
    assert total(client, of) == 0


def test_what_was_not_done_asks_why_before_it_counts(evening):
    of, people = evening
    client = at("tam", people)
    asked = fill(client, of, count="scam:not_solved", minutes="15")
    shown = BeautifulSoup(asked.content, "html.parser")
    assert asked.status_code == 200
    assert total(client, of) == 0
    form = {
        field["name"]: field.get("value", "")
        for field in shown.select("form.tally input[name]:not([type=radio])")
    }
    assert form["cell"] == "scam:not_solved"
    assert form["minutes"] == "15"
    assert client.post(address(of), {**form, "why": "official"}).status_code == 303
    row = Tally.objects.get()
    assert (row.obstacle, row.minutes) == ("official", 15)


def test_a_form_sent_twice_counts_once_and_one_gone_back_to_counts_again(evening):
    of, people = evening
    client = at("tam", people)
    nonce = str(uuid4())
    for _ in range(3):
        last = client.post(address(of), {"nonce": nonce, "count": "vneid:done"})
    assert total(client, of) == 1
    assert "đã được đếm" in client.get(last["Location"]).content.decode()
    client.post(address(of), {"nonce": nonce, "count": "portal:done"})
    assert total(client, of) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"count": "vneid:done", "minutes": "500"},
        {"count": "vneid"},
        {"count": ":"},
        {"count": "names:done"},
        {},
        {"cell": "vneid:partly", "why": "tired"},
        {"count": "vneid:done", "guide": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_counted_comes_back_with_a_sentence_and_what_was_typed(evening, fields):
    of, people = evening
    answer = fill(at("tam", people), of, **fields)
    shown = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert shown.find(attrs={"data-form-error": True}).text.strip()
    assert shown.find(id="id_minutes")["value"] == fields.get("minutes", "")
    assert not Tally.objects.exists()


@pytest.mark.parametrize("nonce", ["", "7", "\0", "a" * 9000])
def test_a_form_without_its_own_number_is_not_counted(evening, nonce):
    of, people = evening
    answer = at("tam", people).post(address(of), {"nonce": nonce, "count": "vneid:done"})
    assert answer.status_code == 200
    assert not Tally.objects.exists()


@pytest.mark.parametrize("undo", ["", "7", "c91f14d9-f9b8-4350-ac3d-10dd381ea7db"])
def test_taking_back_what_is_not_there_says_so(evening, undo):
    of, people = evening
    answer = at("tam", people).post(address(of), {"undo": undo})
    assert "qua-muon" in answer["Location"]


def test_before_its_day_and_when_cancelled_the_page_says_why_nothing_counts(evening):
    _of, people = evening
    client = at("sen", people)
    for off in (session(DAY + timedelta(days=1)), session(is_cancelled=True, reason="Mưa bão")):
        answer = client.post(address(off), {"nonce": str(uuid4()), "count": "vneid:done"})
        assert answer.status_code == 200
        assert BeautifulSoup(answer.content, "html.parser").find(class_="warning")
    assert not Tally.objects.exists()


def test_the_page_costs_the_same_however_much_was_counted(evening):
    of, people = evening
    client = at("tam", people)
    client.get(address(of))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address(of))
        return len(asked)

    few = cost()
    tally(of, 300, recorded_by=people["tam"])
    assert cost() == few <= 11


ROOMS = ["dem/", "dem/khung/", "phieu-giay/", "cau-hoi/", "bao-cao/", "bao-cao.csv"]
OF_THE_SESSION = {"tam", "sen"}


@pytest.mark.parametrize("room", ROOMS)
def test_only_the_helpers_of_a_session_and_the_coordinators_come_in(evening, room):
    of, people = evening
    helper(session(place="nha-van-hoa-bai"), people["la"])
    may = OF_THE_SESSION | ({"minh"} if "bao-cao" in room else set())
    for name in people:
        answer = at(name, people).get(address(of, room))
        assert answer.status_code == (200 if name in may else 403), name
        if name in may:
            assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(address(of, room))["Location"].startswith("/tai-khoan/login/")


def test_who_only_offered_or_was_not_needed_does_not_count(evening):
    of, people = evening
    part = helper(of, people["la"], state="offered")
    for state in ("offered", "declined", "withdrawn", "swapped", "freed"):
        type(part).objects.filter(pk=part.pk).update(state=state)
        assert at("la", people).get(address(of)).status_code == 403


def test_the_shell_on_the_device_holds_nothing_of_anybody(evening):
    of, people = evening
    tally(of, 4, recorded_by=people["tam"])
    mine = at("tam", people).get(address(of, "dem/khung/")).content.decode()
    assert mine == at("sen", people).get(address(of, "dem/khung/")).content.decode()
    for secret in ("csrfmiddlewaretoken", "nonce", owner_key(people["tam"]), "tam"):
        assert f'"{secret}"' not in mine


def send(client: Client, of, people, entries, name: str = "tam", **more):
    body = {"owner": owner_key(people[name]), "entries": entries, **more}
    return client.post(address(of, "dem/gui/"), json.dumps(body), content_type="application/json")


def one(**fields: object) -> dict[str, object]:
    return {"uuid": str(uuid4()), "subject": "vneid", "outcome": "done", **fields}


def test_a_parcel_is_answered_count_by_count(evening):
    of, people = evening
    client, good, bad = at("tam", people), one(), one(subject="names")
    answer = send(client, of, people, [good, bad, "rubbish"]).json()
    assert [(each["uuid"], each["state"]) for each in answer["results"]] == [
        (bad["uuid"], "refused"),
        ("", "refused"),
        (good["uuid"], "accepted"),
    ]
    assert all(each["reason"] for each in answer["results"][:2])
    assert send(client, of, people, [good]).json()["results"] == [{"uuid": good["uuid"], "state": "known"}]
    assert answer["counted"] == total(client, of) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[", 400),
        ("[]", 400),
        ("7", 400),
        ('{"entries": []}', 400),
        ("[" * 100_000, 400),
        ('{"owner": "x", "entries": []}', 409),
    ],
    ids=lambda given: str(given)[:20],
)
def test_a_parcel_that_makes_no_sense_is_answered_with_a_sentence(evening, body, status):
    of, people = evening
    answer = at("tam", people).post(address(of, "dem/gui/"), body, content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["reason"].endswith(".")


@pytest.mark.parametrize(
    "entries", [[one()] * 201, {"a": 1}, "x", None], ids=["201", "object", "text", "null"]
)
def test_a_parcel_of_more_than_two_hundred_or_of_no_list_is_refused_whole(evening, entries):
    of, people = evening
    assert send(at("tam", people), of, people, entries).status_code == 400
    assert not Tally.objects.exists()


def test_two_hundred_at_once_are_counted_in_few_statements(evening):
    of, people = evening
    client = at("tam", people)
    with CaptureQueriesContext(connection) as asked:
        assert send(client, of, people, [one() for _ in range(200)]).json()["counted"] == 200
    assert len(asked) <= 14


def test_a_device_whose_sign_in_has_ended_is_told_so_and_not_led_away(evening):
    of, people = evening
    answer = send(Client(), of, people, [one()])
    assert (answer.status_code, answer.json()["problem"]) == (401, "signed-out")
    assert Client().get(address(of, "dem/gui/")).status_code == 401


def test_counts_of_one_person_are_not_sent_in_anothers_name(evening):
    of, people = evening
    answer = send(at("sen", people), of, people, [one()], name="tam")
    assert (answer.status_code, answer.json()["problem"]) == (409, "another")
    assert not Tally.objects.exists()


def test_a_device_needs_the_guard_of_every_form(evening):
    of, people = evening
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["tam"])
    assert send(client, of, people, [one()]).status_code == 403
    token = client.get(address(of, "dem/gui/")).json()["csrf"]
    body = json.dumps({"owner": owner_key(people["tam"]), "entries": [one()]})
    answer = client.post(
        address(of, "dem/gui/"), body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.json()["counted"] == 1


def test_who_is_no_helper_any_more_keeps_the_counts_on_the_device(evening):
    of, people = evening
    answer = send(at("la", people), of, people, [one()], name="la")
    assert (answer.status_code, answer.json()["problem"]) == (403, "not-yours")


def test_counts_for_a_session_that_has_not_begun_are_refused_with_a_reason(evening):
    _of, people = evening
    ahead = session(DAY + timedelta(days=2))
    answer = send(at("sen", people), ahead, people, [one()], name="sen").json()
    assert answer["results"][0]["state"] == "refused"
    assert answer["results"][0]["reason"]


def test_the_paper_sheet_is_typed_in_corrected_and_shown_again(evening):
    of, people = evening
    client = at("sen", people)
    for sent in ({"vneid-done": "12", "scam-not_solved": "3"}, {"vneid-done": " 9 ", "scam-not_solved": ""}):
        assert client.post(address(of, "phieu-giay/"), sent).status_code == 303
    assert page(client, of, "phieu-giay/").find(id="id_vneid-done")["value"] == "9"
    assert total(client, of) == 9


@pytest.mark.parametrize("wrong", ["501", "-1", "1.5", "mười", "9" * 400, "\0"], ids=lambda text: text[:6])
def test_a_paper_sheet_with_a_wrong_number_stores_nothing_and_names_the_cell(evening, wrong):
    of, people = evening
    answer = at("sen", people).post(address(of, "phieu-giay/"), {"vneid-done": wrong, "tax-done": "4"})
    words = BeautifulSoup(answer.content, "html.parser").find(attrs={"data-form-error": True}).text
    assert "Tài khoản VNeID" in words
    assert not Tally.objects.exists()


def test_the_number_of_a_session_beyond_all_numbers_is_not_found(evening):
    _of, people = evening
    for number in ("0", "9" * 30):
        assert at("sen", people).get(f"/tinh-nguyen/buoi/{number}/dem/").status_code == 404


def test_a_count_made_late_at_night_belongs_to_the_session_not_to_the_next_day(evening):
    of, people = evening
    late = datetime(2026, 11, 25, 0, 30, tzinfo=VIETNAM)
    with time_machine.travel(late, tick=False):
        send(at("tam", people), of, people, [one(at=EVENING.isoformat())])
    assert Tally.objects.get().session_id == of.pk
    assert Tally.objects.get().recorded_at == EVENING
