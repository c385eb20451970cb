"""The sample commune: complete, labelled, idempotent; every address it names answers, publicly and without cookies."""

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home.demo.accounts import load_accounts
from home.models import Area, CommuneSettings, Official, Place, Unit, User
from news.models import Alert, NewsPage
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def public_pages(demo: None, django_db_blocker: Any) -> dict[str, HttpResponse]:  # noqa: F811
    """What every address of the site map answers to a stranger."""
    client = Client()
    with django_db_blocker.unblock():
        found = ElementTree.fromstring(client.get("/sitemap.xml").content).iter(LOC)
        addresses = [str(each.text).removeprefix("http://testserver") for each in found]
        return {address: client.get(address) for address in addresses}


def test_the_sample_commune_has_its_people_places_and_news() -> None:
    assert Unit.objects.count() == 4
    assert Official.objects.count() == 8
    assert Area.objects.exclude(former_unit="").count() == 6
    assert Place.objects.count() >= 3
    assert NewsPage.objects.live().count() == 10
    assert NewsPage.objects.values("kind").distinct().count() == 5
    assert Official.objects.filter(deputy=None).count() == 0
    assert CommuneSettings.objects.get().leader.key == "minh"


def test_a_second_load_changes_nothing_and_brings_back_what_was_deleted() -> None:
    page = NewsPage.objects.get(slug="luat-ho-tich-2027")
    page.title = "Tên do biên tập đặt"
    page.save_revision().publish()
    Area.objects.get(key="ha").delete()
    before = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id"))
    alerts = list(Alert.objects.values())

    call_command("load_demo", verbosity=0)

    assert list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id")) == before
    assert list(Alert.objects.values()) == alerts
    assert Area.objects.filter(key="ha").exists()


def test_every_page_of_the_sample_says_that_it_is_one(client: Client) -> None:
    note = CommuneSettings.objects.get().sample_note
    for address in ("/", "/tin-tuc/", "/can-bo/", "/khong-co/"):
        assert note in client.get(address).content.decode()


def test_no_account_is_made_without_a_password_for_it() -> None:
    User.objects.filter(username="bientap").delete()
    told: list[str] = []
    load_accounts(told.append)
    assert not User.objects.filter(username="bientap").exists()
    assert told == ["DEMO_PASSWORD is not set: no accounts"]


def test_the_sample_accounts_belong_to_their_officials_and_groups() -> None:
    assert User.objects.get(username="lan").official.name == "Nguyễn Thị Lan"
    assert User.objects.get(username="lanhdao").official.key == "minh"
    assert not User.objects.filter(is_superuser=True).exists()
    assert all(user.groups.exists() for user in User.objects.all())


def test_sample_news_lies_before_today_and_sample_alerts_end() -> None:
    today = timezone.localdate()
    assert not NewsPage.objects.filter(date__gt=today).exists()
    assert all(alert.ends_at - alert.starts_at <= timedelta(days=14) for alert in Alert.objects.all())


def test_every_public_address_answers_without_cookie_and_may_be_kept_with_its_etag(
    client: Client, public_pages: dict[str, HttpResponse]
) -> None:
    assert len(public_pages) > 50
    for address, response in public_pages.items():
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert not {"Cookie", "Accept-Language"} & set(re.split(r",\s*", response.get("Vary", ""))), address
        assert response["ETag"], address
        again = client.get(address, headers={"if-none-match": response["ETag"]})
        assert again.status_code in {200, 304}, address


def test_no_link_on_a_public_page_leads_nowhere(
    client: Client, public_pages: dict[str, HttpResponse]
) -> None:
    links: dict[str, str] = {}
    for address, response in public_pages.items():
        html = response.content.decode()
        base = address if address.endswith("/") else f"{address}/"
        for link in re.findall(r'(?:href|action)="([^"#]+)', html):
            if link.startswith(("/static/", "/media/", "tel:", "mailto:", "http", "?", "./?")):
                continue
            links.setdefault(link if link.startswith("/") else base + link.removeprefix("./"), address)
    dead = {
        link: page
        for link, page in links.items()
        if link not in public_pages
        and client.get(link.replace("&amp;", "&")).status_code not in {200, 301, 302, 405}
    }
    assert dead == {}


def test_an_unchanged_page_is_not_sent_twice(client: Client) -> None:
    first = client.get("/gioi-thieu/")
    again = client.get("/gioi-thieu/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
