"""Staff write down for somebody what they were told: the resident's own form, promise and slip, at the desk."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback import tokens
from feedback.models import Case, CaseEvent, Consent
from gandan.worktime import VIETNAM
from home.models import Official
from tests.unit import attachment_world
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, send_away, sent, signed_in

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/ghi-nhan/"
NOON = MONDAY.replace(hour=11, minute=0)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def commune():
    with time_machine.travel(NOON, tick=False):
        yield found_commune()


@pytest.fixture
def hoa(commune):
    return signed_in(account("hoa", commune.hoa))


def values(**changes):
    return {
        "kind": "question",
        "source": "phone",
        "told_at": "2026-11-23T09:14",
        "topic": "ho-tich",
        "area": "",
        "text": WORDS,
        "language": "vi",
        "token": tokens.new_form_token(NOON),
    } | changes


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_the_desk_leads_to_the_form_and_the_form_to_a_slip_to_print(hoa):
    assert DESK in hoa.get("/ban-lam-viec/").content.decode()
    response = hoa.post(DESK, values(), follow=True)

    assert "data-case-code" in response.content.decode()
    assert "data-case-pin" in response.content.decode()
    assert DESK in response.content.decode()


def test_the_case_tells_how_it_reached_us_who_wrote_it_down_and_when_it_was_told(commune, hoa):
    assert hoa.post(DESK, values()).status_code == 303

    case = Case.objects.get()
    assert (case.source, case.official, case.text) == ("phone", commune.lan, WORDS)
    assert case.sent_at == case.received_at == MONDAY
    received = case.events.get(kind=CaseEvent.Kind.RECEIVED)
    assert (received.actor.username, received.at) == ("hoa", NOON)


def test_the_promise_counts_from_when_it_was_told_not_from_when_it_was_written_down(commune, hoa):
    hoa.post(DESK, values(told_at="2026-11-20T09:00", source="letter"))
    told_friday = Case.objects.get()
    told_today = sent(commune, NOON)

    assert told_friday.due_at < told_today.due_at


@pytest.mark.parametrize("source", ["counter", "phone", "session", "voters", "dialogue", "letter"])
def test_every_way_of_telling_can_be_noted(hoa, source):
    known = dict(Case.Source.choices)
    assert source in known, known
    assert hoa.post(DESK, values(source=source)).status_code == 303


@pytest.mark.parametrize("source", ["", "web", "open311", "pigeon"])
def test_no_other_way_is_believed(hoa, source):
    assert "data-form-error" in hoa.post(DESK, values(source=source)).content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("", "when it was told"),
        ("yesterday", "23/11/2026"),
        ("2026-11-23T12:00", "future"),
        ("2026-10-01T09:00", "30 days"),
        ("99999-01-01T00:00", "23/11/2026"),
    ],
)
def test_a_moment_that_cannot_be_is_answered_with_a_sentence_and_keeps_the_words(
    commune, hoa, told, sentence
):
    page = hoa.post(f"/en{DESK}", values(told_at=told))

    assert sentence in said(page)
    assert WORDS in said(page)
    assert not Case.objects.exists()


def test_the_moment_may_be_typed_as_people_write_it(hoa):
    assert hoa.post(DESK, values(told_at="23/11/2026 09:14")).status_code == 303
    assert Case.objects.get().sent_at == MONDAY.astimezone(VIETNAM)


def test_before_anything_is_kept_the_page_says_who_answers_and_by_when(commune, hoa):
    page = said(hoa.post(f"/en{DESK}", values(preview="1", told_at="2026-11-23T09:14")))

    assert "Nguyễn Thị Lan" in page
    assert "16:00 Friday 27/11" in page
    assert not Case.objects.exists()


def test_a_number_of_a_card_is_caught_here_too_and_hidden_in_one_tap(hoa):
    page = hoa.post(f"/en{DESK}", values(text="Căn cước 001099012345 bị sai"))
    assert "data-form-error" in page.content.decode()
    masked = hoa.post(f"/en{DESK}", values(text="Căn cước 001099012345 bị sai", mask="1"))
    assert "001099012345" not in masked.content.decode()
    assert not Case.objects.exists()


def test_words_of_a_denunciation_are_led_to_the_right_door(hoa):
    page = hoa.post(DESK, values(text="Tôi tố cáo ông trưởng thôn nhận hối lộ."))

    assert "data-form-error" in page.content.decode()
    assert not Case.objects.exists()


def test_contact_is_kept_only_with_the_consent_and_how_it_was_given(commune, hoa):
    assert "data-form-error" in hoa.post(DESK, values(phone="0912 345 678")).content.decode()
    hoa.post(DESK, values(phone="0912 345 678", consent_contact="on", consent_how="signed"))

    consent = Case.objects.get().consents.get()
    assert consent.how == Consent.How.SIGNED


def test_a_double_click_or_the_back_button_make_one_case(hoa):
    form = values()
    first, second = hoa.post(DESK, form), hoa.post(DESK, form | {"text": "Khác"})

    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1


def test_a_paper_of_the_resident_goes_with_it(hoa):
    letter = SimpleUploadedFile("thu.pdf", attachment_world.pdf(1), "application/pdf")
    hoa.post(DESK, values(source="letter") | {"files": [letter]})

    assert Case.objects.get().files.get().kind == "pdf"


def test_with_nobody_to_answer_the_words_stay_on_the_page(commune, hoa):
    send_away(*Official.objects.all())
    page = hoa.post(DESK, values())

    assert "data-form-error" in page.content.decode()
    assert WORDS in page.content.decode()


def test_only_who_has_the_desk_writes_down(client, commune):
    assert client.get(DESK).status_code == 302
    assert client.post(DESK, values()).status_code == 302
    assert signed_in(account("khach")).post(DESK, values()).status_code == 403
    assert not Case.objects.exists()


def test_a_remark_about_a_colleague_goes_to_the_leader_and_is_not_shown_to_them(commune, hoa):
    assert hoa.post(DESK, values(kind="conduct", about="dung")).status_code == 303

    case = Case.objects.get()
    assert (case.kind, case.about, case.official) == ("conduct", commune.dung, commune.minh)
    assert signed_in(account("dung", commune.dung)).get(f"/ban-lam-viec/{case.code}/").status_code == 404


@pytest.mark.parametrize("about", ["hoa", "lan", "binh"])
def test_nobody_takes_down_a_remark_they_may_not_read(commune, hoa, about):
    """About herself, about whom she stands in for, about the head of her unit."""
    page = hoa.post(f"/en{DESK}", values(kind="conduct", about=about))

    assert "use the form of the site" in said(page)
    assert not Case.objects.exists()


def test_a_resident_may_say_whom_a_remark_is_about_and_it_never_reaches_that_person(client, commune):
    with time_machine.travel(NOON, tick=False):
        page = client.get("/phan-anh/gop-y/?loai=conduct").content.decode()
        assert 'name="about"' in page
        form = {"kind": "conduct", "topic": "ho-tich", "text": WORDS, "about": "minh"}
        token = tokens.new_form_token(NOON - timedelta(minutes=5))
        assert client.post("/phan-anh/gop-y/", form | {"token": token}).status_code == 303

    case = Case.objects.get()
    assert (case.about, case.official) == (commune.minh, commune.thao)
    assert 'name="about"' not in client.get("/phan-anh/gop-y/?loai=report").content.decode()


def test_the_promise_for_a_remark_about_the_leader_names_who_reads_it_instead(client, commune):
    with time_machine.travel(NOON, tick=False):
        form = {"kind": "conduct", "topic": "ho-tich", "text": WORDS, "about": "minh", "preview": "1"}
        page = said(client.post("/en/phan-anh/gop-y/", form | {"token": tokens.new_form_token(NOON)}))

    assert "Vũ Thị Thảo" in page
    assert "never the person it is about" in page
    assert "the coordinator and the leader" not in page


def test_an_official_nobody_knows_is_answered_with_a_sentence(client, commune):
    with time_machine.travel(NOON, tick=False):
        form = {"kind": "conduct", "topic": "ho-tich", "text": WORDS, "about": "nobody"}
        page = client.post("/phan-anh/gop-y/", form | {"token": tokens.new_form_token(later(minutes=-5))})

    assert "data-form-error" in page.content.decode()
    assert WORDS in page.content.decode()
