"""What a resident may do by code and PIN: see, correct, withdraw, delete, take a copy."""

import json
import re

import pytest
import time_machine
from django.utils import translation

from feedback import consents, handling, tokens
from feedback.forms import AskForm
from feedback.models import Case, CaseEvent, CaseText, Consent, State
from feedback.tokens import STAYS_OPEN
from gandan.models import Outbox
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
HERE = "/en/phan-anh/tra-cuu/cua-toi/"
ANSWER = "Bệnh viện cấp thì bệnh viện sửa."


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
    empty_cache()


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def case(commune):
    return sent(commune, name="Bà Tư", phone="0912 345 678", email="batu@thu.example")


@pytest.fixture
def do(client, case):
    """Does one step on the opened case and returns the page."""

    def step(what="", at=MONDAY, address=HERE, **fields):
        with time_machine.travel(at, tick=False):
            opened = fields.pop("opened", None) or tokens.opened_token(case.pk)
            return client.post(address, {"opened": opened, "do": what, **fields})

    return step


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def told(case, kind):
    return case.events.filter(kind=kind).count()


def test_code_and_pin_lead_to_what_the_commune_holds(client, case):
    with time_machine.travel(MONDAY, tick=False):
        opened = client.post(
            "/en/phan-anh/tra-cuu/", {"code": case.code, "pin": tokens.pin_of(case.token_nonce)}
        )
        token = re.search(r'name="opened" value="([^"]+)"', page(opened))[1]
        shown = client.post(HERE, {"opened": token})
    assert WORDS in page(shown)
    assert "0912 345 678" in page(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    assert not shown.cookies


def test_the_code_alone_leads_nowhere(client, case):
    with time_machine.travel(MONDAY, tick=False):
        shown = page(client.post("/en/phan-anh/tra-cuu/", {"code": case.code}))
    assert "opened" not in shown


def test_an_hour_later_the_case_is_shut_and_the_typed_words_are_kept(do, case):
    with time_machine.travel(MONDAY, tick=False):
        token = tokens.opened_token(case.pk)
    answer = page(do("words", at=MONDAY + STAYS_OPEN * 1.1, opened=token, text="Chữ tôi vừa gõ"))
    assert "Chữ tôi vừa gõ" in answer
    assert "data-form-error" in answer
    assert WORDS not in answer
    assert case.text == WORDS


@pytest.mark.parametrize("token", ["", "1", "1:x:y", "\x00"])
def test_nobody_gets_in_with_a_made_up_token(client, case, token):
    for address in (HERE, "/en/phan-anh/tra-cuu/cua-toi.json"):
        answer = client.post(address, {"opened": token, "do": "delete", "sure": "on"})
        assert WORDS not in page(answer)
    assert Case.objects.get().text == WORDS


def test_a_vote_or_receipt_token_opens_no_case(client, case):
    for token in (tokens.vote_token(case.pk), tokens.receipt_token(str(case.pk))):
        assert WORDS not in page(client.post(HERE, {"opened": token}))


def test_words_may_be_corrected_until_the_answer_and_the_official_hears_of_it(do, commune, case):
    assert "corrected" in page(do("words", text="Tên đệm của mẹ là Thị"))
    assert case.text == "Tên đệm của mẹ là Thị"
    assert case.words.filter(role=CaseText.Role.QUESTION).count() == 1
    assert told(case, CaseEvent.Kind.CORRECTED) == 1
    assert Outbox.objects.filter(key__contains="-corrected-").count() == 1
    handling.answer(case, commune.lan, account("lan", commune.lan), ANSWER, later(hours=1))
    answer = page(do("words", at=later(hours=1), text="Muộn rồi"))
    assert "data-form-error" in answer
    assert case.text == "Tên đệm của mẹ là Thị"


def test_an_identity_number_is_caught_in_a_correction_too(do, case):
    assert "identity or card number" in page(do("words", text="CCCD 012345678901"))
    assert case.text == WORDS


def test_contact_may_be_corrected_with_consent(do, case):
    assert "data-form-error" in page(do("contact", phone="0987 654 321"))
    page(do("contact", phone="0987 654 321", consent_contact="on"))
    assert {words.text for words in case.words.exclude(role=CaseText.Role.QUESTION)} == {"0987 654 321"}


def test_taking_the_consent_back_erases_contact_and_the_mail_on_its_way(do, commune, case):
    handling.answer(case, commune.lan, account("lan", commune.lan), ANSWER, later(hours=1))
    assert Outbox.objects.filter(key__contains="answered").count() == 1
    page(do("consent", at=later(hours=2)))
    assert not case.words.filter(role__in=CaseText.CONTACT_ROLES).exists()
    assert not Outbox.objects.filter(key__contains="answered").exists()
    assert Outbox.objects.filter(key__contains="assigned").exists()
    given = Consent.objects.get()
    assert (given.given_at, given.withdrawn_at) == (MONDAY, later(hours=2))
    case.refresh_from_db()
    assert case.contact_consent_at is None
    assert case.text == WORDS


def test_an_open_case_may_be_withdrawn(do, case):
    page(do("withdraw"))
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert case.withdrawn_at == MONDAY
    assert case.text == WORDS
    assert "data-form-error" in page(do("withdraw"))


def test_deleting_asks_once_more_and_then_leaves_states_and_dates_alone(do, case):
    handling.add_note(case, account("lan"), "Đã gọi cho bà Tư", MONDAY)
    assert "data-form-error" in page(do("delete"))
    assert case.words.exists()
    shown = page(do("delete", sure="on", at=later(hours=1)))
    assert "deleted" in shown
    assert not case.words.exists()
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert told(case, CaseEvent.Kind.DELETED) == 1
    assert case.due_at
    page(do("delete", sure="on", at=later(hours=1)))
    assert told(case, CaseEvent.Kind.DELETED) == 1


def test_the_copy_holds_everything_but_the_notes_of_officials(do, commune, case):
    lan = account("lan", commune.lan)
    handling.add_note(case, lan, "Đã gọi cho bà Tư", MONDAY)
    handling.note_look(case, lan, later(minutes=5))
    handling.answer(case, commune.lan, lan, ANSWER, later(hours=1))
    answer = do(at=later(hours=2), address="/en/phan-anh/tra-cuu/cua-toi.json")
    held = json.loads(answer.content)
    assert held["contact"] == {"name": "Bà Tư", "phone": "0912 345 678", "email": "batu@thu.example"}
    assert [words["text"] for words in held["words"]] == [WORDS, ANSWER]
    assert held["looked_at_by_staff"] == ["2026-11-23T09:19:00+07:00"]
    assert "cho bà Tư" not in answer.content.decode()
    assert held["consents"][0]["version"] == 1
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert told(case, CaseEvent.Kind.DATA_GIVEN) == 1


def test_no_contact_no_consent(commune):
    sent(commune)
    assert not Consent.objects.exists()


def test_a_consent_keeps_the_words_as_they_were_read(commune):
    sent(commune, phone="0912 345 678", language="vi")
    given = Consent.objects.get()
    with translation.override("en"):
        assert consents.words_of(given).startswith("Tôi đồng ý")


def test_the_form_shows_the_present_version_of_the_words():
    present = consents.WORDINGS[Consent.Purpose.CONTACT][consents.present_version(Consent.Purpose.CONTACT)]
    assert AskForm.base_fields["consent_contact"].label == present
