"""Words, contact and mail are kept so many days and not one more, and not one less."""

from datetime import datetime, timedelta

import pytest

from feedback import handling
from feedback.closing import close_answered, erase_overdue
from feedback.models import CaseText, State, Topic
from gandan.models import Outbox
from gandan.outbox import erase_delivered
from gandan.worktime import VIETNAM
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
CLOSED = datetime(2026, 12, 1, 23, 50, tzinfo=VIETNAM)
MIDNIGHT = datetime(2026, 12, 1, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def case(commune):
    Topic.objects.update(contact_days=30, words_days=100)
    case = sent(commune, name="Bà Tư", email="batu@thu.example")
    handling.answer(case, commune.lan, account("lan", commune.lan), "Bệnh viện sửa.", later(hours=2))
    handling.close(case, CLOSED)
    return case


def kept(case):
    return set(case.words.values_list("role", flat=True))


@pytest.mark.parametrize(
    ("day", "minutes", "has_contact", "has_words"),
    [
        (0, 5, True, True),
        (29, 24 * 60 - 1, True, True),
        (30, 0, False, True),
        (30, 1, False, True),
        (31, 0, False, True),
        (99, 24 * 60 - 1, False, True),
        (100, 0, False, False),
        (400, 0, False, False),
    ],
)
def test_contact_and_words_go_on_their_day(case, day, minutes, has_contact, has_words):
    erase_overdue(MIDNIGHT + timedelta(days=day, minutes=minutes))
    assert bool(kept(case) & set(CaseText.CONTACT_ROLES)) is has_contact
    assert (CaseText.Role.QUESTION in kept(case)) is has_words
    assert (CaseText.Role.ANSWER in kept(case)) is has_words


def test_each_topic_has_days_of_its_own(commune, case):
    other = sent(commune, topic=commune.topics["cu-tru"], name="Ông Năm")
    handling.withdraw(other, CLOSED)
    Topic.objects.filter(key="cu-tru").update(contact_days=10)
    erase_overdue(MIDNIGHT + timedelta(days=10))
    assert CaseText.Role.NAME in kept(case)
    assert CaseText.Role.NAME not in kept(other)


def test_contact_that_is_kept_longer_than_words_goes_with_the_words(case):
    Topic.objects.update(contact_days=200)
    erase_overdue(MIDNIGHT + timedelta(days=100))
    assert kept(case) == set()


def test_nothing_of_an_open_case_is_erased(commune):
    case = sent(commune, name="Bà Tư")
    assert erase_overdue(later(days=5000)) == 0
    assert CaseText.Role.NAME in kept(case)


def test_a_second_run_finds_nothing_left_to_erase(case):
    at = MIDNIGHT + timedelta(days=100)
    assert erase_overdue(at) == 1
    assert erase_overdue(at) == 0


def test_a_refused_case_is_closed_after_its_days_too(commune):
    case = sent(commune)
    handling.refuse(case, commune.lan, account("lan", commune.lan), "not_ours", "Huyện.", "Huyện", MONDAY)
    assert close_answered(later(days=10)) == 0
    assert close_answered(later(days=30)) == 1
    case.refresh_from_db()
    assert case.state == State.CLOSED


@pytest.mark.parametrize("state", [Outbox.State.SENT, Outbox.State.REFUSED])
def test_a_mail_is_erased_thirty_days_after_its_end(case, state):
    Outbox.objects.update(state=state, sent_at=MONDAY, due_at=MONDAY)
    total = Outbox.objects.count()
    assert erase_delivered(MONDAY + timedelta(days=30)) == 0
    assert erase_delivered(MONDAY + timedelta(days=30, seconds=1)) == total
    assert not any(row.body or row.recipients for row in Outbox.objects.all())
    assert set(Outbox.objects.values_list("state", flat=True)) == {state}


def test_a_mail_not_sent_yet_is_never_erased_by_its_age(case):
    assert erase_delivered(later(days=300)) == 0


def test_mail_to_the_resident_goes_with_the_contact_and_mail_to_officials_stays(case):
    Outbox.objects.filter(key__contains="answered").update(state=Outbox.State.SENT, sent_at=CLOSED)
    erase_overdue(MIDNIGHT + timedelta(days=30))
    assert Outbox.objects.get(key__contains="answered").recipients == ""
    assert Outbox.objects.get(key__contains="assigned").recipients
