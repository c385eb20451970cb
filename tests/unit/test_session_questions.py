"""A question nobody at the session could answer becomes a case; the session keeps its code alone."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client

from feedback.models import Case, CaseText, RoutingRule, Topic
from gandan import questions
from gandan.questions import NotTaken, Question
from guides.models import SessionQuestion
from home.models import Official
from tests.unit import tally_world
from tests.unit.tally_world import DAY, EVENING, session

pytestmark = pytest.mark.django_db
world, evening = tally_world.world, tally_world.evening
TEXT = "Bà tôi mất sổ đỏ từ năm 1998 thì làm lại ở đâu?"


@pytest.fixture(autouse=True)
def _topics(db, world):
    lan = Official.objects.get(key="lan")
    topic = Topic.objects.create(key="dat-dai", name="Đất đai", unit=lan.unit, kinds=["question"])
    Topic.objects.create(key="khieu-nai", name="Chỉ góp ý", unit=lan.unit, kinds=["report"])
    RoutingRule.objects.create(order=1, topic=topic, unit=lan.unit, official=lan)
    with time_machine.travel(EVENING, tick=False):
        yield


def at(name, people) -> Client:
    client = Client()
    client.force_login(people[name])
    return client


def room(of) -> str:
    return f"/tinh-nguyen/buoi/{of.pk}/cau-hoi/"


def shown(client, of) -> BeautifulSoup:
    return BeautifulSoup(client.get(room(of)).content, "html.parser")


def ask(client, of, **fields):
    token = shown(client, of).find("input", attrs={"name": "token"})["value"]
    return client.post(room(of), {"token": token, "topic": "dat-dai", "text": TEXT, **fields})


def test_the_person_leaves_with_a_slip_and_the_official_has_a_case(evening):
    of, people = evening
    answer = ask(at("tam", people), of)
    assert answer.status_code == 303
    slip = BeautifulSoup(Client().get(answer["Location"]).content, "html.parser")
    case = Case.objects.get()
    assert slip.find(attrs={"data-case-code": case.code})
    assert len(slip.find(attrs={"data-case-pin": True})["data-case-pin"]) == 6
    assert (case.source, case.official.key, case.text) == ("session", "lan", TEXT)
    assert list(of.questions.values_list("code", flat=True)) == [case.code]


def test_before_sending_the_page_says_who_answers_and_by_when(evening):
    of, people = evening
    words = shown(at("tam", people), of).find(id="id_topic").text
    assert "Nguyễn Thị Lan" in words
    assert "30/11" in words  # received on the 25th, since the 24th is a holiday; three working days
    assert "Chỉ góp ý" not in words


def test_the_same_form_sent_again_is_the_same_case(evening):
    of, people = evening
    client = at("tam", people)
    token = shown(client, of).find("input", attrs={"name": "token"})["value"]
    places = {
        client.post(room(of), {"token": token, "topic": "dat-dai", "text": TEXT})["Location"]
        for _ in range(3)
    }
    assert len(places) == Case.objects.count() == SessionQuestion.objects.count() == 1


def test_no_word_of_the_asker_is_kept_outside_the_case(evening):
    of, people = evening
    contact = {"name": "Cụ Năm", "phone": "0912 000 111", "consent_contact": "on"}
    ask(at("tam", people), of, **contact)
    assert {words.text for words in CaseText.objects.all()} == {TEXT, "Cụ Năm", "0912 000 111"}
    for model in apps.get_app_config("guides").get_models():
        for row in model.objects.values():
            assert not any(secret in str(row) for secret in (TEXT, "Cụ Năm", "0912 000 111"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "Căn cước của bà là 030012345678"}, "text"),
        ({"text": ""}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"topic": ""}, "topic"),
        ({"topic": "khieu-nai"}, "topic"),
        ({"topic": "dat-dai", "phone": "12"}, "phone"),
        ({"name": "Cụ Năm"}, "consent_contact"),
        ({"area": "nowhere"}, "area"),
        ({"email": "x", "consent_contact": "on"}, "email"),
    ],
    ids=str,
)
def test_the_rules_are_those_of_the_public_form_and_nothing_typed_is_lost(evening, fields, field):
    of, people = evening
    answer = ask(at("tam", people), of, **fields)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert page.find(attrs={"data-form-error": True})
    typed = {"text": TEXT, **fields}["text"]
    assert page.find("textarea").text.strip() == typed
    assert not Case.objects.exists()
    assert not SessionQuestion.objects.exists()


def test_an_identity_number_is_hidden_with_one_tap(evening):
    of, people = evening
    client = at("tam", people)
    caught = BeautifulSoup(ask(client, of, text="Căn cước 030012345678 của bà").content, "html.parser")
    token = caught.find("input", attrs={"name": "token"})["value"]
    assert caught.find("button", attrs={"name": "mask"})
    sent = {"token": token, "topic": "dat-dai", "text": "Căn cước 030012345678 của bà", "mask": "1"}
    masked = BeautifulSoup(client.post(room(of), sent).content, "html.parser")
    assert "••78" in masked.find("textarea").text
    assert not masked.find(attrs={"data-form-error": True})
    assert masked.find("input", attrs={"name": "token"})["value"] == token


@pytest.mark.parametrize("token", ["", "x", "\0"])
def test_a_form_of_no_origin_is_not_taken_and_gets_a_fresh_token(evening, token):
    of, people = evening
    answer = at("tam", people).post(room(of), {"token": token, "topic": "dat-dai", "text": TEXT})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert page.find("input", attrs={"name": "token"})["value"] not in ("", "x")
    assert page.find("textarea").text.strip() == TEXT
    assert not Case.objects.exists()


def test_when_nobody_is_there_for_a_topic_the_page_says_so_and_stores_nothing(evening):
    of, people = evening
    Official.objects.update(is_away=True)
    answer = ask(at("tam", people), of)
    assert "topic" in answer.context["form"].errors
    assert not Case.objects.exists()


def test_no_question_is_taken_for_a_session_that_has_not_begun(evening):
    _of, people = evening
    ahead = session(DAY.replace(day=28))
    answer = at("sen", people).post(room(ahead), {"topic": "dat-dai", "text": TEXT})
    assert answer.status_code == 200
    assert not Case.objects.exists()


def test_the_seam_takes_plain_words_and_gives_a_receipt(evening):
    taker = questions.taker()
    asked = Question(token=taker.offer(EVENING).token, topic="dat-dai", text=TEXT)
    receipt = taker.take(asked, EVENING)
    assert taker.take(asked, EVENING) == receipt
    assert taker.unanswered([receipt.code, "GD-2222-2222-2222-2"]) == {receipt.code}
    assert receipt.slip_url.startswith("/phan-anh/phieu/")
    Case.objects.update(state="answered")
    assert taker.unanswered([receipt.code]) == set()
    with pytest.raises(NotTaken):
        taker.take(Question(token="", topic="dat-dai", text=TEXT), EVENING)
