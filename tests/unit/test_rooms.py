"""The rooms others link to: officials with their anchors and deputies, places with their hours."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from home.models import Official, Place, PlaceCounter
from tests.unit.home_world import MORNING, OFFICE, founded_commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


@pytest.fixture
def commune():
    with time_machine.travel(MORNING, tick=False):
        founded_commune()
        yield


def test_every_official_has_an_anchor_and_a_phone_button(client: Client) -> None:
    page = client.get("/can-bo/").content.decode()
    for key, phone in (("lan", "0912345602"), ("binh", "0912345601"), ("an", "0912345603")):
        assert f'id="{key}"' in page
        assert f'href="tel:{phone}"' in page


def test_people_of_a_unit_stand_by_given_name(client: Client) -> None:
    page = client.get("/can-bo/").content.decode()
    assert page.index("Trần Văn Bình") < page.index("Nguyễn Thị Lan") < page.index("Đỗ Thị An")


def test_the_deputy_stands_beside_who_is_away_through_the_last_day_away(client: Client) -> None:
    deputy = Official.objects.get(key="lan")
    Official.objects.filter(key="binh").update(is_away=True, away_until=date(2026, 11, 23), deputy=deputy)
    assert "Away until 23/11/2026." in client.get("/en/can-bo/").content.decode()
    assert 'href="#lan"' in client.get("/en/can-bo/").content.decode()
    with time_machine.travel(MORNING.replace(day=24), tick=False):
        assert "Away until" not in client.get("/en/can-bo/").content.decode()


def test_who_has_left_is_not_listed_any_more(client: Client) -> None:
    Official.objects.filter(key="lan").update(until=date(2026, 11, 22))
    assert "Nguyễn Thị Lan" not in client.get("/can-bo/").content.decode()


def test_a_place_says_whether_it_is_open_and_where_its_counters_differ(client: Client) -> None:
    place = Place(
        key="trung-tam", name="Trung tâm", name_en="Centre", address="Thôn Đoài", weekly_hours=OFFICE
    )
    place.counters = [
        PlaceCounter(name="Quầy 1", weekly_hours=OFFICE),
        PlaceCounter(name="Quầy 4", weekly_hours={"5": "07:30-11:30"}),
    ]
    place.facilities = ["wifi", "ramp"]
    place.save()
    page = client.get("/en/dia-diem/").content.decode()
    assert 'id="trung-tam"' in page
    assert "Open now until" in page
    assert page.count("Saturday:") == 1
    assert "ramp" in page


@pytest.mark.parametrize("address", ["/can-bo/", "/dia-diem/"])
def test_an_empty_commune_still_answers(client: Client, address: str) -> None:
    Official.objects.all().delete()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/can-bo/", "/dia-diem/", "/sitemap.xml"])
def test_a_room_is_only_read_never_posted_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
