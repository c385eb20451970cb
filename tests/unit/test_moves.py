from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from feedback import handling
from feedback.handling import MoveRefused, NotPossible
from feedback.models import Case, CaseText, Extension, Forwarding, Kind, Rating, Refusal, State
from gandan.models import Outbox
from gandan.worktime import VIETNAM
from tests.unit.feedback_world import MONDAY, account, found_commune, later, send_away, sent

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 27, 16, tzinfo=VIETNAM)  # of a case sent on MONDAY


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def lan(commune):
    return account("lan", commune.lan)


@pytest.fixture
def case(commune):
    return sent(commune, email="ba.tu@thu.example")


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def forwarded(case, commune, user, **changes):
    facts = {
        "agency": "Sở Xây dựng",
        "paper_number": "45/UBND-XD",
        "sent_on": MONDAY.date(),
        "expected_on": date(2026, 12, 7),
        "text": "Đường tỉnh do Sở quản lý.",
        "now": later(hours=1),
    }
    handling.forward(case, commune.lan, user, **{**facts, **changes})


def refused(case, commune, user, **changes):
    facts = {
        "reason": Refusal.Reason.NOT_OURS,
        "text": "Việc này do cơ quan thuế quyết định.",
        "where_to_go": "Chi cục Thuế khu vực, 12 đường Lê Lợi",
        "now": later(hours=1),
    }
    handling.refuse(case, commune.lan, user, **{**facts, **changes})


def news_of(case):
    """What the resident was mailed, in order."""
    sent_mails = Outbox.objects.filter(key__startswith=f"case-{case.code}-").order_by("pk")
    return [mail.key.split("-")[6] for mail in sent_mails if mail.recipients == "ba.tu@thu.example"]


def test_a_case_goes_from_new_to_closed_and_the_resident_hears_of_it(commune, case, lan):
    handling.accept(case, commune.lan, lan, later(hours=1))
    handling.start_work(case, commune.lan, lan, later(hours=2))
    handling.answer(case, commune.lan, lan, "Bệnh viện cấp thì bệnh viện sửa.", later(hours=3))
    handling.close(case, later(days=20))
    states = case.events.exclude(state_to="").values_list("state_to", flat=True)
    assert list(states) == ["new", "accepted", "working", "answered", "closed"]
    assert news_of(case) == ["accepted", "answered"]


@pytest.mark.parametrize(
    ("asked", "replied", "due"),
    [
        (at(23, 10), at(23, 15), DUE),  # the same day: nothing is added
        (at(23, 10), at(25, 9), at(30, 16)),  # Tuesday is a holiday; Wednesday counts
        (at(25, 10), at(27, 18), at(2, 16, month=12)),  # after hours on Friday counts as Monday
        (at(26, 10), at(29, 9), at(1, 16, month=12)),  # on a Sunday counts as Monday
    ],
)
def test_the_promise_moves_by_the_working_days_that_the_resident_took_to_reply(
    commune, case, lan, asked, replied, due
):
    handling.ask_more(case, commune.lan, lan, "Giấy chứng sinh do bệnh viện nào cấp?", asked)
    handling.resident_replies(case, "Bệnh viện huyện.", replied)
    case.refresh_from_db()
    assert timezone.localtime(case.due_at) == due
    assert (case.state, case.waiting_since, case.first_due_at) == (State.WORKING, None, DUE)


def test_a_case_that_waits_for_the_resident_is_not_late(commune, case, lan):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp?", later(hours=1))
    case.refresh_from_db()
    assert not case.is_late(later(days=30))
    assert not Case.objects.overdue(later(days=30)).exists()


def test_asking_back_does_not_heal_a_promise_that_is_broken_already(commune, case, lan):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp?", later(days=10))
    handling.resident_replies(case, "Bệnh viện huyện.", later(days=20))
    case.refresh_from_db()
    assert case.due_at == DUE
    assert case.is_late(later(days=20))
    assert Case.objects.overdue(later(days=20)).get() == case


def test_the_official_is_told_of_a_reply_without_its_words(commune, case, lan):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp?", later(hours=1))
    handling.resident_replies(case, "Bệnh viện huyện Đông Hòa.", later(hours=2))
    mail = Outbox.objects.get(key__contains="-replied-")
    assert mail.recipients == "lan@huongdong.example"
    assert "Đông Hòa" not in mail.body
    assert case.words.get(role=CaseText.Role.REPLY).text == "Bệnh viện huyện Đông Hòa."


def test_a_reply_nobody_asked_for_is_refused(commune, case):
    with pytest.raises(MoveRefused):
        handling.resident_replies(case, "Còn nữa.", later(hours=1))


def test_what_was_asked_may_come_by_phone_and_the_clock_runs_again(commune, case, lan):
    handling.ask_more(case, commune.lan, lan, "Bệnh viện nào cấp?", later(hours=1))
    handling.resume(case, commune.lan, lan, later(days=2))
    case.refresh_from_db()
    assert (case.state, timezone.localtime(case.due_at)) == (State.WORKING, at(30, 16))


def test_forwarding_keeps_agency_paper_and_days_and_tells_the_resident(commune, case, lan):
    forwarded(case, commune, lan)
    fact = Forwarding.objects.get(case=case)
    assert (fact.agency, fact.paper_number, fact.expected_on) == (
        "Sở Xây dựng",
        "45/UBND-XD",
        date(2026, 12, 7),
    )
    assert case.words.get(role=CaseText.Role.FORWARDED).text == "Đường tỉnh do Sở quản lý."
    assert news_of(case) == ["forwarded"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": " "},
        {"paper_number": ""},
        {"text": ""},
        {"sent_on": date(2026, 11, 24)},
        {"expected_on": date(2026, 11, 22)},
    ],
)
def test_forwarding_needs_agency_paper_days_that_make_sense_and_a_sentence(commune, case, lan, wrong):
    with pytest.raises(NotPossible):
        forwarded(case, commune, lan, **wrong)
    case.refresh_from_db()
    assert (case.state, Forwarding.objects.count(), news_of(case)) == (State.NEW, 0, [])


def test_a_forwarded_case_can_still_be_answered(commune, case, lan):
    forwarded(case, commune, lan)
    handling.answer(case, commune.lan, lan, "Sở trả lời: sẽ vá trong tháng 12.", later(days=9))
    case.refresh_from_db()
    assert (case.state, case.is_late(later(days=9))) == (State.ANSWERED, False)


@pytest.mark.parametrize("wrong", [{"reason": "because"}, {"text": " "}, {"where_to_go": ""}])
def test_refusing_needs_a_reason_from_the_list_a_sentence_and_where_to_go(commune, case, lan, wrong):
    with pytest.raises(NotPossible):
        refused(case, commune, lan, **wrong)
    assert Case.objects.get(pk=case.pk).state == State.NEW


def test_a_refusal_tells_the_resident_why_and_where_to_go(commune, case, lan):
    refused(case, commune, lan)
    case.refresh_from_db()
    assert (case.state, Refusal.objects.get(case=case).reason) == (State.REFUSED, "not_ours")
    assert case.words.get(role=CaseText.Role.WHERE).text.startswith("Chi cục Thuế")
    assert news_of(case) == ["refused"]


def test_a_later_date_needs_a_reason_and_is_told_with_an_apology(commune, case, lan):
    handling.extend(case, commune.lan, lan, "Chờ xác minh ở bệnh viện.", at(2, 16, month=12), later(days=1))
    fact = Extension.objects.get(case=case)
    assert (fact.old_due_at, fact.new_due_at) == (DUE, at(2, 16, month=12))
    case.refresh_from_db()
    assert (case.due_at, case.first_due_at) == (at(2, 16, month=12), DUE)
    assert news_of(case) == ["extended"]


@pytest.mark.parametrize(
    ("reason", "new_due", "now"),
    [
        ("", at(2, 16, month=12), later(days=1)),
        ("Chờ xác minh.", at(26, 16), later(days=1)),  # earlier than promised
        ("Chờ xác minh.", at(29, 16), later(days=1)),  # a Sunday
        ("Chờ xác minh.", at(2, 16, month=12), DUE),  # the promised hour has passed
        ("Chờ xác minh.", at(2, 16, month=12), DUE + timedelta(days=3)),
    ],
)
def test_a_later_date_is_refused_without_reason_backwards_or_too_late(
    commune, case, lan, reason, new_due, now
):
    with pytest.raises(NotPossible):
        handling.extend(case, commune.lan, lan, reason, new_due, now)
    assert Case.objects.get(pk=case.pk).due_at == DUE


def test_a_promise_is_moved_only_once(commune, case, lan):
    handling.extend(case, commune.lan, lan, "Chờ xác minh.", at(2, 16, month=12), later(days=1))
    with pytest.raises(NotPossible):
        handling.extend(case, commune.lan, lan, "Chờ thêm.", at(4, 16, month=12), later(days=2))


def test_another_official_gets_the_case_with_the_same_promise_and_a_mail(commune, case, lan):
    account("hung", commune.hung)
    handling.reassign(case, lan, commune.hung, later(hours=1))
    case.refresh_from_db()
    assert (case.official, case.unit, case.due_at) == (commune.hung, commune.police, DUE)
    assert Outbox.objects.filter(key__contains="-assigned-").get().recipients == "hung@huongdong.example"


def test_of_two_who_give_a_case_away_at_once_the_second_is_told(commune, case, lan):
    seen_before = Case.objects.get(pk=case.pk)
    handling.reassign(case, lan, commune.hung, later(hours=1))
    with pytest.raises(MoveRefused):
        handling.reassign(seen_before, lan, commune.dung, later(hours=1))


def test_a_case_is_not_given_to_somebody_who_is_away(commune, case, lan):
    send_away(commune.hung)
    commune.hung.refresh_from_db()
    with pytest.raises(NotPossible):
        handling.reassign(case, lan, commune.hung, later(hours=1))


def test_a_remark_is_not_given_to_whom_it_is_about(commune, lan):
    remark = sent(commune, kind=Kind.CONDUCT, about=commune.hung)
    for barred in (commune.hung, commune.dung):
        with pytest.raises(NotPossible):
            handling.reassign(remark, lan, barred, later(hours=1))


def test_another_topic_brings_its_official_and_keeps_the_promise(commune, case, lan):
    commune.topics["cu-tru"].working_days = 15
    commune.topics["cu-tru"].save()
    handling.retopic(case, lan, commune.topics["cu-tru"], later(hours=1))
    case.refresh_from_db()
    assert (case.topic.key, case.official, case.due_at) == ("cu-tru", commune.hung, DUE)


def test_an_answered_case_keeps_topic_and_official(commune, case, lan):
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    with pytest.raises(MoveRefused):
        handling.retopic(case, lan, commune.topics["cu-tru"], later(hours=2))
    with pytest.raises(MoveRefused):
        handling.reassign(case, lan, commune.hung, later(hours=2))


def test_the_answer_of_a_joined_case_reaches_both_residents(commune, case, lan):
    double = sent(commune, later(hours=1), email="ong.ba@thu.example")
    handling.merge(double, lan, case, later(hours=2))
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=3))
    assert double.words.get(role=CaseText.Role.ANSWER).text == "Bệnh viện sửa."
    told = Outbox.objects.filter(key__contains="-answered-").order_by("pk")
    assert {mail.recipients for mail in told} == {"ba.tu@thu.example", "ong.ba@thu.example"}


def test_a_case_is_never_joined_with_one_promised_later_closed_or_itself(commune, case, lan):
    later_case = sent(commune, later(days=2))
    with pytest.raises(NotPossible):
        handling.merge(case, lan, later_case, later(days=2))
    with pytest.raises(NotPossible):
        handling.merge(case, lan, case, later(days=2))
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(days=2))
    with pytest.raises(NotPossible):
        handling.merge(later_case, lan, case, later(days=2))


def test_a_satisfied_resident_closes_the_case(commune, case, lan):
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    handling.rate(case, Rating.Face.GOOD, "", True, later(hours=2))
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.CLOSED, later(hours=2))


def test_not_solved_reopens_once_for_the_leader_with_a_new_date(commune, case, lan):
    account("lanhdao", commune.minh)
    handling.answer(case, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    handling.rate(case, Rating.Face.BAD, "Bệnh viện không chịu.", False, later(days=2))
    case.refresh_from_db()
    assert (case.state, case.official, case.answered_at) == (State.REOPENED, commune.minh, None)
    assert timezone.localtime(case.due_at) == at(30, 16)
    assert case.first_due_at == DUE
    assert Outbox.objects.get(key__contains="-reopened-").recipients == "lanhdao@huongdong.example"
    handling.answer(case, commune.minh, lan, "Xã đã gọi bệnh viện.", later(days=3))
    handling.rate(case, Rating.Face.BAD, "Vẫn chưa được.", False, later(days=4))
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert Rating.objects.filter(case=case).count() == 2


def test_an_open_case_cannot_be_rated(commune, case):
    with pytest.raises(MoveRefused):
        handling.rate(case, Rating.Face.GOOD, "", True, later(hours=1))


def test_a_withdrawn_case_is_closed_and_cannot_be_reopened(commune, case, lan):
    handling.withdraw(case, later(hours=1))
    case.refresh_from_db()
    assert (case.state, case.withdrawn_at) == (State.CLOSED, later(hours=1))
    assert Outbox.objects.get(key__contains="-withdrawn-").recipients == "lan@huongdong.example"
    with pytest.raises(MoveRefused):
        handling.rate(case, Rating.Face.BAD, "", False, later(hours=2))


def test_words_are_hidden_with_a_reason_and_only_once(commune, case, lan):
    handling.hide_words(case, lan, CaseText.Role.QUESTION, "private", later(hours=1))
    words = case.words.get(role=CaseText.Role.QUESTION)
    assert (words.is_hidden, words.hidden_by, words.hidden_reason) == (True, lan, "private")
    for what, reason in ((words, "private"), (CaseText.Role.EMAIL, "bored")):
        with pytest.raises(NotPossible):
            handling.hide_words(case, lan, what, reason, later(hours=1))


def test_a_note_is_encrypted_and_no_part_of_what_the_resident_reads(commune, case, lan):
    handling.add_note(case, lan, "Đã gọi bệnh viện, chị Hạnh nghe máy.", later(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM feedback_casetext WHERE role = 'note'")
        assert "Hạnh" not in cursor.fetchone()[0]
    assert CaseText.Role.NOTE not in CaseText.CONVERSATION
    assert not case.events.get(kind="noted").is_public


@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
@pytest.mark.parametrize("fact", [Forwarding, Refusal, Rating, Extension])
def test_the_database_itself_keeps_the_facts_of_moves(commune, case, lan, fact, change):
    handling.extend(case, commune.lan, lan, "Chờ xác minh.", at(2, 16, month=12), later(minutes=1))
    forwarded(case, commune, lan)
    handling.answer(case, commune.lan, lan, "Sở trả lời.", later(days=1))
    handling.rate(case, Rating.Face.FAIR, "", True, later(days=2))
    refused(sent(commune), commune, lan)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(fact._meta.db_table))
    assert fact.objects.count() == 1
