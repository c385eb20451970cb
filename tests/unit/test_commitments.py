"""Promises of meetings: public with name and day, moved on step by step, and nothing said is ever taken back."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import DatabaseError, transaction

from feedback.commitments import keeping
from feedback.commitments.rate import Rate, rate_of
from feedback.models import Commitment, CommitmentStep
from feedback.states import NotPossible
from gandan.worktime import VIETNAM
from tests.unit.feedback_world import MONDAY, account, found_commune, signed_in

pytestmark = pytest.mark.django_db
State = Commitment.State
DESK = "/ban-lam-viec/cam-ket/"
PROMISED = date(2026, 12, 15)


def on(month, day, year=2026):
    return datetime(year, month, day, 9, tzinfo=VIETNAM)


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def user(commune):
    return account("lanhdao", commune.minh)


@pytest.fixture
def promised(commune, user):
    def make(**changes):
        values = {
            "title": "Lắp năm đèn đường thôn Đoài",
            "meeting": "Đối thoại tháng 11",
            "meeting_on": date(2026, 11, 20),
            "promised_on": PROMISED,
            "parts": 5,
        }
        return keeping.promise(user, commune.minh, now=MONDAY, **{**values, **changes})

    return make


def read(client, address, at=MONDAY):
    with time_machine.travel(at, tick=False):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_promise_is_public_with_name_and_day(client, promised):
    made = promised()
    shown = read(client, f"/en/cam-ket/{made.key}/")
    assert "Bùi Quang Minh, Chủ tịch" in shown
    assert "15/12/2026" in shown
    assert 'data-commitment-state="promised"' in shown
    assert made.title in read(client, "/cam-ket/")


def test_parts_are_counted_and_the_last_one_keeps_it(client, promised, user):
    made = promised()
    keeping.progress(made, user, 2, "Hai đèn đã sáng", on(12, 1))
    assert "In progress: 2 of 5" in read(client, f"/en/cam-ket/{made.key}/")
    keeping.progress(made, user, 5, "", on(12, 15))
    assert (made.state, made.ended_on) == (State.KEPT, PROMISED)


def test_kept_after_the_day_promised_first_is_late_even_with_another_day(promised, user):
    made = promised()
    keeping.change(made, user, date(2027, 1, 20), "Chờ điện lực", on(12, 10))
    assert made.first_promised_on == PROMISED
    keeping.keep(made, user, "", on(12, 16))
    assert made.state == State.KEPT_LATE


def test_a_change_and_giving_up_need_a_reason_and_a_day_ahead(promised, user):
    made = promised()
    for step in (
        lambda: keeping.change(made, user, date(2027, 1, 20), " ", MONDAY),
        lambda: keeping.change(made, user, date(2026, 11, 23), "Chờ", MONDAY),
        lambda: keeping.give_up(made, user, "", MONDAY),
        lambda: keeping.progress(made, user, 6, "", MONDAY),
    ):
        with pytest.raises(NotPossible):
            step()
    assert made.steps.count() == 1


def test_what_has_ended_does_not_move_any_more(promised, user):
    made = promised()
    keeping.give_up(made, user, "Huyện không cấp vốn", on(12, 1))
    with pytest.raises(NotPossible):
        keeping.keep(made, user, "", on(12, 2))


def test_whoever_comes_second_is_told(promised, user):
    mine = promised()
    theirs = Commitment.objects.get()
    keeping.progress(mine, user, 1, "", MONDAY)
    with pytest.raises(NotPossible):
        keeping.progress(theirs, user, 2, "", MONDAY)
    assert Commitment.objects.get().done == 1


def test_the_database_refuses_to_change_what_was_said(promised):
    promised()
    for spoil in (
        lambda: CommitmentStep.objects.update(words="khác"),
        lambda: CommitmentStep.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_the_rate_counts_what_is_past_its_day_against_the_commune(promised, user):
    for _ in range(3):
        keeping.keep(promised(), user, "", on(12, 1))
    keeping.keep(promised(), user, "", on(12, 20))
    keeping.give_up(promised(), user, "Không có vốn", on(12, 1))
    promised()
    promised(promised_on=date(2026, 12, 31))
    found = rate_of(Commitment.objects.all(), date(2026, 12, 21))
    assert found == Rate(kept=3, kept_late=1, broken=1, overdue=1, open=1)
    assert found.percent == 50
    assert rate_of([], date(2026, 12, 21)).percent is None


def test_the_list_shows_the_rate_of_the_year(client, promised, user):
    keeping.keep(promised(), user, "", on(12, 1))
    promised(promised_on=date(2027, 2, 1))
    shown = read(client, "/en/cam-ket/?nam=2026", on(12, 20))
    assert "100 %" in shown
    assert "data-promise-rate" not in read(client, "/en/cam-ket/?nam=2027", on(12, 20))
    for year in ("x", "1999", "２０２６"):
        read(client, f"/en/cam-ket/?nam={year}", on(12, 20))


def test_an_open_promise_past_its_day_says_so(client, promised):
    made = promised()
    assert "Past its day" in read(client, f"/en/cam-ket/{made.key}/", on(12, 16))
    assert "Past its day" not in read(client, f"/en/cam-ket/{made.key}/", on(12, 15))


def test_leader_and_coordinators_write_at_the_desk_and_nobody_else(commune, promised, user):
    made = promised()
    for insider in (user, account("dieuphoi", group="coordinator")):
        for address in (DESK, f"{DESK}moi/", f"{DESK}{made.key}/"):
            assert signed_in(insider).get(address).status_code == 200
    lan = signed_in(account("lan", commune.lan))
    for address in (DESK, f"{DESK}moi/", f"{DESK}{made.key}/"):
        assert lan.get(address).status_code == 403


def test_a_promise_is_written_down_at_the_desk(commune, user):
    values = {
        "title": "Sửa cầu thôn Bãi",
        "leader": commune.minh.pk,
        "meeting": "Đối thoại tháng 11",
        "meeting_on": "2026-11-20",
        "promised_on": "31/12/2026",
        "parts": "1",
    }
    client = signed_in(user)
    wrong = client.post(f"{DESK}moi/", {**values, "promised_on": "2026-11-01", "meeting_path": "//x.example"})
    assert "data-form-error" in wrong.content.decode()
    assert "Sửa cầu thôn Bãi" in wrong.content.decode()
    assert not Commitment.objects.exists()
    assert client.post(f"{DESK}moi/", values).status_code == 302
    made = Commitment.objects.get()
    assert (made.key, made.promised_on) == ("sua-cau-thon-bai", date(2026, 12, 31))


def test_steps_are_taken_at_the_desk_and_bad_ones_get_a_sentence(promised, user):
    made = promised()
    here = f"{DESK}{made.key}/"
    with time_machine.travel(on(12, 1), tick=False):
        client = signed_in(user)
        for wrong in (
            {},
            {"step": "progress"},
            {"step": "progress", "done": "9"},
            {"step": "change", "words": "Chờ"},
            {"step": "give_up"},
            {"step": "keep", "words": "Gọi 012345678901"},
            {"step": "\x00"},
        ):
            assert "data-form-error" in client.post(here, wrong).content.decode()
        assert client.post(here, {"step": "progress", "done": "3", "words": "Ba đèn"}).status_code == 302
        change = {"step": "change", "promised_on": "2026-12-24", "words": "Chờ điện lực"}
        assert client.post(here, change).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.done, made.promised_on) == (State.CHANGED, 3, date(2026, 12, 24))
    assert [step.words for step in made.steps.all()] == ["", "Ba đèn", "Chờ điện lực"]


def test_the_page_is_there_in_each_language(client, promised):
    made = promised()
    for language in ("", "/en", "/ar"):
        read(client, f"{language}/cam-ket/")
        read(client, f"{language}/cam-ket/{made.key}/")
