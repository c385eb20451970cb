"""The leader sees who looked at which case; nobody else does."""

import pytest

from feedback import handling
from feedback.models import Kind
from tests.unit.feedback_world import account, found_commune, later, sent, signed_in

pytestmark = pytest.mark.django_db
HERE = "/ban-lam-viec/ai-da-xem/"


@pytest.fixture
def commune():
    return found_commune()


@pytest.fixture
def case(commune):
    return sent(commune, phone="0987 654 321")


@pytest.fixture
def leader(commune):
    return signed_in(account("lanhdao", commune.minh))


def test_each_look_at_a_case_and_at_the_contact_is_listed(commune, case, leader):
    lan = signed_in(account("lan", commune.lan))
    lan.get(f"/ban-lam-viec/{case.code}/")
    lan.post(f"/ban-lam-viec/{case.code}/lien-lac/")
    shown = leader.get(HERE).content.decode()
    assert shown.count(f"?phieu={case.code}") == 2
    assert "Nguyễn Thị Lan" in shown
    assert "0987 654 321" not in shown


def test_the_list_is_narrowed_to_a_person_or_a_case(commune, case, leader):
    other = sent(commune)
    for name, seen in (("lan", case), ("hoa", case), ("lan2", other)):
        handling.note_look(seen, account(name), later(hours=1))
    assert leader.get(HERE).content.decode().count("?phieu=") == 3
    assert leader.get(HERE, {"ai": "lan"}).content.decode().count("?phieu=") == 1
    assert leader.get(HERE, {"phieu": case.code}).content.decode().count("?phieu=") == 2
    assert leader.get(HERE, {"ai": "\x00", "phieu": "\x00", "page": "x"}).status_code == 200


def test_the_desk_leads_the_leader_there_and_nobody_else(commune, case, leader):
    for user in (account("lan", commune.lan), account("dieuphoi", group="coordinator")):
        client = signed_in(user)
        assert client.get(HERE).status_code == 403
        assert HERE not in client.get("/ban-lam-viec/").content.decode()
    assert HERE in leader.get("/ban-lam-viec/").content.decode()
    assert signed_in(account("pho", group="leader")).get(HERE).status_code == 200


def test_a_long_list_has_pages_and_few_statements(commune, leader, django_assert_max_num_queries):
    for number in range(60):
        case = sent(commune, nonce=f"n{number}", kind=Kind.QUESTION)
        handling.note_look(case, account(f"u{number}"), later(hours=number))
    with django_assert_max_num_queries(14):
        first = leader.get(HERE).content.decode()
    assert first.count("?phieu=") == 50
    assert leader.get(HERE, {"page": 2}).content.decode().count("?phieu=") == 10
