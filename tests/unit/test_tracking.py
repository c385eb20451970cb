import re

import pytest
import time_machine

from feedback import handling, limits, tokens
from feedback.limits import LONGEST_WAIT, MOST_FAILURES
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
ANSWER = "Bệnh viện cấp thì bệnh viện sửa."


@pytest.fixture
def commune():
    empty_cache()
    return found_commune()


@pytest.fixture
def case(commune):
    return sent(commune, name="Bà Tư", area=commune.areas["doai"])


@pytest.fixture
def answered(commune, case):
    handling.answer(case, commune.lan, account("lan", commune.lan), ANSWER, later(hours=2))
    return case


def look_up(client, code, pin="", at=MONDAY, **extra):
    with time_machine.travel(at, tick=False):
        return client.post("/en/phan-anh/tra-cuu/", {"code": code, "pin": pin}, **extra)


def pin_of(case):
    return tokens.pin_of(case.token_nonce)


def page(response):
    return response.content.decode()


def test_code_and_pin_show_the_answer_and_who_gave_it(client, answered):
    shown = page(look_up(client, answered.code, pin_of(answered)))
    assert 'data-case-state="answered"' in shown
    assert ANSWER in shown
    assert WORDS in shown
    assert "Nguyễn Thị Lan" in shown


def test_the_code_alone_shows_state_and_dates_but_no_names_and_no_words(client, answered):
    shown = page(look_up(client, answered.code))
    assert 'data-case-state="answered"' in shown
    assert "23/11/2026" in shown
    for hidden in (ANSWER, WORDS, "Nguyễn Thị Lan", "Bà Tư", "Khai sinh", "Thôn doai"):
        assert hidden not in shown


def test_the_residents_own_name_is_not_shown_even_with_the_pin(client, answered):
    assert "Bà Tư" not in page(look_up(client, answered.code, pin_of(answered)))


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: code[3:]])
def test_a_code_may_be_typed_small_with_spaces_or_without_its_beginning(client, case, change):
    assert 'data-case-state="new"' in page(look_up(client, change(case.code)))


def test_an_open_case_says_when_the_answer_is_due(client, case):
    shown = re.sub(r"<[^>]*>", "", page(look_up(client, case.code)))
    assert "before 16:00 Friday 27/11" in shown
    assert "Within the promise" in shown


def test_a_broken_promise_says_late(client, case):
    shown = page(look_up(client, case.code, at=later(days=10)))
    assert "Sorry, the commune is late" in shown
    assert "16:00" in shown


def test_wrong_code_wrong_pin_and_somebody_elses_code_look_alike(client, commune, case):
    other = sent(commune)
    tries = [
        look_up(client, "GD-2222-2222-2222-2", pin_of(case)),
        look_up(client, case.code, "000000" if pin_of(case) != "000000" else "111111"),
        look_up(client, other.code, pin_of(case)),
        look_up(client, "not a code", pin_of(case)),
    ]
    seen = {(response.status_code, re.sub(r'value="[^"]*"', "", page(response))) for response in tries}
    assert len(seen) == 1
    assert "data-form-error" in seen.pop()[1]


def test_twenty_failures_an_hour_block_one_address_and_nobody_else(client, case):
    for number in range(MOST_FAILURES):
        assert look_up(client, f"GD-{number}").status_code == 200
    assert look_up(client, case.code).status_code == 429
    assert look_up(client, case.code, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert look_up(client, case.code, at=later(hours=1, minutes=1)).status_code == 200


def test_looking_up_the_right_code_a_hundred_times_is_never_blocked(client, case):
    for _ in range(MOST_FAILURES + 5):
        assert look_up(client, case.code, pin_of(case)).status_code == 200


def test_guessing_pins_of_one_code_has_to_wait_longer_and_longer(commune, case):
    waits = []
    for _ in range(12):
        limits.count_failed_look_up("203.0.113.9", case.code, MONDAY)
        waits.append(limits.wait_for(case.code, MONDAY))
    assert waits == sorted(waits)
    assert not waits[1]
    assert waits[2].total_seconds() == 2
    assert waits[-1] == LONGEST_WAIT


def test_waiting_is_asked_for_codes_that_do_not_exist_too(client, commune):
    for _ in range(3):
        look_up(client, "GD-2222-2222-2222-2", "123456")
    response = look_up(client, "GD-2222-2222-2222-2", "123456")
    assert response.status_code == 429
    assert "Please wait" in page(response)


def test_the_right_pin_after_waiting_opens_the_case_and_the_waiting_is_forgotten(client, case):
    wrong = "000000" if pin_of(case) != "000000" else "111111"
    for _ in range(3):
        look_up(client, case.code, wrong)
    assert look_up(client, case.code, pin_of(case)).status_code == 429
    assert WORDS in page(look_up(client, case.code, pin_of(case), at=later(seconds=30)))
    assert not limits.wait_for(case.code, later(seconds=30))


def test_an_opened_case_is_kept_nowhere_and_sets_no_cookie(client, case):
    response = look_up(client, case.code, pin_of(case))
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_an_empty_or_endless_code_gets_a_sentence(client, commune):
    for code in ("", "x" * 5000, "\x00"):
        response = look_up(client, code)
        assert response.status_code == 200
        assert "data-form-error" in page(response)


def test_erased_words_are_said_to_be_erased(client, answered):
    handling.close(answered, later(days=20))
    handling.erase_words(answered, later(days=800))
    shown = page(look_up(client, answered.code, pin_of(answered)))
    assert 'data-case-state="closed"' in shown
    assert "Erased, as promised" in shown


def test_behind_a_blocked_network_a_neighbour_still_opens_the_own_case_and_a_guesser_nothing(client, case):
    for number in range(MOST_FAILURES):
        look_up(client, f"GD-{number}")
    assert WORDS in page(look_up(client, case.code, pin_of(case)))
    wrong = "000000" if pin_of(case) != "000000" else "111111"
    refused = look_up(client, case.code, wrong)
    assert refused.status_code == 429
    assert "data-case-state" not in page(refused)
    for _ in range(2):
        look_up(client, case.code, wrong)
    assert look_up(client, case.code, pin_of(case)).status_code == 429  # wrong PINs wait, blocked or not
