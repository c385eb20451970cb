"""The second step of signing in: an authenticator app, required of staff unless the settings only offer it."""

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from home.models import User
from tests.empty_cache import empty_cache
from tests.unit.staff_world import PASSWORD, found_commune

ACTIVATE = "/tai-khoan/2fa/totp/activate/"
ROOMS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/ban-lam-viec/",
    "/en/ban-lam-viec/",
    "/ban-lam-viec/GD-1/",
    "/buoi-ho-tro/1/bo-in/",
    "/ar/buoi-ho-tro/1/bo-in/",
    "/tinh-nguyen/",
    "/ar/tinh-nguyen/dieu-phoi/",
]


@pytest.fixture
def people(db):
    empty_cache()
    return found_commune()


@pytest.fixture
def required(settings):
    settings.STAFF_TWO_FACTOR = "required"


def code_for(secret: str, at: float) -> str:
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def sign_in(person: User, address: str = "10.1.0.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    client.post("/tai-khoan/login/", {"login": person.username, "password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Sets up an app on the page; returns its secret."""
    page = client.get(ACTIVATE).content.decode()
    secret = "".join(re.search(r'<p class="code">(?:<bdi[^>]*>)?([A-Z2-7 ]+)', page)[1].split())
    answer = client.post(ACTIVATE, {"code": code_for(secret, time.time())})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("person", ["administrator", "editor", "official", "coordinator"])
def test_without_an_app_every_room_for_staff_leads_to_setting_it_up(people, person, room):
    answer = sign_in(people[person]).get(room)
    assert answer.status_code == 302
    assert answer.headers["Location"] == ACTIVATE


@pytest.mark.usefixtures("required")
def test_without_an_app_nothing_can_be_sent_to_a_room_for_staff_either(people):
    assert sign_in(people["administrator"]).post("/admin/users/add/", {}).headers["Location"] == ACTIVATE


@pytest.mark.usefixtures("required")
def test_the_page_that_sets_it_up_the_way_out_and_public_pages_stay_open(people):
    client = sign_in(people["editor"])
    for path in (ACTIVATE, "/tai-khoan/2fa/", "/tai-khoan/logout/", "/tai-khoan/password/change/", "/"):
        assert client.get(path).status_code == 200, path


@pytest.mark.usefixtures("required")
def test_with_an_app_the_rooms_open_and_the_recovery_codes_are_shown(people):
    client = sign_in(people["editor"])
    set_up(client)
    assert client.get("/admin/").status_code == 200
    assert (
        len(set(re.findall(r"\b\d{8}\b", client.get(reverse("mfa_view_recovery_codes")).content.decode())))
        == 10
    )


def test_where_it_is_only_offered_the_rooms_open_without_it(people):
    assert sign_in(people["editor"]).get("/admin/").status_code == 200


def test_the_password_alone_does_not_open_an_account_that_has_an_app(people):
    set_up(sign_in(people["editor"]))
    client = sign_in(people["editor"])
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").headers["Location"].startswith("/tai-khoan/login/")
    answer = client.post("/tai-khoan/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_password_and_code_open(people):
    secret = set_up(sign_in(people["editor"]))
    empty_cache()  # a code is taken once
    client = sign_in(people["editor"])
    answer = client.post("/tai-khoan/2fa/authenticate/", {"code": code_for(secret, time.time())})
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_a_code_opens_only_once(people):
    secret = set_up(sign_in(people["editor"]))
    empty_cache()
    code = code_for(secret, time.time())
    first, second = sign_in(people["editor"]), sign_in(people["editor"])
    first.post("/tai-khoan/2fa/authenticate/", {"code": code})
    second.post("/tai-khoan/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_opens_once(people):
    client = sign_in(people["editor"])
    set_up(client)
    recovery = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    first, second = sign_in(people["editor"]), sign_in(people["editor"])
    first.post("/tai-khoan/2fa/authenticate/", {"code": recovery})
    second.post("/tai-khoan/2fa/authenticate/", {"code": recovery})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_guessing_codes_is_stopped_after_a_few(people):
    secret = set_up(sign_in(people["editor"]))
    client = sign_in(people["editor"])
    for number in range(50):
        client.post("/tai-khoan/2fa/authenticate/", {"code": f"{number:06d}"})
    client.post("/tai-khoan/2fa/authenticate/", {"code": code_for(secret, time.time() + 30)})
    assert "_auth_user_id" not in client.session


def test_the_secret_lies_encrypted_in_the_database(people):
    secret = set_up(sign_in(people["editor"]))
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))


@pytest.mark.usefixtures("required")
def test_taking_the_app_away_closes_the_rooms_again(people):
    client = sign_in(people["editor"])
    set_up(client)
    client.post("/tai-khoan/2fa/totp/deactivate/")
    assert client.get("/admin/").headers["Location"] == ACTIVATE


def test_a_volunteer_may_set_up_an_app_too(people):
    client = sign_in(people["volunteer"])
    set_up(client)
    assert Authenticator.objects.filter(user=people["volunteer"], type=Authenticator.Type.TOTP).exists()
