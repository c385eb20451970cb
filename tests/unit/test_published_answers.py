"""Answers for everybody: nothing of a person in them, public only after a second pair of eyes, found where one looks."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from feedback import handling, publishing
from feedback.models import Kind, PublishedAnswer, Topic
from gandan.search import find
from home.guide_answers import answer_columns, answer_rows
from home.models import Official
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, account, found_commune, later, sent, signed_in

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/ban-lam-viec/", "/phan-anh/tra-loi/"
QUESTION = "Giấy chứng sinh ghi sai tên đệm thì sửa ở đâu?"
ANSWER = "Bệnh viện nào cấp giấy thì bệnh viện ấy sửa; mang căn cước của mẹ và giấy cũ."


@pytest.fixture
def commune():
    empty_cache()
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


@pytest.fixture
def lan(commune):
    return account("lan", commune.lan)


@pytest.fixture
def case(commune, lan):
    found = sent(commune, name="Trần Thị Tư", phone="0912 345 999", email="tu@thu.example")
    handling.answer(found, commune.lan, lan, "Bệnh viện sửa, bà đến quầy 2 nhé.", MONDAY)
    return found


@pytest.fixture
def coordinator(commune):
    return account("dieuphoi", group="coordinator")


def written(user, case, **changes):
    given = {"question": QUESTION, "text": ANSWER, "guide_code": ""} | changes
    return signed_in(user).post(f"{DESK}{case.code}/hoi-dap/", given)


def approved(case, lan, coordinator):
    written(lan, case)
    answer = PublishedAnswer.objects.get()
    publishing.approve(answer, coordinator, answer.written_at, MONDAY)
    answer.refresh_from_db()
    return answer


def test_a_draft_is_read_by_staff_alone_until_a_second_person_approves_it(client, lan, coordinator, case):
    assert written(lan, case).status_code == 302
    answer = PublishedAnswer.objects.get()
    assert client.get(f"{PUBLIC}{answer.key}/").status_code == 404
    assert QUESTION not in client.get(PUBLIC).content.decode()
    shown = signed_in(coordinator).get(f"{DESK}hoi-dap/{answer.key}/")
    read_at = shown.context["read_at"]
    signed_in(coordinator).post(f"{DESK}hoi-dap/{answer.key}/duyet/", {"read_at": read_at})
    assert ANSWER in client.get(f"{PUBLIC}{answer.key}/").content.decode()
    assert QUESTION in client.get(PUBLIC).content.decode()


def test_nobody_approves_what_they_wrote_themselves(coordinator, case):
    written(coordinator, case)
    answer = PublishedAnswer.objects.get()
    address = f"{DESK}hoi-dap/{answer.key}/duyet/"
    signed_in(coordinator).post(address, {"read_at": answer.written_at.isoformat()})
    answer.refresh_from_db()
    assert not answer.is_public
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedAnswer.objects.update(approved_by=coordinator, approved_at=MONDAY)


def test_an_official_cannot_approve(commune, lan, case, coordinator):
    written(coordinator, case)
    answer = PublishedAnswer.objects.get()
    address = f"{DESK}hoi-dap/{answer.key}/duyet/"
    assert signed_in(lan).post(address, {"read_at": answer.written_at.isoformat()}).status_code == 403


def test_a_text_changed_since_it_was_read_is_not_approved(lan, coordinator, case):
    written(lan, case)
    answer = PublishedAnswer.objects.get()
    read_at = answer.written_at.isoformat()
    publishing.rewrite(answer, lan, QUESTION, ANSWER + " Thêm một câu.", "", later(hours=1))
    response = signed_in(coordinator).post(f"{DESK}hoi-dap/{answer.key}/duyet/", {"read_at": read_at})
    assert "has changed this text" in response.content.decode()
    assert not PublishedAnswer.objects.published().exists()


def test_changing_a_public_answer_takes_it_off_until_it_is_approved_again(client, lan, coordinator, case):
    answer = approved(case, lan, coordinator)
    signed_in(lan).post(
        f"{DESK}hoi-dap/{answer.key}/",
        {"question": QUESTION, "text": ANSWER + " Miễn phí.", "guide_code": ""},
    )
    assert client.get(f"{PUBLIC}{answer.key}/").status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "Bà Trần Thị Tư đến bệnh viện tỉnh để sửa giấy chứng sinh.",
        "Ba tran thi tu den benh vien tinh de sua giay chung sinh.",
        "Gọi số 0912.345.999 rồi đến bệnh viện sửa giấy cho cháu.",
        "Gọi số 0987 654 321 rồi đến bệnh viện sửa giấy cho cháu.",
        "Viết thư cho tu@thu.example để được sửa giấy chứng sinh.",
        "Căn cước 001099012345 thì mang đến bệnh viện sửa giấy.",
        "Đã nhận.",
    ],
)
def test_what_points_to_a_person_or_answers_nothing_is_not_published(lan, case, text):
    response = written(lan, case, text=text)
    assert "data-form-error" in response.content.decode()
    assert text in response.content.decode()
    assert not PublishedAnswer.objects.exists()


def test_the_phone_of_an_office_may_stand_in_an_answer(commune, lan, case):
    Official.objects.filter(pk=commune.lan.pk).update(office_phone="0203 384 5678")
    written(lan, case, text="Gọi quầy hộ tịch 0203.384.5678 hỏi giờ rồi đến sửa giấy.")
    assert PublishedAnswer.objects.exists()


def test_a_code_without_a_guide_is_said_and_nothing_is_lost(lan, case):
    shown = written(lan, case, guide_code="1.999999").content.decode()
    assert "no public guide with this code" in shown
    assert ANSWER in shown


def test_only_answered_questions_can_be_published(commune, lan):
    still_open = sent(commune)
    remark = sent(commune, kind=Kind.PRAISE)
    handling.answer(remark, commune.lan, lan, "Cảm ơn, chúng tôi báo cho cả quầy biết.", MONDAY)
    for case in (still_open, remark):
        assert written(lan, case).status_code == 404


def test_a_public_answer_is_found_and_stands_with_its_guide(lan, coordinator, case):
    answer = approved(case, lan, coordinator)
    found = find("giay chung sinh sai ten dem")
    assert [(hit.kind, hit.url) for hit in found] == [("answer", f"{PUBLIC}{answer.key}/")]
    publishing.take_back(answer)
    assert list(find("giay chung sinh sai ten dem")) == []


def test_a_guide_shows_the_public_answers_of_its_code_alone(lan, coordinator, case):
    answer = approved(case, lan, coordinator)
    answer.guide_code = "1.001193"
    answer.save()
    assert [row.title for row in _about("1.001193")] == [QUESTION]
    assert _about("1.000894") == []
    publishing.take_back(answer)
    assert _about("1.001193") == []


def _about(code):
    """As the statement of a guide's page asks for them."""
    return answer_rows(Topic.objects.annotate(**answer_columns(code)).values(*answer_columns(code)).first())


def test_the_public_list_sets_no_cookie_and_goes_by_topic(client, commune, lan, coordinator, case):
    approved(case, lan, coordinator)
    response = client.get(PUBLIC + "?linh-vuc=khong-co")
    assert not response.cookies
    assert QUESTION in response.content.decode()
