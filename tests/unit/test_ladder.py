from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from feedback import alarms, digest, handling, ladder
from feedback.handing_on import hand_on
from feedback.models import Case, Escalation, Kind
from gandan.models import Outbox, WorkDay
from gandan.worktime import VIETNAM
from home.models import CommuneSettings, Official
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, pair, send_away, sent

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 27, 16, tzinfo=VIETNAM)  # of a case sent on MONDAY, a Friday
Step = Escalation.Step


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def commune():
    found = found_commune()
    found.users = {key: account(key, getattr(found, key)) for key in ("lan", "hoa", "binh", "minh", "thao")}
    found.users["dieuphoi"] = account("dieuphoi", group="coordinator")
    return found


@pytest.fixture
def case(commune):
    return sent(commune, email="ba.tu@thu.example")


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def told(step):
    """The accounts whom mails of this step reached."""
    return {
        line.split("@")[0]
        for mail in Outbox.objects.filter(key__contains=f"-{step}-")
        for line in mail.recipients.splitlines()
    }


def taken():
    return list(Escalation.objects.values_list("step", flat=True))


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        (at(26, 15, 59), []),
        (at(26, 16), ["soon"]),
        (DUE, ["soon"]),
        (DUE + timedelta(minutes=1), ["soon", "due"]),
        (at(1, 15, 59, month=12), ["soon", "due"]),
        (at(1, 16, month=12), ["soon", "due", "leader"]),
    ],
)
def test_the_ladder_is_climbed_at_its_hours_counted_in_working_days(commune, case, now, steps):
    moment = at(26, 15)
    while moment < now:
        ladder.climb(moment)
        moment += timedelta(hours=5)
    ladder.climb(now)
    assert taken() == steps


def test_official_then_head_of_the_unit_then_leader_are_told(commune, case):
    ladder.climb(at(26, 16))
    ladder.climb(DUE + timedelta(hours=1))
    ladder.climb(at(1, 16, month=12))
    assert told("soon") == {"lan"}
    assert told("due") == {"lan", "binh"}
    assert told("leader") == {"minh"}


def test_each_step_is_taken_once_however_often_the_worker_runs(commune, case):
    for _ in range(3):
        for now in (at(26, 16), DUE + timedelta(hours=1), at(1, 16, month=12)):
            ladder.climb(now)
    assert taken() == ["soon", "due", "leader"]
    assert Outbox.objects.filter(key__regex=r"-(soon|due|leader)-").count() == 3


def test_a_worker_that_comes_days_late_takes_what_is_still_true_and_no_reminder_of_the_past(commune, case):
    ladder.climb(at(10, 9, month=12))
    assert taken() == ["due", "leader"]


def test_a_worker_that_dies_in_the_middle_of_a_step_has_done_nothing_of_it(commune, case, monkeypatch):
    def die(*args):
        raise DatabaseError("killed")

    with monkeypatch.context() as patched:
        patched.setattr("feedback.notices.tell_escalated", die)
        with pytest.raises(DatabaseError), transaction.atomic():
            ladder.climb(at(26, 16))
    assert taken() == []
    ladder.climb(at(26, 17))
    assert (taken(), told("soon")) == (["soon"], {"lan"})


def test_of_two_workers_who_see_the_same_step_only_one_takes_it(commune, case):
    first, second = (list(ladder.Ladder(at(26, 16)).rungs()) for _ in range(2))
    assert [ladder._take(rung, at(26, 16)) for rung in (*first, *second)] == [1, 0]
    assert Outbox.objects.filter(key__contains="-soon-").count() == 1


def test_the_clock_of_the_ladder_stands_while_the_resident_is_asked(commune, case):
    handling.ask_more(case, commune.lan, commune.users["lan"], "Bệnh viện nào cấp?", later(hours=1))
    ladder.climb(at(1, 16, month=12))
    assert taken() == []
    handling.resident_replies(case, "Bệnh viện huyện.", at(2, 9, month=12))
    case.refresh_from_db()
    ladder.climb(case.due_at + timedelta(minutes=1))
    assert taken() == ["due"]


def test_a_later_date_has_a_ladder_of_its_own(commune, case):
    ladder.climb(at(26, 16))
    handling.extend(case, commune.lan, commune.users["lan"], "Chờ xác minh.", at(4, 16, month=12), at(26, 17))
    ladder.climb(DUE + timedelta(hours=1))
    assert taken() == ["soon"]
    ladder.climb(at(3, 16, month=12))
    assert taken() == ["soon", "soon"]


def test_an_answered_case_climbs_no_further(commune, case):
    handling.answer(case, commune.lan, commune.users["lan"], "Bệnh viện sửa.", later(days=1))
    ladder.climb(at(10, 9, month=12))
    assert taken() == []


def test_a_holiday_moves_the_reminder_to_the_working_day_before(commune):
    WorkDay.objects.create(date=date(2026, 11, 26), kind=WorkDay.Kind.OFF, note="Nghỉ")
    sent(commune)  # due on Monday 30/11 now
    ladder.climb(at(27, 15, 59))
    assert taken() == []
    ladder.climb(at(27, 16))
    assert taken() == ["soon"]


def test_the_leader_hears_of_a_remark_about_conduct_that_is_late_and_the_head_never(commune):
    sent(commune, kind=Kind.CONDUCT)
    for now in (at(26, 16), DUE + timedelta(hours=1), at(1, 16, month=12)):
        ladder.climb(now)
    assert told("soon") | told("due") | told("leader") == {"minh"}


def test_a_late_remark_about_the_leader_does_not_climb_to_the_leader(commune):
    Official.objects.filter(key__in=["minh", "thao"]).update(unit=commune.police)
    sent(commune, kind=Kind.CONDUCT, about=commune.minh)
    ladder.climb(at(10, 9, month=12))
    assert told("due") | told("leader") == {"thao"}


def test_an_authority_that_does_not_answer_is_chased_once(commune, case):
    handling.forward(
        case,
        commune.lan,
        commune.users["lan"],
        "Sở Xây dựng",
        "45/UBND",
        MONDAY.date(),
        date(2026, 12, 7),
        "Đường tỉnh.",
        later(hours=1),
    )
    for now in (at(7, 17, month=12), at(8, 8, month=12), at(9, 8, month=12)):
        ladder.climb(now)
    assert (taken(), told("follow_up")) == (["follow_up"], {"lan"})


def test_an_official_hears_when_the_resident_has_not_replied_for_ten_working_days(commune, case):
    handling.ask_more(case, commune.lan, commune.users["lan"], "Bệnh viện nào cấp?", later(hours=1))
    ladder.climb(at(7, 17, month=12))
    assert taken() == []
    ladder.climb(at(8, 8, month=12))  # Tuesday 24/11 was a holiday
    ladder.climb(at(9, 8, month=12))
    assert taken() == ["no_reply"]


def test_no_mail_of_the_ladder_holds_a_word_of_the_resident(commune, case):
    ladder.climb(at(10, 9, month=12))
    bodies = " ".join(mail.body for mail in Outbox.objects.filter(key__regex=r"-(due|leader)-"))
    assert case.code in bodies
    assert WORDS[:10] not in bodies
    assert "ba.tu" not in bodies


def test_the_ladder_asks_as_often_for_many_cases_as_for_few(commune, django_assert_max_num_queries):
    for number in range(30):
        sent(commune, later(days=-number))
    ladder.climb(later(days=60))
    with django_assert_max_num_queries(8):
        ladder.climb(later(days=60, hours=1))


def test_cases_of_who_left_office_go_to_the_deputy_with_the_same_promise(commune, case):
    Official.objects.filter(pk=commune.lan.pk).update(until=date(2026, 11, 23))
    assert hand_on(later(days=1)) == 1
    assert hand_on(later(days=1)) == 0
    case.refresh_from_db()
    assert (case.official, case.stands_in_for, case.due_at) == (commune.hoa, commune.lan, DUE)
    assert told("assigned") == {"hoa"}


@pytest.mark.parametrize(("away_until", "heir"), [(date(2026, 11, 26), "lan"), (date(2026, 11, 27), "hoa")])
def test_who_is_back_before_the_promised_day_keeps_the_case(commune, case, away_until, heir):
    Official.objects.filter(pk=commune.lan.pk).update(is_away=True, away_until=away_until)
    hand_on(later(hours=1))
    case.refresh_from_db()
    assert case.official.key == heir


def test_the_unit_head_takes_over_when_official_and_deputies_are_gone(commune, case):
    send_away(commune.lan, commune.hoa)
    hand_on(later(hours=1))
    case.refresh_from_db()
    assert case.official == commune.binh


def test_coordinators_hear_once_a_day_of_cases_nobody_can_take(commune, case):
    send_away(*Official.objects.all())
    hand_on(later(hours=1))
    assert alarms.present(later(hours=1)).unrouted == (case.code,)
    for now in (at(25, 7, 29), at(25, 7, 30), at(25, 9), at(26, 8)):
        alarms.tell_coordinators(now)
    mails = Outbox.objects.filter(key__startswith="alarm-").order_by("pk")
    assert [mail.key for mail in mails] == ["alarm-20261125", "alarm-20261126"]
    assert mails[0].recipients == "dieuphoi@huongdong.example"


def test_mail_that_does_not_leave_and_cases_held_are_counted_in_the_alarm(commune):
    sent(commune, held_for=Case.Hold.TRAP)
    sent(commune)
    Outbox.objects.update(created_at=at(23, 9))
    assert (alarms.present(at(23, 9, 30)).stuck, alarms.present(at(23, 11)).stuck) == (0, 1)
    Outbox.objects.update(state=Outbox.State.REFUSED)
    found = alarms.present(at(23, 11))
    assert (found.refused, found.held, len(found.lines)) == (1, 1, 2)


def test_a_quiet_day_needs_no_alarm(commune):
    assert alarms.tell_coordinators(at(25, 8)) == 0
    assert not Outbox.objects.exists()


def test_a_remark_about_conduct_is_not_named_in_the_coordinators_alarm(commune):
    sent(commune, kind=Kind.CONDUCT, held_for=Case.Hold.LIMIT)
    send_away(*Official.objects.all())
    found = alarms.present(later(hours=1))
    assert (found.unrouted, found.held) == ((), 0)


@pytest.mark.parametrize(
    ("now", "mails"),
    [
        (at(30, 7, 29), ["digest-20261123"]),  # still last week's, had it not been sent
        (at(30, 7, 30), ["digest-20261130"]),
        (at(2, 11, month=12), ["digest-20261130"]),
    ],
)
def test_the_digest_belongs_to_its_week_from_monday_half_past_seven(commune, now, mails):
    digest.send_digest(now)
    digest.send_digest(now)
    found = list(Outbox.objects.values_list("key", flat=True))
    assert found == ([] if now < at(30, 7, 30) else mails)


def test_the_digest_counts_what_was_kept_and_what_is_late_and_names_no_resident(commune):
    lan = commune.users["lan"]
    kept, broken, late = sent(commune), sent(commune), sent(commune, email="ba.tu@thu.example")
    sent(commune, kind=Kind.CONDUCT)
    handling.answer(kept, commune.lan, lan, "Bệnh viện sửa.", later(hours=1))
    handling.answer(broken, commune.lan, lan, "Bệnh viện sửa.", DUE + timedelta(hours=1))
    handling.rate(kept, "bad", "", False, later(hours=3))
    handling.answer(kept, commune.minh, lan, "Xã đã gọi.", later(hours=4))
    week = digest.week_before(at(30, 0), at(30, 7, 30))
    assert (week.received, week.on_time, week.answered_late, week.reopened) == (3, 1, 1, 1)
    assert (week.open_late, week.open, week.rate) == (1, 1, 33)
    digest.send_digest(at(30, 7, 30))
    mail = Outbox.objects.get(key="digest-20261130")
    assert mail.recipients == "minh@huongdong.example"
    assert late.code in mail.body
    assert "ba.tu" not in mail.body


def test_a_week_without_answers_has_no_rate(commune):
    assert digest.week_before(at(30, 0), at(30, 7, 30)).rate is None


def test_without_a_leader_the_coordinators_get_the_digest(commune):
    CommuneSettings.objects.update(leader=None)
    digest.send_digest(at(30, 7, 30))
    assert Outbox.objects.get().recipients == "dieuphoi@huongdong.example"


def test_a_deputy_of_the_leader_hears_while_the_leader_is_away(commune, case):
    pair(commune.minh, commune.thao)
    send_away(commune.minh)
    ladder.climb(at(10, 9, month=12))
    assert told("leader") == {"thao"}
