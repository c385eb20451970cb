from datetime import datetime
from email import message_from_bytes, policy

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from feedback import handling, states, tokens, triggers
from feedback.closing import close_answered, erase_overdue
from feedback.handling import receiving
from feedback.models import OPEN_STATES, Case, CaseEvent, CaseText, Kind, State
from feedback.routing import NobodyCanAnswer
from feedback.states import MoveRefused
from gandan.models import Outbox, WorkDay
from gandan.worktime import VIETNAM
from home.models import Official
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, send_away, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def lan(commune):
    return account("lan", commune.lan)


def at(day, month, hour, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("sent_at", "received_at", "due_at"),
    [
        (at(23, 11, 9, 14), at(23, 11, 9, 14), at(27, 11, 16)),  # Tuesday 24/11 is Vietnam Culture Day
        (at(20, 11, 18), at(23, 11, 7, 30), at(27, 11, 16)),
        (at(22, 11, 10), at(23, 11, 7, 30), at(27, 11, 16)),
        (at(24, 11, 10), at(25, 11, 7, 30), at(30, 11, 16)),
        (at(25, 11, 12), at(25, 11, 13, 30), at(30, 11, 16)),
    ],
)
def test_a_case_is_received_at_the_next_opening_and_due_three_working_days_later(
    commune, sent_at, received_at, due_at
):
    case = sent(commune, sent_at)
    assert timezone.localtime(case.received_at) == received_at
    assert timezone.localtime(case.due_at) == due_at
    assert case.first_due_at == case.due_at


def test_a_day_that_the_commune_itself_takes_off_is_not_counted(commune):
    WorkDay.objects.create(date=at(25, 11, 0).date(), kind=WorkDay.Kind.OFF, note="Nghỉ bù")
    assert timezone.localtime(sent(commune).due_at) == at(30, 11, 16)


def test_the_police_count_their_saturday_morning(commune):
    case = sent(commune, at(26, 11, 9), topic=commune.topics["cu-tru"])
    assert timezone.localtime(case.due_at) == at(30, 11, 16)


def test_what_is_received_is_kept_encrypted_and_read_as_it_was_written(commune):
    case = sent(commune, phone="0912 345 999")
    assert case.text == WORDS
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM feedback_casetext UNION SELECT pin_hash FROM feedback_case")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert "chứng sinh" not in stored
    assert "0912" not in stored
    assert tokens.pin_of(case.token_nonce) not in stored


def test_receiving_twice_with_one_token_gives_one_case_and_one_mail(commune, lan):
    first = sent(commune, nonce="same")
    again = sent(commune, later(days=1), nonce="same")
    assert (again.pk, again.code) == (first.pk, first.code)
    assert Case.objects.count() == 1
    assert Outbox.objects.count() == 1


def test_two_workers_who_receive_the_same_form_at_once_make_one_case(commune, monkeypatch):
    """The second worker did not see the first one's case when it looked; the database's unique key tells it."""
    store = receiving._store

    def store_after_another_worker(submission, now):
        monkeypatch.setattr(receiving, "_store", store)
        handling.receive(submission, now)
        return store(submission, now)

    monkeypatch.setattr(receiving, "_store", store_after_another_worker)
    case = sent(commune, nonce="race")
    assert Case.objects.get() == case


def test_a_code_that_is_taken_is_drawn_again(commune, monkeypatch):
    taken = sent(commune).code
    codes = iter([taken, "GD-2222-2222-2222-2"])
    monkeypatch.setattr(receiving, "new_code", lambda: next(codes))
    assert sent(commune).code == "GD-2222-2222-2222-2"


def test_nothing_is_stored_when_nobody_can_answer(commune):
    send_away(*Official.objects.all())
    with pytest.raises(NobodyCanAnswer):
        sent(commune)
    assert not Case.objects.exists()


def test_a_mail_that_cannot_be_stored_takes_the_case_back_with_it(commune, lan, monkeypatch):
    def fail(*args):
        raise DatabaseError("disk full")

    monkeypatch.setattr("gandan.outbox.store", fail)
    with pytest.raises(DatabaseError):
        sent(commune)
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()


def test_the_officials_mail_carries_code_topic_and_link_but_no_word_of_the_resident(commune, lan):
    case = sent(commune, name="Bà Tư", phone="0912 345 999")
    mail = Outbox.objects.get(key=f"case-{case.code}-assigned")
    assert mail.recipients == "lan@huongdong.example"
    body = readable(mail)
    assert case.code in body
    assert "Khai sinh" in body
    assert f"/ban-lam-viec/{case.code}/" in body
    for secret in ("chứng sinh", "Bà Tư", "0912"):
        assert secret not in body


def test_without_an_account_the_mail_goes_to_the_coordinators(commune):
    account("dieuphoi", group="coordinator")
    case = sent(commune)
    assert Outbox.objects.get(key__startswith=f"case-{case.code}").recipients == "dieuphoi@huongdong.example"


def test_without_anybody_to_mail_the_communes_own_mailbox_hears_of_it(commune):
    case = sent(commune)
    assert Outbox.objects.get(key__startswith=f"case-{case.code}").recipients == "xa@huongdong.example"


def test_the_deputy_is_named_on_the_case(commune):
    send_away(commune.lan)
    case = sent(commune)
    assert (case.official, case.stands_in_for) == (commune.hoa, commune.lan)


def test_a_remark_about_conduct_goes_to_the_leader_and_nobody_else_is_mailed(commune, lan):
    account("lanhdao", commune.minh)
    case = sent(commune, kind=Kind.CONDUCT)
    assert case.official == commune.minh
    assert Outbox.objects.get().recipients == "lanhdao@huongdong.example"


def test_an_answer_is_kept_and_the_resident_who_left_an_address_is_told_where_to_read_it(commune, lan):
    case = sent(commune, email="ba.tu@thu.example")
    handling.accept(case, commune.lan, lan, later(hours=1))
    handling.answer(case, commune.lan, lan, "Bệnh viện cấp thì bệnh viện sửa.", later(days=1))
    case.refresh_from_db()
    assert (case.state, case.answered_at) == (State.ANSWERED, later(days=1))
    mail = Outbox.objects.get(key__contains="answered")
    assert mail.recipients == "ba.tu@thu.example"
    body = readable(mail)
    assert "/phan-anh/tra-cuu/" in body
    assert case.code not in body
    assert "Bệnh viện" not in body


def test_a_resident_who_wrote_in_english_is_told_in_english(commune, lan):
    case = sent(commune, email="an@thu.example", language="en")
    handling.answer(case, commune.lan, lan, "The hospital corrects it.", later(days=1))
    assert "/en/phan-anh/tra-cuu/" in readable(Outbox.objects.get(key__contains="answered"))


def test_a_resident_without_an_address_gets_no_mail(commune, lan):
    handling.answer(sent(commune), commune.lan, lan, "Đã rõ, bệnh viện sửa.", later(days=1))
    assert not Outbox.objects.filter(key__contains="answered").exists()


def test_the_second_of_two_answers_is_refused_and_not_stored(commune, lan):
    case = sent(commune)
    same = Case.objects.get(pk=case.pk)
    handling.answer(case, commune.lan, lan, "Câu trả lời thứ nhất.", later(hours=1))
    with pytest.raises(MoveRefused):
        handling.answer(same, commune.lan, lan, "Câu trả lời thứ hai.", later(hours=1))
    assert CaseText.objects.get(role=CaseText.Role.ANSWER).text == "Câu trả lời thứ nhất."


def test_an_answered_case_cannot_be_taken_on_again(commune, lan):
    case = sent(commune)
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    with pytest.raises(MoveRefused):
        handling.accept(case, commune.lan, lan, later(hours=2))


def test_every_step_leaves_an_event_with_states_and_person(commune, lan):
    case = sent(commune)
    handling.accept(case, commune.lan, lan, later(hours=1))
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=2))
    events = list(case.events.values_list("kind", "state_from", "state_to", "actor__username"))
    assert events == [
        ("received", "", "new", None),
        ("assigned", "", "", None),
        ("accepted", "new", "accepted", "lan"),
        ("answered", "accepted", "answered", "lan"),
    ]


@pytest.mark.parametrize(
    "change", ["UPDATE feedback_caseevent SET kind = 'closed'", "DELETE FROM feedback_caseevent"]
)
def test_the_database_itself_refuses_to_change_or_delete_events(commune, change):
    sent(commune)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert CaseEvent.objects.filter(kind="received").count() == 1


def test_a_database_emptied_between_tests_guards_its_events_again_afterwards(commune):
    sent(commune)
    with triggers.lifted(connection):
        CaseEvent.objects.first().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CaseEvent.objects.all().delete()


def test_no_case_with_a_history_can_be_deleted(commune):
    case = sent(commune)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        case.delete()


def test_the_table_of_moves_names_every_state_and_ends_nowhere_but_by_closing():
    assert {start for way in states.MOVES.values() for start in way.starts} == set(State)
    assert {to for to in State if states.may_move(State.CLOSED, to)} == {State.REOPENED}
    assert all(states.may_move(state, State.ANSWERED) for state in OPEN_STATES)
    assert not any(states.may_move(state, State.NEW) for state in State)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(7, 12, 23, 59), State.ANSWERED),  # answered on Monday 23/11; the tenth working day is 08/12
        (at(8, 12, 23, 59), State.ANSWERED),
        (at(9, 12, 0, 1), State.CLOSED),
    ],
)
def test_an_answered_case_is_closed_after_ten_working_days(commune, lan, now, state):
    case = sent(commune)
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    close_answered(now)
    close_answered(now)
    case.refresh_from_db()
    assert case.state == state
    assert case.events.filter(kind=CaseEvent.Kind.CLOSED).count() == (state == State.CLOSED)


def closed_case(commune, lan):
    case = sent(commune, phone="0912 345 999")
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    handling.close(case, MONDAY)
    return case


@pytest.mark.parametrize(("days", "kept"), [(89, 3), (90, 2), (729, 2), (730, 0)])
def test_contact_is_erased_after_90_days_and_all_words_after_730(commune, lan, days, kept):
    case = closed_case(commune, lan)
    erase_overdue(later(days=days))
    assert case.words.count() == kept
    assert erase_overdue(later(days=days)) == 0


def test_an_erased_case_keeps_its_dates_and_reads_as_empty(commune, lan):
    case = closed_case(commune, lan)
    erase_overdue(later(days=800))
    case.refresh_from_db()
    assert (case.text, case.state) == ("", State.CLOSED)
    assert case.events.filter(kind=CaseEvent.Kind.WORDS_ERASED).exists()


def test_what_a_machine_may_have_sent_mails_nobody_until_a_person_has_looked(commune, lan):
    case = sent(commune, held_for=Case.Hold.TRAP)
    assert not Outbox.objects.exists()
    handling.release(case, lan, later(hours=1))
    handling.release(case, lan, later(hours=2))
    assert Outbox.objects.count() == 1
    assert not Case.objects.get().is_held


def test_looking_at_a_case_again_within_the_hour_is_one_look(commune, lan):
    case = sent(commune)
    for minutes in (0, 30, 59, 61):
        handling.note_look(case, lan, later(minutes=minutes))
    assert case.events.filter(kind=CaseEvent.Kind.VIEWED, is_public=False).count() == 2


def test_each_time_the_contact_is_shown_is_written_down(commune, lan):
    case = sent(commune, phone="0912 345 999")
    for _ in range(2):
        assert [words.text for words in handling.show_contact(case, lan, later(hours=1))] == ["0912 345 999"]
    assert case.events.filter(kind=CaseEvent.Kind.CONTACT_VIEWED).count() == 2


def readable(mail):
    """Subject and text as a mail program shows them."""
    message = message_from_bytes(mail.body.encode("latin-1"), policy=policy.default)
    return f"{message['Subject']}\n{message.get_content()}"
