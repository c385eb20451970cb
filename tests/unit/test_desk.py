import pytest
import time_machine
from django.test import Client

from feedback import handling
from feedback.models import Case, CaseEvent, Kind, State
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, sent, signed_in

pytestmark = pytest.mark.django_db
DESK = "/en/ban-lam-viec/"
ANSWER = "Bệnh viện cấp thì bệnh viện sửa."


@pytest.fixture
def commune():
    empty_cache()
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


@pytest.fixture
def lan(commune):
    return signed_in(account("lan", commune.lan))


@pytest.fixture
def coordinator(commune):
    return signed_in(account("dieuphoi", group="coordinator"))


def address(case, step=""):
    return f"{DESK}{case.code}/{step}"


def page(response):
    return response.content.decode()


def test_nobody_reads_the_desk_without_signing_in(client, commune):
    case = sent(commune)
    for path in (DESK, address(case)):
        response = client.get(path)
        assert response.status_code == 302
        assert "/tai-khoan/login/" in response.headers["Location"]


@pytest.mark.parametrize(
    ("official", "group", "list_status", "case_status"),
    [
        ("lan", "official", 200, 200),
        ("binh", "official", 200, 404),
        ("hung", "official", 200, 404),
        ("minh", "", 200, 200),
        (None, "coordinator", 200, 200),
        (None, "leader", 200, 200),
        (None, "editor", 403, 403),
        (None, "volunteer", 403, 403),
    ],
)
def test_a_case_is_seen_by_its_official_the_coordinator_and_the_leader_alone(
    commune, official, group, list_status, case_status
):
    case = sent(commune)
    client = signed_in(account("ai-do", getattr(commune, official) if official else None, group))
    assert client.get(DESK).status_code == list_status
    assert client.get(address(case)).status_code == case_status
    assert client.post(address(case, "tra-loi/"), {"text": ANSWER}).status_code in (302, case_status)
    assert Case.objects.get().state == (State.ANSWERED if case_status == 200 else State.NEW)


def test_a_remark_about_conduct_is_hidden_from_the_officials_it_may_be_about(commune, lan):
    case = sent(commune, kind=Kind.CONDUCT)
    assert case.code[:7] not in page(lan.get(DESK))
    assert lan.get(address(case)).status_code == 404
    for step in ("nhan-viec/", "tra-loi/", "tieu-de/", "lien-lac/", "da-xem/"):
        assert lan.post(address(case, step), {"text": ANSWER, "title": "x"}).status_code == 404
    minh = signed_in(account("lanhdao", commune.minh, "leader"))
    assert WORDS in page(minh.get(address(case)))


def test_cases_are_grouped_late_then_today_then_this_week_then_later(commune):
    user = account("lan", commune.lan)
    for days in (-10, -5, 0, 1):
        sent(commune, later(days=days))
    with time_machine.travel(later(days=1), tick=False):
        shown = page(signed_in(user).get(DESK))
    places = [shown.find(f">{title} <span>") for title in ("Late", "This week", "Later")]
    assert all(place > 0 for place in places)
    assert places == sorted(places)
    assert "Today <span>" not in shown
    with time_machine.travel(later(days=4), tick=False):
        assert "Today <span>1</span>" in page(signed_in(user).get(DESK))


def test_an_official_takes_a_case_on_and_answers_it(commune, lan):
    case = sent(commune)
    assert lan.post(address(case, "nhan-viec/"), {"text": ""}).status_code == 302
    assert lan.post(address(case, "tra-loi/"), {"text": ANSWER}).status_code == 302
    case.refresh_from_db()
    assert case.state == State.ANSWERED
    assert ANSWER in page(lan.get(address(case)))


def test_taking_a_case_on_keeps_an_answer_that_was_begun(commune, lan):
    case = sent(commune)
    response = lan.post(address(case, "nhan-viec/"), {"text": "Chào bà con, giấy này"})
    assert "Chào bà con, giấy này" in page(response)
    assert Case.objects.get().state == State.ACCEPTED


@pytest.mark.parametrize("text", ["", "  ", "a" * 8001, "Căn cước của bà là 001099012345"])
def test_an_answer_with_a_mistake_comes_back_and_nothing_is_sent(commune, lan, text):
    case = sent(commune)
    response = lan.post(address(case, "tra-loi/"), {"text": text})
    assert response.status_code == 200
    assert "data-form-error" in page(response)
    assert Case.objects.get().state == State.NEW


def test_the_second_of_two_who_answer_is_told_and_keeps_the_text(commune, lan, coordinator):
    case = sent(commune)
    lan.post(address(case, "tra-loi/"), {"text": ANSWER})
    response = coordinator.post(address(case, "tra-loi/"), {"text": "Câu trả lời thứ hai."})
    assert "Somebody has moved this case" in page(response)
    assert "Câu trả lời thứ hai." in page(response)
    assert ANSWER in page(response)
    assert case.words.filter(role="answer").count() == 1


def test_who_opened_a_case_is_written_down_once_an_hour(commune, lan):
    case = sent(commune)
    lan.get(address(case))
    lan.get(address(case))
    looks = case.events.filter(kind=CaseEvent.Kind.VIEWED)
    assert [look.actor.username for look in looks] == ["lan"]
    assert not looks.get().is_public


def test_contact_is_shown_only_when_asked_for_and_each_time_is_written_down(commune, lan):
    case = sent(commune, name="Bà Tư", phone="0912 345 999")
    assert "0912 345 999" not in page(lan.get(address(case)))
    assert not case.events.filter(kind=CaseEvent.Kind.CONTACT_VIEWED).exists()
    shown = page(lan.post(address(case, "lien-lac/")))
    assert "0912 345 999" in shown
    assert "Bà Tư" in shown
    assert case.events.filter(kind=CaseEvent.Kind.CONTACT_VIEWED).count() == 1


def test_a_title_of_ones_own_stands_on_the_list(commune, lan):
    case = sent(commune)
    lan.post(address(case, "tieu-de/"), {"title": "Giấy chứng sinh sai tên đệm"})
    assert "Giấy chứng sinh sai tên đệm" in page(lan.get(DESK))


def test_a_title_with_an_identity_number_is_not_kept(commune, lan):
    case = sent(commune)
    assert "001099012345" in page(lan.post(address(case, "tieu-de/"), {"title": "Ông 001099012345"}))
    assert Case.objects.get().title == ""


def test_a_held_case_is_marked_and_a_person_can_clear_it(commune, lan, coordinator):
    case = sent(commune, held_for=Case.Hold.FAST)
    assert "check first" in page(lan.get(DESK))
    assert case.code[:7] in page(coordinator.get(DESK + "?xem=xem-lai"))
    lan.post(address(case, "da-xem/"))
    assert not Case.objects.get().is_held


def test_the_coordinator_sees_all_open_cases_with_their_officials(commune, coordinator):
    sent(commune)
    sent(commune, topic=commune.topics["cu-tru"])
    shown = page(coordinator.get(DESK))
    assert "Nguyễn Thị Lan" in shown
    assert "Đỗ Mạnh Hùng" in shown


def test_an_official_cannot_open_the_list_of_all_cases(commune, lan):
    other = sent(commune, topic=commune.topics["cu-tru"])
    assert other.code[:7] not in page(lan.get(DESK + "?xem=tat-ca"))


def test_answered_cases_leave_the_list_and_stand_among_the_answered(commune, lan):
    case = sent(commune)
    lan.post(address(case, "tra-loi/"), {"text": ANSWER})
    assert case.code[:7] not in page(lan.get(DESK))
    assert case.code[:7] in page(lan.get(DESK + "?xem=da-tra-loi"))


def test_the_desk_is_guarded_against_forms_of_other_sites(commune):
    case = sent(commune)
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(account("lan", commune.lan))
    assert guarded.post(address(case, "tra-loi/"), {"text": ANSWER}).status_code == 403


def test_the_desk_lets_browsers_say_where_a_form_comes_from(commune, lan):
    """With no-referrer they would send `Origin: null`, which the guard refuses."""
    assert lan.get(address(sent(commune))).headers["Referrer-Policy"] != "no-referrer"


def test_the_desk_is_kept_nowhere(commune, lan):
    assert "no-store" in lan.get(DESK).headers["Cache-Control"]


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    commune, coordinator, django_assert_max_num_queries
):
    for number in range(40):
        sent(commune, later(days=-number))
    coordinator.get(DESK)
    with django_assert_max_num_queries(10) as asked:
        coordinator.get(DESK)
    long = len(asked)
    Case.objects.exclude(pk=Case.objects.first().pk).update(state=State.CLOSED)
    with django_assert_max_num_queries(long) as asked:
        coordinator.get(DESK)
    assert len(asked) == long


def test_a_case_page_asks_the_same_however_long_its_history(commune, lan, django_assert_max_num_queries):
    case = sent(commune)
    for number in range(20):
        handling.give_title(case, account(f"u{number}"), f"Lần {number}", MONDAY)
    lan.get(address(case))
    with django_assert_max_num_queries(14):
        lan.get(address(case))
