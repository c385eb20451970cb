"""The volunteers' room: everybody acts on their own part, and sees no more than is theirs."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.helping import taking_part
from guides.models import Helper, Session, SessionNeed
from guides.models.choices import Role
from home.page_form import is_reserved
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

pytestmark = pytest.mark.django_db
__all__ = ["helping_commune", "world"]
ROOM = "/en/tinh-nguyen/"
State = Helper.State


@pytest.fixture(autouse=True)
def _on_monday(world: World) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, path: str = "", **query: str) -> str:
    answer = client.get(f"{ROOM}{path}", query)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def press(client: Client, session: Session, step: str, **typed: str) -> str:
    """Presses a button of the session's page; what the page says next."""
    answer = client.post(f"{ROOM}{session.pk}/{step}/", typed, follow=True)
    assert answer.redirect_chain == [(f"{ROOM}{session.pk}/", 302)]
    return answer.content.decode()


def part(world: World, name: str) -> Helper:
    return Helper.objects.get(session=world.session, user=getattr(world, name))


def confirmed(world: World, name: str, role: str = Role.GREETER) -> Helper:
    return taking_part.add(world.session, getattr(world, name), role, NOW)


def test_a_volunteer_offers_with_one_thumb_and_sees_what_comes_of_it(world: World) -> None:
    mai = signed_in(world.mai)
    assert "You have no part in a session yet" in read(mai)
    assert "The coordinator will confirm it" in press(mai, world.session, "nhan", role=Role.GREETER)
    page = read(mai)
    assert "Waiting for an answer" in page
    assert f'action="{ROOM}{world.session.pk}/nhan/"' not in page


def test_who_comes_second_to_the_last_place_reads_that_somebody_was_faster(world: World) -> None:
    tam = signed_in(world.tam)
    assert "Greeter" in read(tam)
    confirmed(world, "mai")
    assert "Somebody was faster" in press(tam, world.session, "nhan", role=Role.GREETER)
    assert not Helper.objects.filter(user=world.tam).exists()


@pytest.mark.parametrize("role", ["", "chair", "<b>", "x" * 5000, "\x00"])
def test_a_role_nobody_asks_for_is_answered_with_a_sentence(world: World, role: str) -> None:
    assert "does not look for this role" in press(signed_in(world.mai), world.session, "nhan", role=role)
    assert not Helper.objects.exists()


def test_a_volunteer_withdraws_knowing_how_many_days_are_left(world: World) -> None:
    confirmed(world, "mai")
    mai = signed_in(world.mai)
    assert "3 days until the session" in read(mai, f"{world.session.pk}/")
    assert "You have withdrawn" in press(mai, world.session, "rut")
    assert places(world.session) == (0, 1)


def test_a_swap_goes_from_one_phone_to_the_other_without_naming_who_asked(world: World) -> None:
    confirmed(world, "mai")
    mai, tam = signed_in(world.mai), signed_in(world.tam)
    press(mai, world.session, "xin-doi")
    page = read(tam)
    assert "I will take over" in page
    assert "Thị Mai" not in page
    press(tam, world.session, "thay", role=Role.GREETER)
    taking_part.confirm(part(world, "tam"), NOW)
    assert part(world, "mai").state == State.SWAPPED
    assert "Somebody else took over" in read(mai, f"{world.session.pk}/")


def test_who_comes_after_all_is_not_offered_to_the_others_any_more(world: World) -> None:
    confirmed(world, "mai")
    mai = signed_in(world.mai)
    press(mai, world.session, "xin-doi")
    press(mai, world.session, "thoi-doi")
    assert "Nobody asks to be replaced" in press(
        signed_in(world.tam), world.session, "thay", role=Role.GREETER
    )


@pytest.mark.parametrize("step", ["rut", "xin-doi", "thoi-doi"])
def test_nobody_acts_on_a_part_that_is_not_theirs(world: World, step: str) -> None:
    helper = confirmed(world, "mai")
    answer = signed_in(world.tam).post(f"{ROOM}{world.session.pk}/{step}/")
    assert answer.status_code == 404
    before = (helper.state, helper.swap_asked_at)
    helper.refresh_from_db()
    assert (helper.state, helper.swap_asked_at) == before


def test_names_are_shown_to_those_confirmed_for_the_same_session_alone(world: World) -> None:
    confirmed(world, "mai")
    session = f"{world.session.pk}/"
    assert "Trần Thị Mai" not in read(signed_in(world.tam), session)
    taking_part.offer(world.session, world.tam, Role.TYPIST, NOW)
    assert "Trần Thị Mai" not in read(signed_in(world.tam), session)
    taking_part.confirm(part(world, "tam"), NOW)
    assert "Trần Thị Mai" in read(signed_in(world.tam), session)
    assert "Trần Thị Mai" not in read(signed_in(world.hoa), session)
    other = evening()
    need(other, Role.GREETER, 1)
    taking_part.add(other, world.hoa, Role.GREETER, NOW)
    assert "Phạm Thị Hoa" not in read(signed_in(world.tam), f"{other.pk}/")


def test_a_volunteer_sees_own_hours_only(world: World) -> None:
    for name in ("mai", "tam"):
        taking_part.add(past(2), getattr(world, name), Role.GREETER, NOW)
    page = read(signed_in(world.mai), "gio/")
    assert page.count('class="ruled-row"') == 1
    assert "2 hours" in page
    assert "4 hours" not in page


def test_the_letter_thanks_with_hours_and_sessions_and_needs_at_least_one(world: World) -> None:
    mai = signed_in(world.mai)
    answer = mai.get(f"{ROOM}thu-cam-on/", follow=True)
    assert answer.redirect_chain == [(f"{ROOM}gio/", 302)]
    assert "No hours in this time yet" in answer.content.decode()
    taking_part.add(past(2), world.mai, Role.GREETER, NOW)
    taking_part.add(past(5), world.mai, Role.GREETER, NOW)
    page = read(mai, "thu-cam-on/", tu="2026-11-01", den="2026-11-23")
    for said in ("Trần Thị Mai", "2 digital help sessions", "4 hours", "01/11/2026", "23/11/2026"):
        assert said in page
    assert 'to <bdi dir="ltr">23/11/2026' in read(mai, "thu-cam-on/", tu="2026-11-01", den="2099-01-01")
    assert "2 hours in all" in read(mai, "thu-cam-on/", tu="2026-11-20", den="2026-11-23")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"tu": "2026-11-23", "den": "2026-11-01"}, "It ends before it begins"),
        ({"tu": "31/02/2026", "den": "2026-11-01"}, "We cannot read this day"),
        ({"tu": "0001-01-01", "den": "9999-12-31"}, "This year cannot be right"),
        ({"tu": "", "den": "2026-11-01"}, "Choose a day"),
        ({"tu": "\x00", "den": "<b>"}, "We cannot read this day"),
    ],
)
def test_days_that_cannot_be_get_a_sentence(world: World, typed: dict[str, str], sentence: str) -> None:
    assert sentence in read(signed_in(world.mai), "gio/", **typed)


def test_a_session_that_is_over_offers_no_button_and_tells_the_hours(world: World) -> None:
    confirmed(world, "mai")
    with time_machine.travel(AFTER, tick=False):
        page = read(signed_in(world.mai), f"{world.session.pk}/")
        assert "/rut/" not in page
        assert "2 hours" in page
        assert "has begun" in press(signed_in(world.tam), world.session, "nhan", role=Role.TYPIST)


def test_a_cancelled_session_says_why_and_wants_nobody(world: World) -> None:
    confirmed(world, "mai")
    Session.objects.update(is_cancelled=True, reason="Mất điện")
    mai = signed_in(world.mai)
    assert "Mất điện" in read(mai, f"{world.session.pk}/")
    assert "/rut/" not in read(mai, f"{world.session.pk}/")
    assert "/nhan/" not in read(signed_in(world.tam))


@pytest.mark.parametrize("number", [0, 999_999, 2**40, 2**80])
def test_a_session_that_is_not_there_is_not_found(world: World, number: int) -> None:
    mai = signed_in(world.mai)
    assert mai.get(f"{ROOM}{number}/").status_code == 404
    assert mai.post(f"{ROOM}{number}/nhan/", {"role": Role.GREETER}).status_code == 404


def test_the_room_is_kept_nowhere_and_found_by_no_search_engine(world: World) -> None:
    confirmed(world, "mai")
    mai = signed_in(world.mai)
    for path in ("", "gio/", f"{world.session.pk}/"):
        answer = mai.get(f"{ROOM}{path}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_a_button_pressed_from_another_site_does_nothing(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.mai)
    assert strict.post(f"{ROOM}{world.session.pk}/nhan/", {"role": Role.GREETER}).status_code == 403
    assert not Helper.objects.exists()


@pytest.mark.parametrize("path", ["", "gio/"])
def test_the_room_costs_the_same_however_many_sessions_there_are(world: World, path: str) -> None:
    mai = signed_in(world.mai)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(mai, path)
        return len(captured)

    taking_part.add(past(1), world.mai, Role.GREETER, NOW)
    read(mai, path)
    few = cost()
    for number in range(6):
        taking_part.add(past(3 + number), world.mai, Role.GREETER, NOW)
        session = evening()
        need(session, Role.STUCK, 2)
        helper = taking_part.add(session, account(f"nguoi-{number}", "volunteer"), Role.STUCK, NOW)
        taking_part.ask_to_swap(helper, NOW)
        other = evening()
        need(other, Role.STUCK, 1)
        taking_part.offer(other, world.mai, Role.STUCK, NOW)
    assert cost() == few


def test_the_room_speaks_vietnamese_and_arabic(world: World) -> None:
    assert SessionNeed.objects.exists()
    mai = signed_in(world.mai)
    assert 'lang="vi"' in mai.get("/tinh-nguyen/").content.decode()
    assert 'dir="rtl"' in mai.get("/ar/tinh-nguyen/").content.decode()


def test_a_volunteer_who_signs_in_comes_to_the_room(world: World) -> None:
    world.mai.set_password("ba-con-cô-bác-2026")
    world.mai.save()
    answer = Client().post("/tai-khoan/login/", {"login": "mai", "password": "ba-con-cô-bác-2026"})
    assert answer.headers["Location"] == "/tinh-nguyen/"


def test_no_page_hides_behind_the_room() -> None:
    assert is_reserved("tinh-nguyen", 2)
