"""The database does not answer: nobody loses a word, and nobody reads of a fault of theirs."""

import re

import pytest
import time_machine
from django.db import OperationalError, connection

from feedback.models import Case
from gandan import database_loss
from tests.unit import attachment_world
from tests.unit.feedback_world import MONDAY, WORDS, account, form_values, found_commune, sent, signed_in
from tests.unit.test_case_files import photo

ASK = "/phan-anh/hoi/"
ODD = "Dòng một <script>alert(1)</script>\n\nDòng hai & \"ba\" 'bốn' </textarea>"


@pytest.fixture
def commune(db):
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


class Loss:
    """`begins()`: no statement reaches the database any more; `ends()`: they do again."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()

    def begins(self) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise OperationalError("connection refused: password=secret")

        self._patch.setattr(connection, "cursor", refuse)
        self._patch.setattr(connection, "ensure_connection", refuse)

    def ends(self) -> None:
        self._patch.undo()


@pytest.fixture
def loss(commune):
    found = Loss()
    yield found
    found.ends()


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


@pytest.mark.parametrize("language", ["", "/en", "/ar"])
def test_what_a_resident_typed_comes_back_in_a_form_that_can_be_sent_again(client, commune, loss, language):
    values = form_values(text=ODD, phone="0912 345 678", consent_contact="on")
    loss.begins()
    response = client.post(f"{language}{ASK}", values)

    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "no-store" in response.headers["Cache-Control"]
    assert f'action="{language}{ASK}"' in page
    assert "Dòng một &lt;script&gt;" in page
    assert page.count("</textarea>") == 1
    kept = hidden(page)
    assert (kept["token"], kept["topic"], kept["phone"]) == (values["token"], "ho-tich", "0912 345 678")
    assert "secret" not in page


def test_sent_again_once_the_database_is_back_it_arrives_once(client, commune, loss):
    values = form_values()
    loss.begins()
    assert client.post(ASK, values).status_code == 503
    loss.ends()

    first, second = client.post(ASK, values), client.post(ASK, values)
    assert first.status_code == second.status_code == 303
    assert Case.objects.get().text == WORDS


def test_the_page_names_the_hotline_it_read_while_the_database_still_answered(client, commune, loss):
    client.get(ASK)
    loss.begins()

    assert "0912 345 678" in said(client.get(ASK))


def test_a_reader_is_asked_to_come_back_and_gets_no_form(client, commune, loss):
    loss.begins()
    response = client.get(f"/en{ASK}")

    assert response.status_code == 503
    assert "try again in a minute" in said(response)
    assert "<form" not in response.content.decode().replace('<form class="search', "")


def test_what_an_official_was_writing_comes_back_too(commune, loss):
    case = sent(commune)
    lan = signed_in(account("lan", commune.lan))
    lan.get("/ban-lam-viec/")
    loss.begins()
    response = lan.post(
        f"/ban-lam-viec/{case.code}/tra-loi/", {"text": "Bệnh viện sửa giấy chứng sinh cho chị."}
    )

    assert response.status_code == 503
    assert "Bệnh viện sửa giấy chứng sinh" in response.content.decode()


def test_photos_must_be_chosen_again_and_the_page_says_so(client, commune, loss):
    loss.begins()
    response = client.post(f"/en{ASK}", form_values() | {"files": [photo(attachment_world.picture())]})

    assert "must be chosen again" in said(response)
    assert WORDS in response.content.decode()


def test_a_password_is_never_shown_again(client, commune, loss):
    loss.begins()
    client.raise_request_exception = False
    response = client.post("/tai-khoan/login/", {"login": "lan", "password": "mat-khau-thu"})

    assert response.status_code == 503
    assert "mat-khau-thu" not in response.content.decode()


def test_nothing_of_the_words_is_logged(client, commune, loss, caplog):
    loss.begins()
    client.post(ASK, form_values(text="Chuyện riêng của nhà tôi, xin giữ kín."))

    assert "the database does not answer: OperationalError" in caplog.text
    assert "riêng" not in caplog.text
    assert "secret" not in caplog.text


def test_a_form_of_a_thousand_fields_comes_back_cut(client, commune, loss):
    loss.begins()
    response = client.post(ASK, form_values() | {f"x{number}": "y" for number in range(900)})

    assert response.status_code == 503
    assert len(hidden(response.content.decode())) <= database_loss.MOST_FIELDS


def test_a_database_locked_by_another_for_too_long_loses_no_word(client, commune):
    """Reading still works, the first writing does not: as SQLite answers once its patience is over."""

    def locked(execute, sql, parameters, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("database is locked")
        return execute(sql, parameters, many, context)

    values = form_values()
    with connection.execute_wrapper(locked):
        response = client.post(ASK, values)
    assert response.status_code == 503
    assert WORDS in response.content.decode()
    assert not Case.objects.exists()

    assert client.post(ASK, values).status_code == 303
