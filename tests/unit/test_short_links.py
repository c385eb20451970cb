"""Short addresses behind QR codes: they follow a page wherever it moves."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import ShortLink
from tests.unit.home_world import founded_commune, info_page

pytestmark = pytest.mark.django_db


def test_a_short_address_leads_to_its_page_in_capitals_too(client: Client) -> None:
    page = info_page(founded_commune(), "tro-nang", "Trợ năng")
    ShortLink.objects.create(code="trn", page=page)
    for written in ("/q/trn", "/q/TRN", "/q/trn/"):
        response = client.get(written)
        assert (response.status_code, response["Location"]) == (302, "/tro-nang/")


def test_a_short_address_follows_a_page_to_its_new_address(client: Client) -> None:
    page = info_page(founded_commune(), "tro-nang", "Trợ năng")
    ShortLink.objects.create(code="trn", page=page)
    page.slug = "ai-cung-doc-duoc"
    page.save_revision().publish()
    assert client.get("/q/trn")["Location"] == "/ai-cung-doc-duoc/"


def test_a_short_address_may_lead_to_a_fixed_address(client: Client) -> None:
    founded_commune()
    ShortLink.objects.create(code="canbo", path="/can-bo/#lan")
    assert client.get("/q/canbo")["Location"] == "/can-bo/#lan"


@pytest.mark.parametrize("code", ["khong", "abcdefghi", "ab", "a-b", "%2e%2e"])
def test_an_unknown_short_address_gets_the_friendly_page(client: Client, code: str) -> None:
    founded_commune()
    response = client.get(f"/q/{code}", follow=True)
    assert response.status_code == 404
    assert "search-box" in response.content.decode()


def test_a_short_address_of_a_withdrawn_page_is_unknown(client: Client) -> None:
    page = info_page(founded_commune(), "tro-nang", "Trợ năng")
    ShortLink.objects.create(code="trn", page=page)
    page.unpublish()
    assert client.get("/q/trn").status_code == 404


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "can-bo/", "/a b"])
def test_a_short_address_never_leads_off_the_site(path: str) -> None:
    with pytest.raises(ValidationError):
        ShortLink(code="xyz", path=path).full_clean()
