"""What search engines are told: every public page in every language, nothing else."""

from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client

from home.models import InfoPage
from tests.unit.home_world import founded_commune, home, info_page

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client: Client) -> dict[str, dict[str, str]]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", namespaces=NAMES)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_pages_and_fixed_addresses_stand_in_the_sitemap_in_every_language(client: Client) -> None:
    founded_commune()
    found = entries(client)
    for address in (
        "/",
        "/en/",
        "/ar/",
        "/tin-tuc/",
        "/ar/tin-tuc/",
        "/can-bo/",
        "/en/dia-diem/",
        "/en/phan-anh/hoi/",
    ):
        assert f"http://testserver{address}" in found


def test_translations_name_each_other(client: Client) -> None:
    vi = founded_commune()
    page = info_page(vi, "tro-nang", "Trợ năng")
    english = InfoPage(title="Accessibility", translation_key=page.translation_key, locale=home("en").locale)
    info_page_in_english = home("en").add_child(instance=english)
    info_page_in_english.save_revision().publish()
    assert entries(client)["http://testserver/tro-nang/"] == {
        "vi": "http://testserver/tro-nang/",
        "en": f"http://testserver/en/{info_page_in_english.slug}/",
    }


def test_a_draft_does_not_stand_in_the_sitemap(client: Client) -> None:
    info_page(founded_commune(), "nhap", "Bản nháp").unpublish()
    assert "http://testserver/nhap/" not in entries(client)


def test_a_title_with_odd_letters_does_not_break_the_sitemap(client: Client) -> None:
    info_page(founded_commune(), "la", "A & B <c>")
    assert "http://testserver/la/" in entries(client)


def test_robots_are_kept_from_desks_and_receipts_and_shown_the_sitemap(client: Client) -> None:
    written = client.get("/robots.txt").content.decode()
    assert "Disallow: /phan-anh/phieu/" in written
    assert "Sitemap: http://testserver/sitemap.xml" in written


def test_health_is_green_answers_in_json_and_is_never_kept(client: Client) -> None:
    response = client.get("/health/")
    assert response.json() == {"Database": "OK", "Cache": "OK", "Storage": "OK"}
    assert "no-store" in response["Cache-Control"]


def test_health_is_red_when_the_cache_is_lost_and_tells_no_secrets(
    client: Client, settings, monkeypatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ConnectionError("redis://:secret@10.0.0.1")

    monkeypatch.setattr(type(caches["default"]), "set", broken)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["Cache"] == "failed"
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize("https", [True, False])
def test_health_answers_over_plain_http(client: Client, settings, https: bool) -> None:
    settings.SECURE_SSL_REDIRECT = https
    assert client.get("/health/").status_code == 200
