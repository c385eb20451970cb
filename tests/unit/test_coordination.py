"""The coordinators' board: who helps when, who came, everybody's hours and letters. Leaders read it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.helping import taking_part
from guides.helping.access import is_volunteer, may_coordinate, may_oversee, may_tally, sees_helpers
from guides.helping.hours_file import as_text
from guides.models import Helper, SessionNeed
from guides.models.choices import Role
from home.models import User
from tests.unit.helping_world import (
    AFTER,
    NOW,
    World,
    account,
    evening,
    helping_commune,
    need,
    past,
    places,
    signed_in,
    world,
)
from tests.unit.test_sessions import plan_all, series

pytestmark = pytest.mark.django_db
__all__ = ["helping_commune", "world"]
BOARD = "/en/tinh-nguyen/dieu-phoi/"
State = Helper.State
VISITORS = [
    "anonymous",
    "volunteer",
    "helper",
    "editor",
    "approver",
    "emergency publisher",
    "official",
    "leader",
    "coordinator",
    "administrator",
]
MAY_READ = {"leader", "coordinator", "administrator"}
MAY_CHANGE = {"coordinator", "administrator"}


@pytest.fixture(autouse=True)
def _on_monday(world: World) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.coordinator)


def read(client: Client, path: str = "", **query: str) -> str:
    answer = client.get(f"{BOARD}{path}", query)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def press(client: Client, path: str, **typed: Any) -> str:
    return client.post(f"{BOARD}{path}", typed, follow=True).content.decode()


def offered(world: World, name: str, role: str = Role.GREETER) -> Helper:
    return taking_part.offer(world.session, getattr(world, name), role, NOW)


def visitor(world: World, who: str) -> Client:
    match who:
        case "anonymous":
            return Client()
        case "helper":  # confirmed for this very session
            taking_part.add(world.session, world.hoa, Role.TYPIST, NOW)
            return signed_in(world.hoa)
        case "administrator":
            user = account("quantri")
            user.is_superuser = True
            user.save()
            return signed_in(user)
    return signed_in(account("ai-do", who))


@pytest.mark.parametrize("who", VISITORS)
def test_the_board_is_read_by_coordinators_and_leaders_and_changed_by_coordinators_alone(
    world: World, who: str
) -> None:
    helper, pk = offered(world, "mai"), world.session.pk
    client = visitor(world, who)
    pages = ["", f"{pk}/", "gio/", "gio.csv", "thu-cam-on/"]
    for path in pages:
        status = client.get(f"{BOARD}{path}").status_code
        wanted = {200, 302} if who in MAY_READ else {302} if who == "anonymous" else {403}
        assert status in wanted, (who, path, status)
    if who in MAY_CHANGE:
        return
    steps = {
        f"{pk}/{helper.pk}/nhan/": {},
        f"{pk}/{helper.pk}/tu-choi/": {"sentence": "Không"},
        f"{pk}/them/": {"user": str(world.tam.pk), "role": Role.GREETER},
        f"{pk}/gio/": {f"phut-{helper.pk}": "60"},
        f"{pk}/can/": {"can-greeter": "9"},
    }
    for path, typed in steps.items():
        assert client.post(f"{BOARD}{path}", typed).status_code == (302 if who == "anonymous" else 403), path
    helper.refresh_from_db()
    assert (helper.state, helper.sentence, helper.noted_minutes) == (State.OFFERED, "", None)
    assert places(world.session) == (0, 1)
    assert not Helper.objects.filter(user=world.tam).exists()


@pytest.mark.parametrize("who", VISITORS)
def test_the_volunteers_room_opens_to_volunteers_coordinators_and_leaders(world: World, who: str) -> None:
    client = visitor(world, who)
    enters = who in {*MAY_READ, "volunteer", "helper"}
    for path in ("", "gio/", f"{world.session.pk}/"):
        answer = client.get(f"/tinh-nguyen/{path}")
        assert answer.status_code == (200 if enters else 302 if who == "anonymous" else 403), path
        if who == "anonymous":
            assert answer.headers["Location"].startswith("/tai-khoan/login/")


@pytest.mark.parametrize(
    ("who", "enters", "oversees", "coordinates", "tallies"),
    [
        ("volunteer", True, False, False, False),
        ("helper", True, False, False, True),
        ("editor", False, False, False, False),
        ("official", False, False, False, False),
        ("leader", True, True, False, False),
        ("coordinator", True, True, True, True),
        ("administrator", True, True, True, True),
    ],
)
def test_who_may_do_what(
    world: World, who: str, enters: bool, oversees: bool, coordinates: bool, tallies: bool
) -> None:
    visitor(world, who)
    names = {"helper": "hoa", "administrator": "quantri"}
    user = User.objects.get(username=names.get(who, "ai-do"))
    assert (is_volunteer(user), may_oversee(user), may_coordinate(user)) == (enters, oversees, coordinates)
    assert may_tally(user, world.session) == tallies
    assert sees_helpers(user, world.session) == (oversees or tallies)
    assert may_tally(user, evening()) == coordinates
    user.is_active = False
    opened = [is_volunteer(user), may_oversee(user), may_coordinate(user), may_tally(user, world.session)]
    assert not any(opened)


def test_a_stranger_may_nothing(world: World) -> None:
    nobody = AnonymousUser()
    assert not any([is_volunteer(nobody), may_oversee(nobody), may_coordinate(nobody)])
    assert not any([may_tally(nobody, world.session), sees_helpers(nobody, world.session)])


def test_a_closed_account_enters_nowhere(world: World) -> None:
    client = signed_in(world.coordinator)
    world.coordinator.is_active = False
    world.coordinator.save()
    assert client.get(BOARD).status_code == 302


def test_a_leader_finds_no_button(world: World) -> None:
    offered(world, "mai")
    page = read(signed_in(world.leader), f"{world.session.pk}/")
    assert "Trần Thị Mai" in page
    assert 'method="post"' not in page


def test_the_board_counts_needed_taken_and_offered(world: World, client: Client) -> None:
    offered(world, "mai")
    taking_part.confirm(offered(world, "tam", Role.TYPIST), NOW)
    page = read(client)
    assert "1 of 3 confirmed" in page
    assert "1 waits for an answer" in page


def test_an_offer_is_confirmed_with_one_button(world: World, client: Client) -> None:
    helper = offered(world, "mai")
    assert "Confirmed." in press(client, f"{world.session.pk}/{helper.pk}/nhan/")
    assert places(world.session) == (1, 1)


def test_a_no_needs_a_sentence_and_keeps_what_was_typed(world: World, client: Client) -> None:
    helper = offered(world, "mai")
    path = f"{world.session.pk}/{helper.pk}"
    assert "Why not, in one sentence" in read(client, f"{path}/vi-sao/")
    assert "Please write one sentence" in press(client, f"{path}/tu-choi/", sentence="  ")
    long = "Đủ người rồi " * 30
    page = press(client, f"{path}/tu-choi/", sentence=long)
    assert "At most 200 letters" in page
    assert long.strip() in page
    assert State(Helper.objects.get().state) == State.OFFERED
    assert "Trần Thị Mai has been told." in press(
        client, f"{path}/tu-choi/", sentence="Đủ người, hẹn chị lần sau"
    )
    assert Helper.objects.get().state == State.DECLINED


def test_a_helper_of_another_session_is_not_reached_through_this_one(world: World, client: Client) -> None:
    helper, other = offered(world, "mai"), evening()
    assert client.post(f"{BOARD}{other.pk}/{helper.pk}/nhan/").status_code == 404
    assert Helper.objects.get().state == State.OFFERED


def test_a_coordinator_puts_somebody_on_a_place(world: World, client: Client) -> None:
    page = press(client, f"{world.session.pk}/them/", user=world.tam.pk, role=Role.GREETER)
    assert "Lê Văn Tâm is confirmed." in page
    page = press(client, f"{world.session.pk}/them/", user=world.hoa.pk, role=Role.GREETER)
    assert "Somebody was faster" in page


@pytest.mark.parametrize("who", ["", "999999", "abc", "\x00"])
def test_nobody_who_is_no_volunteer_is_put_on_a_place(world: World, client: Client, who: str) -> None:
    press(client, f"{world.session.pk}/them/", user=who, role=Role.GREETER)
    editor = account("bientap", "editor")
    press(client, f"{world.session.pk}/them/", user=editor.pk, role=Role.GREETER)
    assert not Helper.objects.exists()


def test_who_came_is_noted_in_minutes_and_a_wrong_number_notes_nothing(world: World) -> None:
    first = taking_part.add(world.session, world.mai, Role.GREETER, NOW)
    second = taking_part.add(world.session, world.tam, Role.TYPIST, NOW)
    path = f"{world.session.pk}/gio/"
    with time_machine.travel(AFTER, tick=False):
        client = signed_in(world.coordinator)
        for wrong in ("-5", "1000", "hai giờ", "", "1e3", "9" * 400):
            page = press(client, path, **{f"phut-{first.pk}": "90", f"phut-{second.pk}": wrong})
            assert not Helper.objects.exclude(noted_minutes=None).exists(), wrong
            assert "data-form-error" in page
        page = press(client, path, **{f"phut-{first.pk}": "90", f"phut-{second.pk}": "0"})
    assert "did not come" in page
    assert set(Helper.objects.values_list("noted_minutes", flat=True)) == {90, 0}


def test_numbers_needed_are_changed_but_not_below_those_confirmed(world: World, client: Client) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, NOW)
    path = f"{world.session.pk}/can/"
    numbers = {f"can-{role}": "0" for role in Role.values}
    assert "1 person is confirmed already" in press(client, path, **numbers)
    assert SessionNeed.objects.count() == 2
    press(client, path, **{**numbers, "can-greeter": "1", "can-stuck": "3"})
    rows = dict(SessionNeed.objects.values_list("role", "needed"))
    assert rows == {"greeter": 1, "stuck": 3}


def test_numbers_are_changed_for_all_later_sessions_of_the_series_at_once(
    world: World, client: Client
) -> None:
    evenings = series(weekdays=["thu"])
    plan_all(evenings)
    first, second = evenings.sessions.all()
    need(second, Role.STUCK, 2)
    need(second, Role.CHECKER, 2)
    helper = taking_part.add(second, world.mai, Role.STUCK, NOW)
    numbers = {f"can-{role}": "0" for role in Role.values}
    press(client, f"{first.pk}/can/", **{**numbers, "can-greeter": "2", "later": "on"})
    assert dict(first.roles.values_list("role", "needed")) == {"greeter": 2}
    assert dict(second.roles.values_list("role", "needed")) == {"greeter": 2, "stuck": 2}
    assert dict(evenings.roles.values_list("role", "needed")) == {"greeter": 2}
    assert helper.is_confirmed


def test_an_evening_that_is_over_waits_for_its_hours_and_then_not_any_more(
    world: World, client: Client
) -> None:
    session = past(3)
    helper = taking_part.add(session, world.mai, Role.GREETER, NOW)
    assert "Note who came" in read(client, xem="da-qua")
    taking_part.note_minutes(helper, 60, NOW)
    assert "Note who came" not in read(client, xem="da-qua")


def test_everybodys_hours_are_listed_and_many_stand_out(world: World, client: Client) -> None:
    for day in range(1, 12):
        taking_part.add(past(day), world.mai, Role.GREETER, NOW)
    taking_part.add(past(1), world.tam, Role.GREETER, NOW)
    page = read(client, "gio/")
    assert "22 hours" in page
    assert page.count("Many hours") == 1


def test_the_table_begins_no_formula(world: World, client: Client) -> None:
    world.mai.last_name, world.mai.first_name = "=HYPERLINK(", '"x";"y")'
    world.mai.save()
    taking_part.add(past(2), world.mai, Role.GREETER, NOW)
    taking_part.add(past(2), world.tam, Role.GREETER, NOW)
    answer = client.get(f"{BOARD}gio.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {tuple(row) for row in rows[1:]} == {
        ('\'=HYPERLINK( "x";"y")', "mai", "1", "120"),
        ("Lê Văn Tâm", "tam", "1", "120"),
    }


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_what_a_spreadsheet_would_count_is_written_as_text(words: str) -> None:
    assert as_text(words) == f"'{words}"
    assert as_text("Trần Thị Mai") == "Trần Thị Mai"


def test_letters_are_printed_for_one_or_for_each(world: World, client: Client) -> None:
    for name in ("mai", "tam"):
        taking_part.add(past(2), getattr(world, name), Role.GREETER, NOW)
    assert read(client, "thu-cam-on/").count('class="letter ') == 2
    one = read(client, "thu-cam-on/", nguoi="mai")
    assert one.count('class="letter ') == 1
    assert "Trần Thị Mai" in one


@pytest.mark.parametrize("path", ["", "gio/", "thu-cam-on/"])
def test_the_board_costs_the_same_however_much_it_lists(world: World, client: Client, path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, path)
        return len(captured)

    taking_part.add(past(1), world.mai, Role.GREETER, NOW)
    read(client, path)
    few = cost()
    for number in range(5):
        user = account(f"nguoi-{number}", "volunteer")
        taking_part.add(past(3), user, Role.GREETER, NOW)
        session = evening()
        need(session, Role.STUCK, 2)
        taking_part.offer(session, user, Role.STUCK, NOW)
    assert cost() == few
