import itertools
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gandan import sign_in as sign_in_rules
from home.models import User
from tests.empty_cache import empty_cache

PASSWORD = "ba-con-cô-bác-2026"
LOGIN = "/tai-khoan/login/"


@pytest.fixture
def lan(db) -> User:
    empty_cache()
    return User.objects.create_user("lan", email="lan@huongdong.example", password=PASSWORD)


def sign_in(client: Client, login: str, password: str, address: str = "10.1.0.1", **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more}, REMOTE_ADDR=address)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens(lan, client):
    assert sign_in(client, "lan", PASSWORD).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(lan, client):
    wrong = sign_in(client, "lan", "sai").content.decode()
    unknown = sign_in(client, "khong-co", "sai", "10.1.0.2").content.decode().replace("khong-co", "lan")

    def plain(html: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)

    assert "data-form-error" in wrong
    assert plain(wrong) == plain(unknown)


def refusals(answer) -> list[str]:
    """Codes of what the form says; the page for too many requests counts as one."""
    if answer.status_code == 429:
        return ["429"]
    form = answer.context["form"] if answer.context else None
    return [error.code for errors in (form.errors.as_data() if form else {}).values() for error in errors]


@time_machine.travel(
    datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False
)  # a slow machine must not outwait a limit
def test_hundreds_of_wrong_passwords_from_one_place_are_stopped_and_the_owner_still_gets_in(lan):
    answers = [refusals(sign_in(Client(), "lan", f"sai-{n}", "10.6.6.6")) for n in range(200)]
    assert answers.count(["username_password_mismatch"]) == 5
    owner = Client()
    sign_in(owner, "lan", PASSWORD, "10.1.0.1")
    assert is_signed_in(owner)


def test_who_mistyped_five_times_gets_in_five_minutes_later(lan):
    with time_machine.travel("2026-11-23 02:00", tick=False) as clock:
        for number in range(5):
            sign_in(Client(), "lan", f"sai-{number}")
        assert refusals(sign_in(Client(), "lan", PASSWORD)) == ["too_many_login_attempts"]
        clock.shift(301)
        late = Client()
        sign_in(late, "lan", PASSWORD)
        assert is_signed_in(late)


def test_many_machines_together_are_bounded_for_one_account(lan, monkeypatch):
    monkeypatch.setitem(sign_in_rules.EVERYWHERE, "sign_in", "20/h/key")
    answers = [
        refusals(sign_in(Client(), "lan", "sai", f"10.{a}.{b}.1"))
        for a, b in itertools.product(range(10), range(3))
    ]
    assert answers.count(["too_many_login_attempts"]) == 10


def test_a_made_up_forwarded_address_does_not_escape_the_limit(lan):
    for number in range(12):
        last = Client().post(
            LOGIN,
            {"login": f"ai-{number}", "password": "sai"},
            headers={"X-Forwarded-For": f"1.2.3.{number}"},
        )
    assert refusals(last) == ["too_many_login_attempts"]


def test_the_page_for_too_many_requests_is_ours_and_says_how_long(lan):
    for _ in range(31):
        answer = sign_in(Client(), "lan", "", "10.7.7.7")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "429.html" in [template.name for template in answer.templates]


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/login/?next=/admin/"])
def test_wagtails_own_sign_in_leads_to_ours_and_opens_nothing(lan, client, address):
    answer = client.post(address, {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)
    assert not is_signed_in(client)


def test_wagtails_password_reset_leads_to_ours(client):
    for address in ("/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-def/"):
        assert client.get(address).headers["Location"] == "/tai-khoan/password/reset/"


def test_the_admins_way_out_signs_out(lan, client):
    client.force_login(lan)
    client.post("/admin/logout/")
    assert not is_signed_in(client)


def test_nobody_makes_an_account(client, db):
    page = client.post("/tai-khoan/signup/", {"username": "khach", "password1": PASSWORD})
    assert page.status_code == 200
    assert not User.objects.filter(username="khach").exists()


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "password/set/", "login/code/confirm/", "3rdparty/"]
)
def test_what_we_do_not_offer_is_not_there(lan, client, path):
    client.force_login(lan)
    assert client.get(f"/tai-khoan/{path}").status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://lua-dao.example/", "//lua-dao.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(lan, client, elsewhere):
    answer = sign_in(client, "lan", PASSWORD, next=elsewhere)
    assert "lua-dao" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(lan, client, mailoutbox):
    answer = client.post(reverse("account_reset_password"), {"email": "lan@huongdong.example"})
    assert answer.status_code == 302
    link = re.search(r"(/tai-khoan/password/reset/key/\S+/)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "hoa-sen-tháng-sáu"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert User.objects.get().check_password(new)
    assert not is_signed_in(client)
    assert Client().get(link, follow=True).context["token_fail"]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(lan, client, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": "lan@huongdong.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "ai-do@huongdong.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("password", ["ngan", "123456789", "lan@huongdong"])
def test_a_weak_password_is_refused_with_a_reason(lan, client, password):
    client.force_login(lan)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert answer.status_code == 200
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_every_page_at_the_door_is_on_our_paper_and_kept_by_nobody(db, client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "allauth/layouts/base.html" in [template.name for template in page.templates]
    assert "base.html" in [template.name for template in page.templates]
