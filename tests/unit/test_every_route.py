"""Every address, every method, odd headers: a page, a redirect or a refusal, never a server error or a traceback."""

import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from io import BytesIO
from unittest.mock import Mock

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, RequestFactory

from gandan.wsgi import application
from home.models import User
from tests.unit import home_world
from tests.unit.staff_world import found_commune
from tests.unit.test_access import routes

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]
FAILS_ON_PURPOSE = "/admin/failwhale/"  # Wagtail's example of an error page
PAGES = [
    "/",
    "/en/",
    "/ar/",
    "/huong-dan/",
    "/huong-dan/thu-tuc/",
    "/huong-dan/bai-hoc/",
    "/buoi-ho-tro/",
    "/buoi-ho-tro/?thon=khong-co&tuan=het",
    "/buoi-ho-tro/1/",
    "/buoi-ho-tro/1.ics",
    "/buoi-ho-tro/1/bo-in/",
    "/tin-tuc/",
    "/tin-tuc/rss/",
]
ODD_HEADERS = {
    "a cookie of 60 kilobytes": {"HTTP_COOKIE": "session=" + "a" * 60_000},
    "cookies of no form": {"HTTP_COOKIE": "session; =; csrf=\x00\xff; session=\u00e9; ;;"},
    "a session nobody was given": {
        "HTTP_COOKIE": 'session="\\000aaaaaaaaaaaa"; csrf="\\000"; messages="\\377"'
    },
    "no language": {"HTTP_ACCEPT_LANGUAGE": "xx-\xff;q=nan,,*;q=9," + "a" * 9000},
    "every language": {"HTTP_ACCEPT_LANGUAGE": ",".join(f"a{n};q=0.{n}" for n in range(500))},
    "a list of proxies": {"HTTP_X_FORWARDED_FOR": "unknown, ::1, 999.9.9.9, <script>, " + "10.0.0.1, " * 500},
    "another scheme": {"HTTP_X_FORWARDED_PROTO": "https, gopher", "HTTP_X_FORWARDED_HOST": "x.example"},
    "no encoding": {"HTTP_ACCEPT_ENCODING": "br;q=abc, gzip;q=-1, \x00"},
    "no tag": {"HTTP_IF_NONE_MATCH": '"', "HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 99999 99:99:99 GMT"},
    "a range": {"HTTP_RANGE": "bytes=9999999999999999-1,-,x"},
    "no origin": {"HTTP_ORIGIN": "null", "HTTP_REFERER": "http://[::1"},
    "a script's call": {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT": "application/json;q=x"},
    "another method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
}
BROKEN_BODIES = {
    "a boundary that is not there": ("multipart/form-data", b"--x\r\n"),
    "an empty boundary": ("multipart/form-data; boundary=", b"--\r\n"),
    "a boundary of other letters": ("multipart/form-data; boundary=\u00e9", b"--x\r\n"),
    "parts that stop in the middle": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf a wo',
    ),
    "a file that stops in the middle": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="../\x00a.png"\r\n\r\n\x89PNG',
    ),
    "base64 that is none": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--',
    ),
    "a type of no form": ("////;;;=\x00", b"text=a"),
    "a strange alphabet": ("application/x-www-form-urlencoded; charset=utf-7", b"text=+ADw-script+AD4-"),
    "JSON": ("application/json", b'{"text": '),
    "too many fields": ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 10_050)),
    "three megabytes": ("application/x-www-form-urlencoded", b"text=" + b"a" * 3_000_000),
}


ALPHABETS = [
    "hex",
    "idna",
    "undefined",
    "xx",
    "utf-16",
    "utf-7",
    "unicode_escape",
    '"hex"',
    "rot13;charset=zlib",
]
FORMS = [
    "/phan-anh/hoi/",
    "/phan-anh/gop-y/",
    "/phan-anh/tra-cuu/",
    "/tai-khoan/login/",
    "/tai-khoan/password/reset/",
    "/ban-lam-viec/GD-2222-2222-2222-2/tra-loi/",
    "/tinh-nguyen/1/nhan/",
    "/admin/login/",
    "/",
]


def address(route: str) -> str:
    """The route with something in the place of each argument; a route of plain letters is its address."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda kind: "1" if kind[1] != "uuid" else "0" * 32, route)
    for _ in range(4):  # groups stand in groups
        filled = re.sub(r"\((?:\?P<\w+>|\?:)?[^()]*\)[*?+]?", "1", filled)
    return "/" + re.sub(r"\\(.)|[?+*$^]|\[[^]]*\]", r"\1", filled)


def is_ours(route: str) -> bool:
    return not route.startswith(("admin/", "tai-lieu/"))


EVERY = sorted({address(route) for route in routes()} - {FAILS_ON_PURPOSE})
OURS = sorted({address(route) for route in routes() if is_ours(route)} | set(PAGES))


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker) -> Iterator[User]:
    """A small commune; the one who may do everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        administrator = found_commune()["administrator"]
        home_world.founded_commune()
        yield administrator
        transaction.set_rollback(True)


@pytest.fixture
def server(commune) -> Iterator[Callable[..., Iterable[bytes]]]:
    """The application as the web server calls it, but keeping the test's connection to the database."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answered(client: Client, method: str, path: str, **more) -> int:
    answer = client.generic(method, path, **more)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (method, path, more)
    if not answer.streaming:
        assert b"Traceback" not in answer.content, (method, path)
    return answer.status_code


@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers_a_stranger_whatever_the_method(commune, method):
    client = Client()
    for path in EVERY:
        answered(client, method, path)


@pytest.mark.parametrize("method", METHODS)
def test_every_address_of_ours_answers_the_administrator_whatever_the_method(commune, method):
    for path in OURS:
        client = Client()
        client.force_login(commune)
        answered(client, method, path)


def test_reading_addresses_take_no_other_method(commune):
    client = Client()
    for path in [
        "/phan-anh/",
        "/can-bo/",
        "/dia-diem/",
        "/tim-kiem/",
        "/phan-anh/khieu-nai/",
        "/phan-anh/to-cao/",
    ]:
        for method in ["POST", "PUT", "DELETE", "PATCH"]:
            assert answered(client, method, path) == HTTPStatus.METHOD_NOT_ALLOWED, (method, path)


@pytest.mark.parametrize("name", ODD_HEADERS)
def test_every_address_of_ours_answers_some_odd_headers_and_every_form_all(commune, name):
    """Each address meets one kind of headers here; `make drill` lets each meet all."""
    client, kinds = Client(), list(ODD_HEADERS)
    for path in OURS[kinds.index(name) :: len(kinds)]:
        answered(client, "GET", path, **ODD_HEADERS[name])
    for path in FORMS:
        answered(client, "POST", path, **ODD_HEADERS[name])


@pytest.mark.drill
@pytest.mark.parametrize("headers", ODD_HEADERS.values(), ids=ODD_HEADERS)
def test_every_address_of_ours_answers_odd_headers(commune, headers):
    client = Client()
    for path in OURS:
        answered(client, "GET", path, **headers)


@pytest.mark.parametrize(("content_type", "body"), BROKEN_BODIES.values(), ids=BROKEN_BODIES)
def test_every_form_answers_broken_bodies(commune, content_type, body):
    client = Client()
    for path in FORMS:
        answered(client, "POST", path, data=body, content_type=content_type)


@pytest.mark.parametrize("name", ALPHABETS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_sender_who_names_a_strange_alphabet_is_answered_all_the_same(server, method, name):
    for kind in ("text/plain;", "application/x-www-form-urlencoded ;", "multipart/form-data; boundary=x;"):
        for charset in ("charset", " CHARSET ", "charset*"):
            begin = Mock()
            environ = RequestFactory().generic(method, "/phan-anh/hoi/?tu=%ff..", b"text=%ff&zz").environ
            body = b"".join(server({**environ, "CONTENT_TYPE": f"{kind}{charset}={name}"}, begin))
            assert begin.call_args.args[0][:3] in {"200", "400"}, (kind, charset)
            assert b"Traceback" not in body


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("arrived", [0, 20, -1])
def test_a_form_that_stops_on_its_way_is_refused(server, kind, arrived):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nwords\r\n--x--\r\n'
    environ = RequestFactory().post("/phan-anh/hoi/", body, content_type=kind).environ
    begin = Mock()
    server({**environ, "wsgi.input": BytesIO(body[:arrived])}, begin)
    assert begin.call_args.args[0] == "400 Bad Request"
    server({**environ, "wsgi.input": BytesIO(body)}, begin)
    assert begin.call_args.args[0] == "200 OK"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:80:80", "a b", "[", "", "-", "\u00e9", "x" * 300]
)
def test_a_host_that_is_not_ours_is_refused_without_saying_why(commune, host):
    answer = Client().get("/phan-anh/hoi/", headers={"host": host})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert b"Traceback" not in answer.content
    assert b"ALLOWED_HOSTS" not in answer.content
    assert "Không đọc được" in answer.content.decode()


def test_a_form_longer_than_the_site_reads_is_refused_in_the_readers_language(commune):
    for language, words in {"": "Không đọc được", "/en": "could not be read", "/ar": "تعذّرت قراءة"}.items():
        answer = Client().post(f"{language}/phan-anh/hoi/", {"text": "a" * 3_000_000})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert words in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/" + "a" * 20_000, "/" + "a/" * 3000, "/%00", "/%ff%fe/", "//x.example/%2e%2e", "/..;/"]
)
def test_an_address_of_no_form_is_not_found(commune, path):
    assert answered(Client(), "GET", path) in {301, 400, 404}
