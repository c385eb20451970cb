"""The switch leads to this page in another language, else to that language's home page."""

import re

import pytest
from django.test import Client

from home.models import HomePage, InfoPage
from tests.unit.home_world import founded_commune, home, info_page

pytestmark = pytest.mark.django_db


def switch(client: Client, address: str) -> dict[str, str]:
    html = client.get(address).content.decode()
    found = re.findall(r'<ul class="language-switch">(.*?)</ul>', html, re.DOTALL)
    return {code: url for url, code in re.findall(r'href="([^"]+)" hreflang="(\w+)"', found[-1])}


def test_the_home_page_leads_to_the_other_home_pages(client: Client) -> None:
    founded_commune()
    assert switch(client, "/") == {"en": "/en/", "ar": "/ar/"}
    assert switch(client, "/ar/") == {"vi": "/", "en": "/en/"}


def test_a_translated_page_leads_to_its_translation_whatever_it_is_called_there(client: Client) -> None:
    page = info_page(founded_commune(), "tro-nang", "Trợ năng")
    info_page(home("en"), "accessibility", "Accessibility", translation_key=page.translation_key)
    assert switch(client, "/tro-nang/") == {"en": "/en/accessibility/", "ar": "/ar/"}
    assert switch(client, "/en/accessibility/") == {"vi": "/tro-nang/", "ar": "/ar/"}


def test_a_draft_translation_is_not_offered(client: Client) -> None:
    page = info_page(founded_commune(), "tro-nang", "Trợ năng")
    draft = info_page(home("en"), "accessibility", "Accessibility", translation_key=page.translation_key)
    draft.unpublish()
    assert switch(client, "/tro-nang/")["en"] == "/en/"


@pytest.mark.parametrize("address", ["can-bo/", "dia-diem/", "phan-anh/hoi/"])
def test_a_fixed_address_keeps_its_words_in_every_language(client: Client, address: str) -> None:
    founded_commune()
    assert switch(client, f"/{address}") == {"en": f"/en/{address}", "ar": f"/ar/{address}"}
    assert switch(client, f"/ar/{address}")["vi"] == f"/{address}"


def test_a_page_that_does_not_exist_offers_the_home_pages(client: Client) -> None:
    founded_commune()
    assert switch(client, "/en/khong-co/") == {"vi": "/", "ar": "/ar/"}


def test_a_language_without_a_live_home_page_is_not_offered(client: Client) -> None:
    founded_commune()
    home("ar").unpublish()
    assert switch(client, "/") == {"en": "/en/"}
    assert client.get("/ar/").status_code == 404


def test_a_commune_with_one_language_shows_no_switch(client: Client) -> None:
    founded_commune()
    for code in ("ar", "en"):
        home(code).unpublish()
    assert "language-switch" not in client.get("/").content.decode()


def test_the_address_alone_decides_the_language(client: Client) -> None:
    founded_commune()
    response = client.get("/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "vi"
    assert '<html lang="vi" dir="ltr">' in response.content.decode()
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/khong-co/").content.decode()


def test_a_page_names_its_own_address_and_its_translations_to_search_engines(client: Client) -> None:
    founded_commune()
    html = client.get("/en/?utm=1").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/">' in html
    assert '<link rel="alternate" hreflang="ar" href="http://testserver/ar/">' in html


def test_pages_of_other_languages_keep_out_of_a_trees_addresses(client: Client) -> None:
    info_page(founded_commune(), "tro-nang", "Trợ năng")
    assert InfoPage.objects.count() == 1
    assert HomePage.objects.count() == 3
    assert client.get("/en/tro-nang/").status_code == 404
