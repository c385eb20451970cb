"""What a resident sees and does with code and PIN: reply, judge, have it opened once more."""

import pytest
import time_machine

from feedback import handling, tokens
from feedback.models import CaseText, State
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
TRACK = "/en/phan-anh/tra-cuu/"
ANSWER = "Bệnh viện cấp thì bệnh viện sửa."


@pytest.fixture
def commune():
    empty_cache()
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


@pytest.fixture
def lan(commune):
    return account("lan", commune.lan)


@pytest.fixture
def case(commune):
    return sent(commune)


def opened(client, case, pin=True):
    given = {"code": case.code, "pin": tokens.pin_of(case.token_nonce) if pin else ""}
    return client.post(TRACK, given).content.decode()


def reply(client, case, text="Bệnh viện huyện ạ."):
    return client.post(TRACK + "gui-them/", {"opened": tokens.opened_token(case.pk), "text": text})


def rate(client, case, **given):
    return client.post(TRACK + "danh-gia/", {"opened": tokens.opened_token(case.pk), **given})


def test_who_is_asked_back_reads_it_with_the_pin_and_replies_there(client, commune, lan, case):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp giấy?", MONDAY)
    shown = opened(client, case)
    assert "Bệnh viện nào cấp giấy?" in shown
    assert "gui-them/" in shown
    assert "Bệnh viện nào cấp giấy?" not in opened(client, case, pin=False)
    assert "gui-them/" not in opened(client, case, pin=False)
    assert "Your reply has reached" in reply(client, case).content.decode()
    case.refresh_from_db()
    assert case.state == State.WORKING


def test_replying_twice_stores_one_reply_and_says_so(client, commune, lan, case):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp giấy?", MONDAY)
    reply(client, case)
    assert "has been done already" in reply(client, case).content.decode()
    assert case.words.filter(role=CaseText.Role.REPLY).count() == 1


@pytest.mark.parametrize("text", ["", "Căn cước của tôi là 001099012345"])
def test_a_reply_with_a_mistake_comes_back_as_typed(client, commune, lan, case, text):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp giấy?", MONDAY)
    shown = reply(client, case, text).content.decode()
    assert "data-form-error" in shown
    assert text in shown
    case.refresh_from_db()
    assert case.state == State.NEED_INFO


def test_a_forwarded_case_names_authority_paper_and_day_only_with_the_pin(client, commune, lan, case):
    day = MONDAY.date()
    handling.forward(
        case, commune.lan, lan, "Sở Xây dựng", "12/UBND", day, day, "Đường do tỉnh quản lý.", MONDAY
    )
    shown = opened(client, case)
    for words in ("Sở Xây dựng", "12/UBND", "23/11/2026", "Đường do tỉnh quản lý."):
        assert words in shown
    assert "Sở Xây dựng" not in opened(client, case, pin=False)


def test_a_refused_case_says_why_and_where_to_go(client, commune, lan, case):
    handling.refuse(case, commune.lan, lan, "not_ours", "Việc của tòa.", "Tòa án khu vực 3.", MONDAY)
    shown = opened(client, case)
    for words in ("Another authority decides on this", "Việc của tòa.", "Tòa án khu vực 3."):
        assert words in shown


def test_a_later_day_comes_with_an_apology_the_old_day_and_the_new(client, commune, lan, case):
    handling.extend(case, commune.lan, lan, "Phải hỏi bệnh viện.", later(days=8), MONDAY)
    shown = opened(client, case)
    assert "Sorry, it takes longer" in shown
    assert "Phải hỏi bệnh viện." in shown
    assert "Tuesday" in shown


def test_hidden_words_are_not_shown_with_the_pin_either(client, commune, lan, case):
    handling.answer(case, commune.lan, lan, ANSWER, MONDAY)
    handling.hide_words(case, lan, CaseText.Role.ANSWER, "private", MONDAY)
    assert ANSWER not in opened(client, case)


def test_a_face_and_solved_close_the_case(client, commune, lan, case):
    handling.answer(case, commune.lan, lan, ANSWER, MONDAY)
    assert "danh-gia/" in opened(client, case)
    rate(client, case, face="good", reason="Nhanh", solved="yes")
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert "danh-gia/" not in opened(client, case)


def test_not_solved_opens_it_once_more_for_the_leader(client, commune, lan, case):
    handling.answer(case, commune.lan, lan, ANSWER, MONDAY)
    shown = rate(client, case, face="bad", reason="Bệnh viện không sửa", solved="no").content.decode()
    assert "lies with the leader" in shown
    case.refresh_from_db()
    assert (case.state, case.official) == (State.REOPENED, commune.minh)
    handling.answer(case, commune.minh, lan, "Xã đã gọi bệnh viện, mời bà đến sáng mai.", later(hours=1))
    rate(client, case, face="bad", reason="", solved="no")
    case.refresh_from_db()
    assert case.state == State.CLOSED


@pytest.mark.parametrize("given", [{}, {"face": "good"}, {"solved": "yes"}, {"face": "x", "solved": "yes"}])
def test_a_judgement_without_a_face_or_a_yes_is_asked_again_and_keeps_the_reason(
    client, commune, lan, case, given
):
    handling.answer(case, commune.lan, lan, ANSWER, MONDAY)
    shown = rate(client, case, reason="Lý do đã gõ", **given).content.decode()
    assert "data-form-error" in shown
    assert "Lý do đã gõ" in shown


@pytest.mark.parametrize("path", ["gui-them/", "danh-gia/"])
def test_without_the_token_of_an_opened_case_nothing_is_done(client, commune, lan, case, path):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào?", MONDAY)
    stale = tokens.opened_token(case.pk)
    for token in ("", "x", str(case.pk)):
        answer = client.post(TRACK + path, {"opened": token, "text": "x", "face": "good", "solved": "yes"})
        assert answer.headers["Location"] == TRACK
    with time_machine.travel(later(hours=2), tick=False):
        assert client.post(TRACK + path, {"opened": stale, "text": "x"}).status_code == 302
    case.refresh_from_db()
    assert case.state == State.NEED_INFO


def test_the_timeline_shows_the_wait_and_that_it_does_not_count(client, commune, lan, case):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào?", MONDAY)
    shown = opened(client, case, pin=False)
    assert "timeline-row hold" in shown
    assert "Not counted in the promise." in shown
    assert "The day moves by the working days waited." in shown
    handling.resident_replies(case, "Bệnh viện huyện.", later(hours=3))
    assert " to " in opened(client, case, pin=False)
