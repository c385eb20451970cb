import re
import unicodedata
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from feedback.forms import MOST_WORDS
from feedback.models import Case, CaseText, Topic
from home.models import Official
from tests.unit.feedback_world import MONDAY, WORDS, form_values, found_commune, later, send_away

pytestmark = pytest.mark.django_db
ASK, REPORT = "/phan-anh/hoi/", "/phan-anh/gop-y/"


@pytest.fixture
def commune():
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


def post(client, path=ASK, **changes):
    return client.post(path, form_values(**changes))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_before_sending_every_topic_says_who_answers_and_by_which_day_and_hour(client, commune):
    page = text_of(client.get("/en/phan-anh/hoi/"))
    assert "Nguyễn Thị Lan · before 16:00 Friday 27/11" in page
    assert "Đỗ Mạnh Hùng · before 16:00 Friday 27/11" in page
    assert "Not counted: Tuesday 24/11" in page
    assert "Vietnam Cultural Day" in page


def test_a_hamlet_with_a_rule_of_its_own_is_named_in_the_promise(client, commune):
    assert "Thôn bai: Trần Văn Bình" in text_of(client.get("/en/phan-anh/hoi/"))
    page = text_of(client.get("/en/phan-anh/hoi/?chu-de=ho-tich&khu-vuc=bai"))
    assert "Trần Văn Bình · before" in page


def test_a_plain_post_of_topic_words_and_token_leads_to_the_slip(client, commune):
    response = post(client)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/phan-anh/phieu/")
    case = Case.objects.get()
    assert (case.text, case.kind, case.official, case.held_for) == (WORDS, "question", commune.lan, "")


@pytest.mark.parametrize("kind", ["report", "suggestion", "praise", "conduct"])
def test_a_remark_is_stored_as_the_kind_it_was_sent_as(client, commune, kind):
    assert post(client, REPORT, kind=kind).status_code == 303
    assert Case.objects.get().kind == kind


def test_a_remark_without_a_kind_is_a_report(client, commune):
    post(client, REPORT)
    assert Case.objects.get().kind == "report"


def test_the_page_for_remarks_about_conduct_promises_the_leader_for_every_topic(client, commune):
    page = text_of(client.get("/en/phan-anh/gop-y/?loai=conduct"))
    assert page.count("Bùi Quang Minh · before") == 2
    assert "not to the person it is about" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": ""},
        {"topic": "khong-co"},
        {"area": "khong-co"},
        {"text": ""},
        {"text": "   \n "},
        {"text": "a" * (MOST_WORDS + 1)},
        {"text": "Căn cước 001099012345 ạ"},
        {"text": "Thẻ 4111 1111 1111 1111"},
        {"text": "Lời \x00 hỏi"},
        {"name": "Bà Tư"},
        {"phone": "0912 345 999"},
        {"email": "ba.tu@thu.example"},
        {"name": "a" * 400, "consent_contact": "on"},
        {"phone": "gọi tôi", "consent_contact": "on"},
        {"email": "khong-phai-thu", "consent_contact": "on"},
        {"email": "a" * 300 + "@thu.example", "consent_contact": "on"},
        {"token": ""},
        {"token": "tự-chế"},
    ],
)
def test_a_form_with_a_mistake_comes_back_with_a_sentence_and_stores_nothing(client, commune, changes):
    response = post(client, **changes)
    assert response.status_code == 200
    assert "data-form-error" in response.content.decode()
    assert not Case.objects.exists()


def test_everything_typed_is_kept_when_a_form_comes_back(client, commune):
    page = post(
        client,
        topic="cu-tru",
        area="bai",
        text="Ở trọ có phải <khai> không?",
        phone="0912 345 999",
        email="sai",
    ).content.decode()
    assert 'value="cu-tru" checked' in page
    assert '<option value="bai" selected>' in page
    assert "Ở trọ có phải &lt;khai&gt; không?" in page
    assert 'value="0912 345 999"' in page
    assert 'value="sai"' in page


def test_an_expired_form_keeps_the_words_and_can_be_sent_at_once(client, commune):
    response = post(client, shown_at=MONDAY - timedelta(days=7, minutes=2))
    page = response.content.decode()
    assert "data-form-error" in page
    assert WORDS in page
    fresh = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert post(client, token=fresh).status_code == 303


def test_a_form_is_good_for_seven_days(client, commune):
    assert post(client, shown_at=MONDAY - timedelta(days=6, hours=23)).status_code == 303


def test_a_double_click_makes_one_case_and_shows_the_same_slip(client, commune):
    values = form_values()
    first, second = (client.post(ASK, values) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1


def test_the_same_form_a_day_later_shows_the_same_code_and_pin(client, commune):
    values = form_values()
    first = slip_of(client, client.post(ASK, values))
    with time_machine.travel(later(days=1), tick=False):
        assert slip_of(client, client.post(ASK, values)) == first


def slip_of(client, response):
    """Code and PIN as the slip shows them."""
    page = client.get(response.headers["Location"]).content.decode()
    return [re.search(rf'{mark}="([^"]+)"', page)[1] for mark in ("data-case-code", "data-case-pin")]


def token_on(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def test_the_back_button_shows_the_form_that_was_sent_and_sending_it_again_shows_the_same_slip(
    client, commune
):
    """A browser goes back to the page it kept, with its token, as long as it may keep it."""
    form = client.get(ASK)
    assert "no-store" not in form.headers["Cache-Control"]
    values = form_values(token=token_on(form))
    slips = [slip_of(client, client.post(ASK, values)) for _ in range(2)]
    assert slips[0] == slips[1]
    assert Case.objects.count() == 1


def test_back_to_the_page_with_a_mistake_after_sending_it_mended_makes_no_second_case(client, commune):
    values = form_values(text="")
    returned = client.post(ASK, values)
    mended = values | {"text": WORDS, "token": token_on(returned)}
    first = slip_of(client, client.post(ASK, mended))
    assert slip_of(client, client.post(ASK, mended)) == first
    assert slip_of(client, client.post(ASK, mended | {"token": values["token"]})) == first
    assert Case.objects.count() == 1


@pytest.mark.parametrize("other_tab", [ASK, "/ar/phan-anh/hoi/", REPORT])
def test_a_form_copied_into_a_second_tab_and_sent_from_both_is_one_case(client, commune, other_tab):
    values = form_values()
    first = slip_of(client, client.post(ASK, values))
    assert slip_of(Client(), Client().post(other_tab, values)) == first
    assert Case.objects.count() == 1


def test_a_form_sent_again_after_a_month_still_finds_its_slip(client, commune):
    values = form_values()
    first = client.post(ASK, values).headers["Location"]
    with time_machine.travel(later(days=30), tick=False):
        assert client.post(ASK, values).headers["Location"] == first


def test_who_changes_the_words_and_sends_the_same_form_again_is_told_that_nothing_new_was_sent(
    client, commune
):
    values = form_values()
    client.post(ASK, values)
    address = client.post(ASK, values | {"text": "Một câu hỏi khác hẳn."}).headers["Location"]
    assert Case.objects.get().text == WORDS
    assert "nothing new was sent" in client.get("/en" + address).content.decode()


@pytest.mark.parametrize(
    ("changes", "held_for"),
    [
        ({}, ""),
        ({"website": "http://spam.example"}, Case.Hold.TRAP),
        ({"shown_at": MONDAY - timedelta(seconds=1)}, Case.Hold.FAST),
    ],
)
def test_what_a_machine_may_have_sent_is_stored_and_held_never_refused(client, commune, changes, held_for):
    assert post(client, **changes).status_code == 303
    assert Case.objects.get().held_for == held_for


def test_the_eleventh_form_of_an_hour_from_one_address_is_stored_and_held(client, commune):
    for _ in range(11):
        assert post(client).status_code == 303
    assert [case.held_for for case in Case.objects.order_by("pk")] == [""] * 10 + [Case.Hold.LIMIT]


def test_contact_is_stored_only_with_consent_which_is_noted(client, commune):
    post(client, name="Bà Tư", phone="0912 345 999", consent_contact="on")
    case = Case.objects.get()
    assert set(case.words.values_list("role", flat=True)) == {"question", "name", "phone"}
    assert case.contact_consent_at == MONDAY


def test_a_topic_that_needs_contact_says_so(client, commune):
    Topic.objects.filter(key="ho-tich").update(allows_anonymous=False)
    assert "data-form-error" in post(client).content.decode()
    assert post(client, phone="0912345999", consent_contact="on").status_code == 303


def test_one_tap_hides_an_identity_number_and_stores_nothing(client, commune):
    page = post(client, text="CCCD 001 099 012 345 của tôi", mask="1").content.decode()
    assert "data-form-error" not in page
    assert "••• ••• ••• •45 của tôi" in page
    assert not Case.objects.exists()


def test_looking_at_the_promise_stores_nothing_and_keeps_words_and_token(client, commune):
    values = form_values(area="bai", preview="1")
    page = client.post(ASK, values).content.decode()
    assert "data-form-error" not in page
    assert WORDS in page
    assert values["token"] in page
    assert "Trần Văn Bình" in page
    assert not Case.objects.exists()


def test_words_typed_in_pieces_are_stored_as_whole_letters(client, commune):
    post(client, text=unicodedata.normalize("NFD", WORDS))
    assert Case.objects.get().text == WORDS


def test_halves_of_letters_sent_in_a_strange_encoding_do_no_harm(client, commune):
    fields = form_values(text="a\\ud800b")
    parts = [f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    body = "".join([*parts, "--x--\r\n"])
    response = client.generic(
        "POST", ASK, body, content_type="multipart/form-data; boundary=x; charset=unicode_escape"
    )
    assert response.status_code == 200
    assert "data-form-error" in response.content.decode()


def test_with_everyone_away_the_words_come_back_with_a_phone_to_call(client, commune):
    send_away(*Official.objects.all())
    page = post(client).content.decode()
    assert "data-form-error" in page
    assert WORDS in page
    assert not Case.objects.exists()


def test_a_closed_topic_is_not_offered(client, commune):
    Topic.objects.filter(key="cu-tru").update(is_open=False)
    assert 'value="cu-tru"' not in client.get(ASK).content.decode()
    assert "data-form-error" in post(client, topic="cu-tru").content.decode()


def test_the_page_somebody_asked_from_is_remembered(client, commune):
    page = client.get(ASK + "?tu=/huong-dan/thu-tuc/khai-sinh/").content.decode()
    post(client, token=re.search(r'name="token" value="([^"]+)"', page)[1])
    assert Case.objects.get().page_path == "/huong-dan/thu-tuc/khai-sinh/"


def test_an_address_of_another_site_is_not_remembered(client, commune):
    page = client.get(ASK + "?tu=//la.example/x").content.decode()
    post(client, token=re.search(r'name="token" value="([^"]+)"', page)[1])
    assert Case.objects.get().page_path == ""


@pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
@pytest.mark.parametrize("page", ["", "hoi/", "gop-y/", "khieu-nai/", "to-cao/", "tra-cuu/"])
def test_residents_pages_set_no_cookie_and_do_not_vary_by_one(client, commune, prefix, page):
    response = client.get(f"{prefix}/phan-anh/{page}")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_no_shared_cache_may_keep_a_form_with_its_token(client, commune):
    assert "private" in client.get(ASK).headers["Cache-Control"]


def test_sending_needs_no_cookie_and_no_guard_of_a_session(commune):
    assert post(Client(enforce_csrf_checks=True)).status_code == 303


@pytest.mark.parametrize("page", ["khieu-nai/", "to-cao/"])
def test_complaint_and_denunciation_take_no_text_at_all(client, commune, page):
    shown = client.get(f"/phan-anh/{page}").content.decode()
    assert "<textarea" not in shown
    assert "<form" not in shown
    assert client.post(f"/phan-anh/{page}", {"text": WORDS}).status_code == 405


def test_the_form_asks_the_database_the_same_few_questions_with_many_topics(
    client, commune, django_assert_max_num_queries
):
    for number in range(12):
        Topic.objects.create(key=f"t{number}", name="Việc", unit=commune.centre, kinds=["question"])
    client.get(ASK)  # what a process looks up once
    with django_assert_max_num_queries(10):
        client.get(ASK)


class AnyForm(TestCase):
    """Whatever is posted, the answer is a page or a slip, never an error of ours."""

    def setUp(self):
        found_commune()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
                for name in ("topic", "area", "kind", "text", "name", "phone", "email", "token", "website")
            },
        ),
        st.sampled_from([ASK, REPORT, "/ar/phan-anh/hoi/", "/phan-anh/tra-cuu/"]),
    )
    def test_no_form_however_strange_breaks_the_site(self, values, path):
        response = Client().post(path, values)
        assert response.status_code in (200, 303, 429)
        assert urlsplit(response.headers.get("Location", "")).netloc == ""


def test_a_name_is_kept_in_one_spelling(client, commune):
    post(client, name="  Nguyễn   Thị  Tư ", consent_contact="on")
    assert CaseText.objects.get(role="name").text == "Nguyễn Thị Tư"
