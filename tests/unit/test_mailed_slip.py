"""The slip by e-mail: for whoever left an address and asked for it, once, and never with the resident's words."""

from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine

from feedback import handling, tokens
from gandan.models import Outbox
from tests.unit.feedback_world import MONDAY, WORDS, found_commune, later, sent

pytestmark = pytest.mark.django_db
BUTTON = "Send this slip to my e-mail"


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def case(commune):
    return sent(commune, name="Bà Tư", email="batu@thu.example")


def address(case, language="/en"):
    return f"{language}/phan-anh/phieu/{tokens.receipt_token(case.token_nonce)}/"


def press(client, case, at=MONDAY, language="/en"):
    with time_machine.travel(at, tick=False):
        return client.post(address(case, language) + "gui/", follow=True)


def slips():
    """The texts of the slips in the outbox."""
    rows = [row for row in Outbox.objects.order_by("pk") if "-slip-" in row.key]
    return [message_from_bytes(row.body.encode("latin-1")).get_payload(decode=True).decode() for row in rows]


def test_the_slip_goes_to_the_address_given_and_says_who_answers_and_by_when(client, case):
    page = press(client, case)

    assert "on its way to your e-mail" in page.content.decode()
    slip = slips()[0]
    for part in (
        case.code,
        tokens.pin_of(case.token_nonce),
        "Nguyễn Thị Lan",
        "16:00 27/11/2026",
        "/phan-anh/tra-cuu/",
    ):
        assert part in slip
    assert WORDS not in slip
    assert "Bà Tư" not in slip


def test_it_is_written_in_the_language_the_case_was_sent_in(client, commune):
    case = sent(commune, email="sam@post.example", language="en")
    press(client, case, language="/ar")

    assert "Who answers" in slips()[0]


def test_a_second_press_within_the_hour_sends_nothing_more(client, case):
    for minutes in (0, 1, 30):
        press(client, case, later(minutes=minutes))
    assert len(slips()) == 1

    press(client, case, later(hours=2))
    assert len(slips()) == 2


def test_the_button_is_there_only_for_whoever_left_an_address(client, commune, case):
    with time_machine.travel(MONDAY, tick=False):
        assert BUTTON in client.get(address(case)).content.decode()
        assert BUTTON not in client.get(address(sent(commune))).content.decode()
        assert BUTTON not in client.get(address(sent(commune, phone="0912 345 678"))).content.decode()


def test_nothing_is_sent_without_an_address_or_after_the_consent_was_taken_back(client, commune, case):
    press(client, sent(commune))
    handling.withdraw_consent(case, MONDAY)
    press(client, case)

    assert slips() == []


def test_after_two_days_the_pin_is_in_no_mail_any_more(client, case):
    press(client, case, MONDAY + timedelta(hours=49))

    assert slips() == []


def test_a_made_up_slip_is_not_found_and_looking_does_not_send(client, case):
    assert client.post("/phan-anh/phieu/made-up/gui/").status_code == 404
    assert client.get(address(case) + "gui/").status_code == 405
    assert slips() == []
