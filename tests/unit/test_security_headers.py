"""What every public page tells the browser, and what it does not hold."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.models import InfoPage
from tests.unit.demo_world import demo  # noqa: F401
from tests.unit.staff_world import found_commune

pytestmark = pytest.mark.django_db

LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "srcset",
    "audio": "src",
    "video": "src",
    "use": "href",
}
FIXED = ["/tim-kiem/?q=khai+sinh", "/phan-anh/", "/phan-anh/hoi/", "/phan-anh/gop-y/", "/phan-anh/khieu-nai/",
         "/phan-anh/to-cao/", "/phan-anh/tra-cuu/", "/can-bo/", "/dia-diem/", "/khong-co-trang-nay/"]  # fmt: skip


class Seen(HTMLParser):
    """Collects what a page holds inline and what it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        runs = tag == "script" and given.get("type", "") not in {"application/ld+json", "application/json"}
        if tag == "style" or (runs and "src" not in given):
            self.inline.append(tag)
        if tag in LOADS and LOADS[tag] in given:
            self.loaded.append(given[LOADS[tag]])
        if tag == "link" and given.get("rel") in {
            "stylesheet",
            "icon",
            "apple-touch-icon",
            "preload",
            "manifest",
        }:
            self.loaded.append(given["href"])
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(urlsplit(given["href"]).path)


def read(address: str, **headers: str):
    return Client().get(address, headers=headers)


def public_addresses() -> list[str]:
    pages = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    prefixed = [f"/{code}{path}" for code in ("en", "ar") for path in FIXED]
    return [urlsplit(address).path or "/" for address in pages if address] + FIXED + prefixed


@pytest.mark.usefixtures("demo")
def test_every_public_page_is_strict_clean_and_calls_nobody():
    for address in public_addresses():
        answer = read(address)
        assert answer.status_code in {200, 404}, address
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert not answer.cookies, address
        vary = answer.headers.get("Vary", "")
        assert "Cookie" not in vary, address
        assert "Accept-Language" not in vary, address
        page = Seen(answer.content.decode())
        assert not page.inline, (address, page.inline)
        abroad = [url for url in page.loaded if urlsplit(url).netloc not in {"", "testserver"}]
        assert not abroad, (address, abroad)


def test_a_page_with_something_inline_would_be_seen():
    html = '<p style="x" onclick="y"><script>z</script><img src="https://theo-doi.example/1.gif">'
    page = Seen(html)
    assert page.inline == ["p style", "p onclick", "script"]
    assert page.loaded == ["https://theo-doi.example/1.gif"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_reader_who_has_the_page_gets_304_and_no_body(encoding):
    first = read("/", **{"Accept-Encoding": encoding})
    assert first.headers.get("Content-Encoding", "identity") == encoding
    assert "Accept-Encoding" in first.headers["Vary"]
    again = read("/", **{"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "Accept-Encoding" in again.headers["Vary"]


@pytest.mark.usefixtures("demo")
def test_who_takes_no_compression_gets_none():
    assert "Content-Encoding" not in read("/", **{"Accept-Encoding": "br;q=0, gzip;q=0.0"}).headers
    assert "Content-Encoding" not in read("/").headers


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", ["/tai-khoan/login/", "/phan-anh/hoi/", "/phan-anh/gop-y/"])
def test_a_page_that_holds_a_secret_is_never_compressed(address):
    answer = read(address, **{"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


@pytest.fixture
def admin(db) -> Client:
    client = Client()
    client.force_login(found_commune()["administrator"])
    return client


def test_the_admin_has_its_own_policy_and_is_framed_by_ourselves_alone(admin):
    answer = admin.get("/admin/")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy
    assert not re.search(r"https?:", policy)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_preview_keeps_the_public_policy_and_may_stand_in_the_editors_frame(admin):
    home = Page.objects.get(depth=2, locale__language_code="vi")
    page = home.add_child(instance=InfoPage(title="Giờ làm việc", slug="gio-lam-viec", live=False))
    page.save_revision()
    answer = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "'none' 'self'" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_admin_asks_nobody_else_for_anything(admin):
    home = Page.objects.get(depth=2, locale__language_code="vi")
    for address in ("/admin/", f"/admin/pages/{home.pk}/edit/", "/admin/images/", "/admin/account/"):
        html = admin.get(address).content.decode()
        abroad = [url for url in Seen(html).loaded if urlsplit(url).netloc not in {"", "testserver"}]
        assert not abroad, (address, abroad)


def test_a_document_is_handed_over_as_a_file_and_runs_nothing(db, client):
    found_commune()
    file = ContentFile(b"<script>alert(1)</script>", "mau.txt")
    document = get_document_model().objects.create(title="Mẫu", file=file)
    answer = client.get(document.url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def test_over_https_a_plain_request_is_led_on_and_told_to_stay(settings, client, db):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/can-bo/").headers["Location"] == "https://testserver/can-bo/"
    secure = client.get("/khong-co/", headers={"X-Forwarded-Proto": "https"})
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=3600")
    spoofed = client.get("/can-bo/", headers={"X-Forwarded-Proto": "https"}, REMOTE_ADDR="5.6.7.8")
    assert spoofed.status_code == 301


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["vi", "en", "ar"])
def test_the_address_alone_decides_the_language(language):
    with translation.override(language):
        address = reverse("home:officials")
    answer = read(
        address, **{"Accept-Language": "fr, en;q=0.5", "Cookie": f"{django_settings.LANGUAGE_COOKIE_NAME}=ar"}
    )
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()
