"""Finding cases at the desk, the load of officials, likeness of texts, templates, and what reads as an answer."""

import pytest
import time_machine

from feedback import handling, plain_answer
from feedback.models import ReplyTemplate, State
from feedback.placeholders import fault, fill
from feedback.similar import ALIKE, share, terms
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent, signed_in

DESK = "/en/ban-lam-viec/"


@pytest.fixture
def commune(db):
    empty_cache()
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


@pytest.fixture
def lan(commune):
    return signed_in(account("lan", commune.lan))


def found(client, asked):
    return [row.case for row in client.post(DESK + "tim/", {"q": asked}).context["rows"]]


@pytest.mark.parametrize(
    "asked",
    ["chung sinh", "Chứng Sinh", "ten dem", "sua giay", "KHAI SINH", "thon doai", "new", "khai sinh moi bon"],
)
def test_a_case_is_found_without_tone_marks_by_words_title_topic_area_and_state(commune, lan, asked):
    case = sent(commune, area=commune.areas["doai"])
    other = sent(commune, text="Việc khác hẳn", topic=commune.topics["ho-tich"])
    handling.accept(other, commune.lan, account("x"), MONDAY)
    handling.give_title(case, account("y"), "Sửa giấy mới, bốn bản", MONDAY)
    assert case in found(lan, asked)
    if asked not in ("KHAI SINH",):
        assert other not in found(lan, asked)


def test_a_case_is_found_by_a_part_of_its_code(commune, lan):
    case, other = sent(commune), sent(commune)
    assert found(lan, case.code) == [case]
    assert found(lan, case.code[3:12].lower()) == [case]
    assert other not in found(lan, case.code[:12])


def test_nobody_finds_what_they_may_not_see(commune, lan):
    sent(commune, topic=commune.topics["cu-tru"], text="Bí mật riêng của công an")
    assert found(lan, "bi mat rieng") == []


def test_hidden_words_and_contact_are_not_searched(commune, lan):
    case = sent(commune, text="Nhà ông Bảy", name="Trần Thị Tư")
    assert found(lan, "ong bay") == [case]
    handling.hide_words(case, account("x"), "question", "private", MONDAY)
    assert found(lan, "ong bay") == []
    assert found(lan, "tran thi tu") == []


def test_what_is_looked_for_stands_in_no_address(commune, lan):
    shown = lan.get(DESK + "tim/?q=chung+sinh")
    assert shown.context["rows"] == []
    assert 'method="post"' in shown.content.decode()
    assert "only in the 500 newest" in shown.content.decode()


def test_search_costs_the_same_however_many_cases_there_are(commune, lan, django_assert_max_num_queries):
    for number in range(3):
        sent(commune, later(days=-number))
    found(lan, "chung sinh")
    with django_assert_max_num_queries(14) as few:
        found(lan, "chung sinh")
    for number in range(30):
        sent(commune, later(days=-number))
    with django_assert_max_num_queries(len(few)):
        found(lan, "chung sinh")


def test_the_coordinator_sees_who_has_how_much_and_opens_their_cases(commune):
    coordinator = signed_in(account("dieuphoi", group="coordinator"))
    sent(commune, later(days=-10))
    mine = sent(commune)
    sent(commune, topic=commune.topics["cu-tru"])
    handling.ask_more(mine, commune.lan, account("x"), "Xin nói rõ.", MONDAY)
    loads = coordinator.get(DESK + "tai/").context["loads"]
    assert [(load.official.key, load.open, load.late, load.waiting) for load in loads] == [
        ("lan", 1, 1, 1),
        ("hung", 1, 0, 0),
    ]
    shown = coordinator.get(DESK + "?xem=tat-ca&nguoi=lan").content.decode()
    assert mine.code[:7] in shown
    assert "Đỗ Mạnh Hùng" not in shown


@pytest.mark.parametrize(("group", "status"), [("coordinator", 200), ("leader", 200), ("official", 403)])
def test_the_load_is_for_those_who_oversee_alone(commune, group, status):
    client = signed_in(account("ai-do", commune.dung if group == "official" else None, group))
    assert client.get(DESK + "tai/").status_code == status


def test_the_list_goes_on_over_pages_with_the_whole_number_of_each_group(commune, lan):
    for _ in range(55):
        sent(commune)
    first, second = lan.get(DESK), lan.get(DESK + "?page=2")
    assert [(group.total, len(group.rows)) for group in first.context["groups"]] == [(55, 50)]
    assert [(group.total, len(group.rows)) for group in second.context["groups"]] == [(55, 5)]


def test_what_waits_for_others_stands_last_and_is_not_late(commune, lan):
    case, other = sent(commune, later(days=-10)), sent(commune)
    handling.ask_more(case, commune.lan, account("x"), "Xin nói rõ.", later(days=-9))
    groups = lan.get(DESK).context["groups"]
    assert [str(group.title) for group in groups] == ["This week", "Waiting for others"]
    assert [row.case for group in groups for row in group.rows] == [other, case]
    assert other.state == State.NEW


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Đèn đường ngõ 4 tắt ba hôm nay", "den duong ngo 4 bi tat", True),
        ("Rác chợ chưa ai lấy", "Rác ở chợ mấy hôm chưa lấy", True),
        ("Đèn đường ngõ 4 tắt", "Xin hỏi giấy khai sinh cho cháu", False),
        ("", "Rác chợ", False),
    ],
)
def test_texts_that_say_much_the_same_are_told_from_those_that_do_not(one, other, is_alike):
    assert (share(terms(one), terms(other)) >= ALIKE) == is_alike


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("Chào {name}, phiếu {code}", False),
        ("Chào {ten}", True),
        ("Chào {name", True),
        ("Chào name}", True),
        ("Không có gì để điền", False),
        ("{{name}}", True),
        ("{}", True),
    ],
)
def test_a_template_with_a_placeholder_nobody_can_fill_is_refused(db, text, is_refused):
    assert bool(fault(text)) == is_refused
    errors = {}
    try:
        ReplyTemplate(title="Mẫu", text=text).full_clean()
    except Exception as error:
        errors = error.message_dict
    assert ("text" in errors) == is_refused


def test_what_is_filled_in_is_never_filled_in_again():
    assert fill("Chào {name}, {code}", {"name": "{code}", "code": "GD"}) == "Chào {code}, GD"
    assert fill("{name} {la}", {"name": ""}) == "{name} {la}"


@pytest.mark.parametrize(
    "text",
    [
        "Đã nhận.",
        "đã tiếp nhận",
        "Da nhan duoc phan anh cua ba con, xin cam on!",
        "Kính gửi ông/bà, UBND xã đã tiếp nhận ý kiến. Trân trọng.",
        "OK",
        "Đã xử lý xong",
        "Đã chuyển bộ phận chuyên môn.",
        "Theo quy định của pháp luật.",
        "Chúng tôi sẽ xem xét và trả lời sau trong thời gian sớm nhất.",
        "Your question has been received. Thank you.",
        "...",
    ],
)
def test_words_of_having_received_it_are_no_answer(text):
    assert plain_answer.fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bệnh viện cấp thì bệnh viện sửa.",
        "Mời bà con đến quầy 1 sáng thứ Hai, mang giấy chứng sinh.",
        "Đèn ngõ 4 đã thay bóng chiều 25/11.",
        "Xã đã nhận. Ngày mai tổ điện đến sửa, xong trước 17 giờ.",
        "The street light was replaced on 25 November.",
    ],
)
def test_a_short_but_real_answer_passes(text):
    assert plain_answer.fault(text) == ""


def test_the_question_itself_is_no_answer():
    question = "Giấy chứng sinh ghi sai tên đệm của mẹ thì làm sao?"
    assert plain_answer.fault(question.upper(), question)
