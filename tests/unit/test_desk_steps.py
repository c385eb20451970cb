"""Steps at the desk: each leads where it says, whoever comes second is told, and what was typed is never lost."""

from datetime import date

import pytest
import time_machine

from feedback import handling
from feedback.models import Case, CaseEvent, CaseText, Kind, ReplyTemplate, State
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent, signed_in

pytestmark = pytest.mark.django_db
DESK = "/en/ban-lam-viec/"
ANSWER = "Bệnh viện cấp giấy thì bệnh viện sửa, xã không sửa được."
FORWARDED = {
    "agency": "Sở Xây dựng",
    "paper_number": "12/UBND",
    "sent_on": "2026-11-23",
    "expected_on": "30/11/2026",
    "text": "Đường này do tỉnh quản lý.",
}
STEPS = {
    "hoi-lai": {"text": "Giấy chứng sinh do bệnh viện nào cấp?"},
    "chuyen": FORWARDED,
    "tu-choi": {
        "reason": "not_ours",
        "text": "Việc này do tòa án quyết định.",
        "where_to_go": "Tòa án khu vực 3.",
    },
    "gia-han": {"new_due": "2026-12-01", "text": "Chúng tôi phải hỏi bệnh viện."},
    "giao-lai": {"official": "hoa"},
    "doi-chu-de": {"topic": "cu-tru"},
}


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


def words(case, role):
    return [text.text for text in case.words.filter(role=role)]


def test_asking_back_stops_the_clock_and_the_reply_box_opens(commune, lan):
    case = sent(commune)
    assert lan.post(address(case, "hoi-lai/"), STEPS["hoi-lai"]).status_code == 302
    case.refresh_from_db()
    assert case.state == State.NEED_INFO
    assert words(case, CaseText.Role.ASKED) == [STEPS["hoi-lai"]["text"]]
    shown = page(lan.get(DESK))
    assert "Waiting for the resident" in shown
    assert "the clock stands" in shown


def test_forwarding_keeps_authority_paper_and_day_and_reminds_when_that_day_has_passed(commune, lan):
    case = sent(commune)
    lan.post(address(case, "chuyen/"), FORWARDED)
    kept = case.forwardings.get()
    assert (kept.agency, kept.paper_number, kept.expected_on) == (
        "Sở Xây dựng",
        "12/UBND",
        date(2026, 11, 30),
    )
    assert "Forwarded" in page(lan.get(DESK))
    with time_machine.travel(later(days=8), tick=False):
        client = signed_in(commune.lan.__class__.objects.get(pk=commune.lan.pk).user)
        assert "Ask them again" in page(client.get(DESK))
        assert "please remind them" in page(client.get(address(case)))


def test_refusing_needs_a_reason_from_the_list_a_sentence_and_where_to_go(commune, lan):
    case, whole = sent(commune), STEPS["tu-choi"]
    for missing in whole:
        shown = page(lan.post(address(case, "tu-choi/"), {**whole, missing: ""}))
        assert "data-form-error" in shown
        assert Case.objects.get().state == State.NEW
    lan.post(address(case, "tu-choi/"), whole)
    assert Case.objects.get().state == State.REFUSED


def test_a_later_day_is_promised_once_with_its_reason(commune, lan):
    case = sent(commune)
    lan.post(address(case, "gia-han/"), STEPS["gia-han"])
    case.refresh_from_db()
    assert f"{case.due_at:%Y-%m-%d}" == "2026-12-01"
    shown = page(lan.post(address(case, "gia-han/"), {**STEPS["gia-han"], "new_due": "2026-12-02"}))
    assert "cannot be taken" in shown
    assert "Chúng tôi phải hỏi bệnh viện." in shown


def test_a_holiday_cannot_be_promised_and_the_words_are_kept(commune, lan):
    case = sent(commune)
    shown = page(
        lan.post(address(case, "gia-han/"), {"new_due": "2026-11-29", "text": "Phải chờ bệnh viện."})
    )
    assert "does not work on that day" in shown
    assert "Phải chờ bệnh viện." in shown


def test_a_case_given_to_somebody_else_leaves_ones_own_desk(commune, lan):
    case = sent(commune)
    response = lan.post(address(case, "giao-lai/"), {"official": "hoa"})
    assert response.headers["Location"] == DESK
    assert lan.get(address(case)).status_code == 404
    case.refresh_from_db()
    assert case.official == commune.hoa


def test_a_wrong_topic_goes_to_whom_the_rules_name_and_keeps_the_promise(commune, coordinator):
    case = sent(commune)
    coordinator.post(address(case, "doi-chu-de/"), {"topic": "cu-tru"})
    moved = Case.objects.get()
    assert moved.official == commune.hung
    assert moved.due_at == case.due_at


def test_a_case_that_says_the_same_is_suggested_and_joined_with_one_tap(commune, lan):
    first = sent(commune, text="Đèn đường ngõ 4 thôn Đoài tắt ba hôm nay", area=commune.areas["doai"])
    far = sent(commune, text="Xin hỏi lịch tiêm chủng cho cháu bé", area=commune.areas["doai"])
    again = sent(
        commune, later(minutes=5), text="den duong ngo 4 thon Doai bi tat", area=commune.areas["doai"]
    )
    shown = page(lan.get(address(again, "gop/")))
    assert f'value="{first.code}"' in shown
    assert far.code not in shown
    assert "ba hôm nay" not in shown
    assert lan.post(address(again, "gop/"), {"into": first.code}).status_code == 302
    again.refresh_from_db()
    assert again.merged_into == first


def test_a_case_of_somebody_else_cannot_be_joined_and_looks_like_none(commune, lan):
    mine, other = sent(commune), sent(commune, topic=commune.topics["cu-tru"])
    for code in (other.code, "GD-2222-2222-2222-2", "??"):
        assert "You have no case with this code." in page(lan.post(address(mine, "gop/"), {"into": code}))


def test_hidden_words_are_shown_to_nobody_and_only_a_coordinator_hides_them(commune, lan, coordinator):
    case = sent(commune, text="Nhà ông Bảy số 5 xả rác ra mương")
    number = case.words.get(role=CaseText.Role.QUESTION).pk
    given = {"what": number, "reason": "private"}
    assert "cannot be taken" in page(lan.get(address(case, "an/")))
    coordinator.post(address(case, "an/"), given)
    for reader in (lan, coordinator):
        shown = page(reader.get(address(case)))
        assert "ông Bảy" not in shown
        assert "Personal data of somebody else" in shown


def test_a_step_that_is_not_offered_is_not_taken(commune, lan):
    case = sent(commune)
    number = case.words.get(role=CaseText.Role.QUESTION).pk
    lan.post(address(case, "an/"), {"what": number, "reason": "private"})
    assert not case.words.filter(hidden_at__isnull=False).exists()


def test_notes_are_for_colleagues_alone(commune, lan):
    case = sent(commune)
    lan.post(address(case, "ghi-chu/"), {"note": "Đã gọi bệnh viện, hẹn mai."})
    assert "Đã gọi bệnh viện" in page(lan.get(address(case)))
    assert "data-form-error" not in page(lan.get(address(case)))
    assert lan.post(address(case, "ghi-chu/"), {"note": " "}).status_code == 200


@pytest.mark.parametrize("step", ["hoi-lai", "chuyen", "tu-choi", "gia-han"])
def test_the_second_of_two_is_told_at_every_step_and_keeps_every_word(commune, lan, coordinator, step):
    case = sent(commune)
    seen = case.events.order_by("-pk").first().pk
    handling.add_note(case, account("ai-khac"), "Đã xem.", MONDAY)
    shown = page(coordinator.post(address(case, f"{step}/"), STEPS[step] | {"seen": seen}))
    assert "Somebody has moved this case" in shown
    for typed in STEPS[step].values():
        if step != "tu-choi" or typed != "not_ours":
            assert typed in shown or typed == "30/11/2026"
    assert Case.objects.get().state == State.NEW


def test_what_was_seen_before_ones_own_look_is_no_surprise(commune, lan):
    case = sent(commune)
    seen = lan.get(address(case)).context["seen"]
    lan.get(address(case))
    assert lan.post(address(case, "tra-loi/"), {"text": ANSWER, "seen": seen}).status_code == 302


def test_a_text_begun_is_carried_to_the_step_that_is_chosen(commune, lan):
    case = sent(commune)
    shown = page(lan.post(address(case, "hoi-lai/"), {"text": "Chào bà con, xin hỏi", "begin": "1"}))
    assert "Chào bà con, xin hỏi" in shown
    assert Case.objects.get().state == State.NEW


def test_a_template_is_filled_in_below_what_was_typed(commune, lan):
    case = sent(commune, name="Bà Tư", area=commune.areas["doai"])
    template = ReplyTemplate.objects.create(title="Mẫu", text="Chào {name}, phiếu {code}, {area}. {hotline}")
    shown = page(
        lan.post(address(case, "tra-loi/"), {"text": "Kính thư", "insert": "1", "template": template.pk})
    )
    assert f"Kính thư\n\nChào Bà Tư, phiếu {case.code}, Thôn doai. 0912 345 678" in shown
    assert case.events.filter(kind=CaseEvent.Kind.CONTACT_VIEWED).count() == 1


def test_a_template_without_the_name_looks_at_no_contact(commune, lan):
    case = sent(commune, name="Bà Tư")
    template = ReplyTemplate.objects.create(title="Mẫu", text="Phiếu {code}.")
    lan.post(address(case, "tra-loi/"), {"text": "", "insert": "1", "template": template.pk})
    assert not case.events.filter(kind=CaseEvent.Kind.CONTACT_VIEWED).exists()


def test_templates_are_offered_for_their_step_and_topic_those_of_the_topic_first(commune, lan):
    for title, step, topic in [
        ("Chung", "answer", None),
        ("Hộ tịch", "answer", "ho-tich"),
        ("Tạm trú", "answer", "cu-tru"),
        ("Hỏi", "ask", None),
    ]:
        ReplyTemplate.objects.create(
            title=title, step=step, topic=commune.topics.get(topic) if topic else None, text="…"
        )
    shown = [template.title for template in lan.get(address(sent(commune))).context["templates"]]
    assert shown == ["Hộ tịch", "Chung"]


def test_an_answer_with_a_brace_left_over_is_not_sent(commune, lan):
    case = sent(commune)
    shown = page(
        lan.post(address(case, "tra-loi/"), {"text": "Mời bà con đến {counter} lúc 8 giờ sáng mai."})
    )
    assert "{counter}" in shown
    assert Case.objects.get().state == State.NEW


def test_a_remark_about_conduct_is_neither_handed_on_nor_joined_at_the_desk(commune):
    case = sent(commune, kind=Kind.CONDUCT)
    minh = signed_in(account("lanhdao", commune.minh, "leader"))
    for step in ("giao-lai", "gop"):
        assert "cannot be taken" in page(minh.get(address(case, f"{step}/")))


def test_an_unknown_step_is_not_found(commune, lan):
    assert lan.get(address(sent(commune), "khong-co/")).status_code == 404


@pytest.mark.parametrize("step", [*STEPS, "gop", "an", "ghi-chu", "lam-tiep", "dang-lam", "hoi-dap"])
def test_no_step_opens_to_an_official_whose_case_it_is_not(commune, step):
    case = sent(commune)
    hung = signed_in(account("hung", commune.hung))
    assert hung.post(address(case, f"{step}/"), STEPS.get(step, {"text": "x"})).status_code == 404
    assert Case.objects.get().state == State.NEW


def test_away_in_two_taps_and_open_cases_go_to_the_deputy_when_asked(commune, lan):
    case, conduct = sent(commune), sent(commune, kind=Kind.CONDUCT)
    assert "new cases go to Lê Thị Hòa" in page(lan.get(DESK + "vang-mat/"))
    lan.post(DESK + "vang-mat/", {"tap": "2026-11-23", "hands_over": "on"})
    commune.lan.refresh_from_db()
    assert commune.lan.is_absent(date(2026, 11, 23))
    assert not commune.lan.is_absent(date(2026, 11, 24))
    case.refresh_from_db()
    conduct.refresh_from_db()
    assert case.official == commune.hoa
    assert conduct.official == commune.minh
    lan.post(DESK + "vang-mat/", {"back": "1"})
    commune.lan.refresh_from_db()
    assert not commune.lan.is_away


@pytest.mark.parametrize("day", ["", "hôm qua", "2026-11-22", "2030-01-01"])
def test_a_day_that_cannot_be_is_not_taken_for_an_absence(commune, lan, day):
    assert "data-form-error" in page(lan.post(DESK + "vang-mat/", {"until": day}))
    commune.lan.refresh_from_db()
    assert not commune.lan.is_away


def test_a_coordinator_who_is_no_official_has_no_absence(commune, coordinator):
    assert coordinator.get(DESK + "vang-mat/").status_code == 403


def test_every_form_of_the_desk_carries_its_guard(commune, lan, coordinator):
    """A form included without its token would be refused by every browser, though not by a test's client."""
    case, other = sent(commune), sent(commune)
    ReplyTemplate.objects.create(title="Mẫu", text="Chào {name}")
    waiting = sent(commune)
    lan.post(address(waiting, "hoi-lai/"), STEPS["hoi-lai"])
    steps = [address(case, f"{step}/") for step in (*STEPS, "gop", "an")]
    for place in [DESK, DESK + "tim/", DESK + "vang-mat/", address(case), address(waiting), *steps]:
        reader = coordinator if place.endswith("/an/") else lan
        shown = page(reader.get(place))
        forms = shown.count('method="post"')
        assert forms
        assert forms == shown.count("csrfmiddlewaretoken"), place
    assert f'value="{other.code}"' in page(lan.get(address(case, "gop/")))
