"""A new commune: languages, home pages, sections, site; founding again changes nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from home.founding import found_site
from home.models import CommuneSettings, HomePage, InfoPage
from tests.unit.home_world import MONDAY, founded_commune, home

pytestmark = pytest.mark.django_db


def test_a_new_commune_has_a_live_home_page_in_each_language_linked_as_translations() -> None:
    found_site(MONDAY)
    homes = HomePage.objects.filter(live=True)
    assert {each.locale.language_code for each in homes} == {"vi", "en", "ar"}
    assert len({each.translation_key for each in homes}) == 1


def test_wagtails_welcome_page_is_gone_and_the_site_stands_on_our_home_page() -> None:
    found_site(MONDAY)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("testserver", 80, True)
    assert site.root_page_id == home("vi").pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_founding_again_changes_nothing_and_keeps_the_first_day() -> None:
    founded_commune()
    before = list(Page.objects.order_by("path").values())
    settings = CommuneSettings.objects.values().get()

    assert found_site(MONDAY + timedelta(days=400)) == MONDAY

    assert list(Page.objects.order_by("path").values()) == before
    assert CommuneSettings.objects.values().get() == settings
    assert Locale.objects.count() == 3


def test_founding_again_brings_back_a_section_that_was_deleted_and_leaves_renamed_ones_alone() -> None:
    founded_commune()
    Page.objects.get(url_path="/vi/tin-tuc/").delete()
    Page.objects.filter(slug="buoi-ho-tro", locale__language_code="vi").update(title="Lớp tối")
    found_site(MONDAY)
    assert Page.objects.filter(url_path="/vi/tin-tuc/", live=True).exists()
    assert Page.objects.filter(title="Lớp tối").exists()


def test_an_empty_commune_answers_on_every_menu_address(client: Client) -> None:
    call_command("found_commune", verbosity=0)
    for address in ("/", "/en/", "/ar/", "/huong-dan/", "/tin-tuc/", "/can-bo/", "/dia-diem/"):
        assert client.get(address).status_code == 200, address


def test_a_page_cannot_take_an_address_the_site_itself_uses() -> None:
    founded_commune()
    with pytest.raises(ValidationError):
        home("vi").add_child(instance=InfoPage(title="Cán bộ", slug="can-bo"))


def test_a_page_is_addressed_by_vietnamese_words_without_marks() -> None:
    founded_commune()
    page = home("vi").add_child(instance=InfoPage(title="Đường dây nóng"))
    assert page.slug == "duong-day-nong"


def test_the_first_day_is_a_day_of_vietnam() -> None:
    assert found_site(date(2026, 1, 1)) == date(2026, 1, 1)
