"""The one service worker: what it may keep, what it never touches, and how it is served."""

import json
import re

import pytest
from django.test import Client

from gandan import offline

pytestmark = pytest.mark.django_db


def settings_of(client: Client) -> dict:
    body = client.get("/sw.js").content.decode()
    return json.loads(re.match(r"const SETTINGS = (.*);\n", body)[1])


def test_the_worker_is_served_for_the_whole_site_and_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "max-age=0" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert client.post("/sw.js").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/ban-lam-viec/GD-2222-2222-2222-2/",
        "/phan-anh/tra-cuu/",
        "/phan-anh/phieu/x/",
        "/en/phan-anh/phieu/x/in/",
        "/ar/ban-lam-viec/",
        "/tai-khoan/login/",
    ],
)
def test_the_rooms_of_staff_and_the_slips_of_residents_are_never_touched(client, path):
    assert offline.is_never_kept(path)
    assert any(path.startswith(room) for room in settings_of(client)["never"])


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/huong-dan/thu-tuc/dang-ky-khai-sinh/", True),
        ("/ar/huong-dan/thu-tuc/dang-ky-khai-sinh/in/", True),
        ("/huong-dan/bai-hoc/vneid-muc-2/", True),
        ("/", False),
        ("/huong-dan/thu-tuc/", False),
        ("/phan-anh/hoi/", False),
        ("/tinh-nguyen/", False),
        ("/tinh-nguyen/buoi/7/cau-hoi/", False),
        ("/tim-kiem/", False),
    ],
)
def test_guides_and_lessons_are_kept_for_reading_and_nothing_else(client, path, is_kept):
    assert any(re.match(pattern, path) for pattern in settings_of(client)["pages"]) is is_kept


def test_only_the_page_for_counting_has_a_stand_in(client):
    shells = settings_of(client)["shells"]
    fits = [path for path in ("/tinh-nguyen/buoi/7/dem/", "/tinh-nguyen/buoi/7/dem/gui/", "/tinh-nguyen/tuan/")
            if any(re.match(pattern, path) for pattern, _suffix in shells)]  # fmt: skip
    assert fits == ["/tinh-nguyen/buoi/7/dem/"]


@pytest.mark.parametrize("pattern", [r"^/.*$", r"^/admin/$", r"^/(?:en/)?phan-anh/.*$", r"^/tai-khoan/.+$"])
def test_a_pattern_that_reaches_into_a_closed_room_is_refused(pattern):
    for register in (offline.keep_page, lambda found: offline.keep_shell(found, "x/")):
        with pytest.raises(ValueError, match="would keep"):
            register(pattern)
    assert pattern not in offline.kept_pages()


def test_a_pattern_of_half_an_address_is_refused():
    with pytest.raises(ValueError, match="whole path"):
        offline.keep_page("/huong-dan/")


def test_another_release_makes_another_worker(client, monkeypatch):
    before = settings_of(client)["version"]
    assert settings_of(client)["version"] == before
    monkeypatch.setattr(
        "django.contrib.staticfiles.storage.staticfiles_storage.manifest_hash", "another", raising=False
    )
    assert settings_of(client)["version"] != before


@pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
def test_the_page_for_no_signal_stands_in_each_language_without_scripts(client, prefix):
    assert settings_of(client)["offline"][prefix] == f"{prefix}/ngoai-tuyen/"
    page = client.get(f"{prefix}/ngoai-tuyen/")
    assert page.status_code == 200
    assert "<script" not in page.content.decode()
    assert page["Cache-Control"].startswith("public")
