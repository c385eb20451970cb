"""Alerts: an end of at most fourteen days, only while they last, only where they belong."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from news.models import Alert
from tests.unit.home_world import MORNING, alert, founded_commune, home, info_page

pytestmark = pytest.mark.django_db
PORTAL = "Cổng đang chậm"


@pytest.mark.parametrize(
    ("lasts", "allowed"),
    [
        (timedelta(0), False),
        (timedelta(hours=-1), False),
        (timedelta(days=14), True),
        (timedelta(days=15), False),
    ],
)
def test_an_alert_ends_after_its_start_and_within_fourteen_days(lasts: timedelta, allowed: bool) -> None:
    if allowed:
        assert alert(PORTAL, lasts=lasts).pk
        return
    with pytest.raises(ValidationError):
        alert(PORTAL, lasts=lasts)


def test_an_alert_without_an_end_cannot_be_kept() -> None:
    with pytest.raises(ValidationError):
        Alert(title=PORTAL, starts_at=MORNING).full_clean()


@pytest.mark.parametrize(
    ("later", "shown"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=3, seconds=-1), True),
        (timedelta(days=3), False),
    ],
)
def test_an_alert_shows_from_its_start_until_its_end(client: Client, later: timedelta, shown: bool) -> None:
    founded_commune()
    alert(PORTAL)
    with time_machine.travel(MORNING + later, tick=False):
        assert (PORTAL in client.get("/tin-tuc/").content.decode()) is shown


@time_machine.travel(MORNING, tick=False)
def test_an_alert_of_one_page_shows_there_and_on_the_home_page_only(client: Client) -> None:
    vi = founded_commune()
    page = info_page(vi, "tam-tru", "Tạm trú")
    alert(PORTAL, page=page)
    assert PORTAL in client.get("/tam-tru/").content.decode()
    assert PORTAL not in client.get("/tin-tuc/").content.decode()
    on_home = client.get("/").content.decode()
    assert PORTAL in on_home
    assert on_home.count('href="/tam-tru/"') == 2  # the alert and the footer


@time_machine.travel(MORNING, tick=False)
def test_the_more_urgent_alert_stands_first_and_in_full(client: Client) -> None:
    vi = founded_commune()
    page = info_page(vi, "tam-tru", "Tạm trú")
    alert("Coi chừng lừa đảo", kind=Alert.Kind.SCAM, page=page)
    alert("Lũ đang lên", kind=Alert.Kind.URGENT)
    shown = client.get("/").content.decode()
    assert shown.index("Lũ đang lên") < shown.index("Coi chừng lừa đảo")


@time_machine.travel(MORNING, tick=False)
def test_an_alert_speaks_the_readers_language_where_it_has_words(client: Client) -> None:
    founded_commune()
    alert(PORTAL, title_en="The portal is slow")
    assert "The portal is slow" in client.get("/en/").content.decode()
    assert PORTAL in client.get("/ar/").content.decode()


@time_machine.travel(MORNING, tick=False)
def test_an_alert_about_a_page_that_is_no_longer_live_leads_nowhere(client: Client) -> None:
    vi = founded_commune()
    page = info_page(vi, "tam-tru", "Tạm trú")
    alert(PORTAL, page=page)
    page.unpublish()
    assert 'href="/tam-tru/"' not in client.get("/").content.decode()


@time_machine.travel(MORNING, tick=False)
def test_an_alert_leads_an_english_reader_to_the_english_page(client: Client) -> None:
    page = info_page(founded_commune(), "tam-tru", "Tạm trú")
    info_page(home("en"), "residence", "Residence", translation_key=page.translation_key)
    alert(PORTAL, page=page)
    assert client.get("/en/").content.decode().count('href="/en/residence/"') == 2
    assert client.get("/ar/").content.decode().count('href="/tam-tru/"') == 2
