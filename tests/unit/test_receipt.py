import re

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from feedback import tokens
from feedback.tokens import BadToken, hash_pin, is_pin, normalise_pin
from tests.unit.feedback_world import MONDAY, WORDS, found_commune, later, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return sent(found_commune())


def slip(client, case, at=MONDAY, query="", sheet=""):
    with time_machine.travel(at, tick=False):
        return client.get(f"/en/phan-anh/phieu/{tokens.receipt_token(case.token_nonce)}/{sheet}{query}")


def mark(response, name):
    found = re.search(rf'data-case-{name}="([^"]*)"', response.content.decode())
    return found[1] if found else None


def test_the_slip_shows_code_pin_and_the_promised_day_and_hour(client, case):
    response = slip(client, case)
    assert mark(response, "code") == case.code
    assert re.fullmatch(r"\d{6}", mark(response, "pin"))
    due = re.search(r'<time data-due datetime="([^"]+)"', response.content.decode())[1]
    assert parse_datetime(due) == case.due_at
    assert timezone.localtime(case.due_at).strftime("%H:%M %d/%m") == "16:00 27/11"


def test_the_pin_is_written_without_a_gap_for_whoever_copies_it(client, case):
    pin = mark(slip(client, case), "pin")
    page = slip(client, case).content.decode()
    assert f"<span>{pin[:3]}</span><span>{pin[3:]}</span>" in page


@pytest.mark.parametrize(("hours", "shows"), [(47.9, True), (48, False), (500, False)])
def test_the_pin_is_shown_for_two_days_and_then_only_code_and_state(client, case, hours, shows):
    response = slip(client, case, later(hours=hours))
    assert (mark(response, "pin") is not None) == shows
    assert mark(response, "code") == case.code


def test_the_sheet_for_paper_has_the_same_slip(client, case):
    response = slip(client, case, sheet="in/")
    assert mark(response, "code") == case.code
    assert mark(response, "pin")


def test_a_slip_is_kept_nowhere_and_its_address_told_to_nobody(client, case):
    response = slip(client, case)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_neither_code_nor_pin_stands_in_an_address_of_the_slip(client, case):
    response = slip(client, case)
    addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', response.content.decode()))
    assert case.code not in addresses
    assert mark(response, "pin") not in addresses


def test_the_slip_repeats_none_of_the_residents_words(client, case):
    assert WORDS not in slip(client, case).content.decode()


@pytest.mark.parametrize("token", ["x", "abc:def", "a" * 300, "%00", "..", "GD-2222-2222-2222-2"])
def test_an_address_nobody_was_given_shows_nothing(client, case, token):
    assert client.get(f"/phan-anh/phieu/{token}/").status_code == 404


def test_a_token_of_a_form_opens_no_slip(client, case):
    with pytest.raises(BadToken):
        tokens.read_receipt_token(tokens.new_form_token(MONDAY))


def test_a_slip_cannot_be_written_to(client, case):
    assert client.post(f"/phan-anh/phieu/{tokens.receipt_token(case.token_nonce)}/").status_code == 405


def test_a_pin_is_recognised_and_no_other(case):
    stored = hash_pin("048291")
    assert is_pin("048291", stored)
    assert not is_pin("048292", stored)
    assert hash_pin("048291") != stored
    assert not is_pin("048291", tokens.NO_CASE)


@pytest.mark.parametrize("typed", ["482916", "482 916", " 482-916 ", "４８２９１６", "٤٨٢٩١٦"])
def test_a_pin_may_be_typed_with_gaps_and_in_other_digits(typed):
    assert normalise_pin(typed) == "482916"
