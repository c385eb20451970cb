from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from gandan.access_log import AccessLog, printable_path, redact

RECEIPT = "/phan-anh/phieu/eyJrIjoxfQ:1abc:signature/"


@pytest.fixture
def log() -> AccessLog:
    config = Config()
    config.set("accesslog", "-")
    return AccessLog(config)


def request_for(target: str) -> dict[str, str]:
    return {
        "REQUEST_METHOD": "GET",
        "RAW_URI": target,
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": "Firefox of Bà Lan",
        "HTTP_REFERER": "https://huongdong.example" + RECEIPT,
        "QUERY_STRING": target.partition("?")[2],
    }


def test_a_line_says_method_path_status_and_milliseconds_and_nothing_about_the_reader(
    log: AccessLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.access_log.addHandler(caplog.handler)
    log.access_log.setLevel("INFO")
    response = SimpleNamespace(status="200 OK")
    log.access(response, None, request_for("/tim-kiem/?q=ly+hon"), timedelta(milliseconds=12))
    log.access_log.removeHandler(caplog.handler)
    assert [record.getMessage() for record in caplog.records] == ["GET /tim-kiem/ 200 12 ms"]


@pytest.mark.parametrize(
    "target",
    [
        RECEIPT,
        "/en" + RECEIPT,
        "/phan-anh/phie%75/eyJrIjoxfQ:1abc:signature/",
        "/phan-anh/phieu/eyJrIjoxfQ%3A1abc%3Asignature/?in=1",
        "/Phan-Anh/PHIEU/eyJrIjoxfQ:1abc:signature/",
    ],
)
def test_the_address_of_a_receipt_never_reaches_a_log_however_it_is_spelt(target: str) -> None:
    assert "signature" not in printable_path(target)
    assert "eyJrIjoxfQ" not in printable_path(target)


def test_a_link_that_sets_a_new_password_is_cut_before_its_key() -> None:
    assert printable_path("/tai-khoan/password/reset/key/3-abcdef/") == "/tai-khoan/password/reset/key/***"


def test_a_case_code_in_an_address_is_not_logged() -> None:
    assert printable_path("/ban-lam-viec/GD-ABCD-EFGH-JKMN-P/") == "/ban-lam-viec/***/"


def test_a_path_cannot_begin_a_line_of_its_own_in_the_log() -> None:
    assert "\n" not in printable_path("/x%0AGET%20/forged%20200")


def test_the_line_about_a_crash_keeps_neither_the_token_nor_the_query() -> None:
    assert redact(f"Error handling request GET {RECEIPT}?x=1") == (
        "Error handling request GET /phan-anh/phieu/***"
    )


def test_the_line_about_a_broken_request_keeps_no_address() -> None:
    assert "203.0.113.7" not in redact("Invalid request from ip=203.0.113.7: GET /phan-anh/phieu/abc")
