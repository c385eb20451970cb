"""QR posters of a guide, a counter and a session, and the cards of a counter; each leads where it says."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from gandan.worktime import VIETNAM
from guides.models import ProcedurePage, Session
from home.models import ShortLink
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

GUIDE = "/huong-dan/thu-tuc/dang-ky-khai-sinh/"


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=VIETNAM), tick=False):
        yield


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert not client.cookies
    return answer.content.decode()


def short_address(page: str) -> str:
    found = re.search(r"/q/[a-z0-9]{3,8}", page)
    assert found is not None
    return found[0]


def test_the_poster_of_a_guide_names_the_facts_and_its_qr_leads_to_it(client: Client) -> None:
    page = read(client, f"{GUIDE}ap-phich/")
    assert "<svg" in page
    assert "Lệ phí" in page
    assert client.get(short_address(page))["Location"].endswith(GUIDE)


def test_the_poster_of_a_translated_guide_is_in_its_language(client: Client) -> None:
    assert "Scan to see what to bring" in read(client, f"/en{GUIDE}ap-phich/")
    assert 'dir="rtl"' in read(client, f"/ar{GUIDE}ap-phich/")


def test_a_counter_lists_its_guides_and_its_poster_leads_to_the_list(client: Client) -> None:
    at_counter = ProcedurePage.objects.filter(locale__language_code="vi", places__key="trung-tam")
    name = at_counter.exclude(counter="").first().counter
    titles = [guide.title for guide in at_counter if guide.counter == name]
    others = [guide.title for guide in at_counter if guide.counter != name]
    listed = read(client, f"/quay/trung-tam/?quay={name}")
    assert all(title in listed for title in titles)
    assert not any(f">{title}<" in listed for title in others)
    poster = read(client, f"/quay/trung-tam/ap-phich/?quay={name}")
    found = client.get(short_address(poster), follow=True)
    assert titles[0] in found.content.decode()


def test_the_qr_sheet_of_a_place_has_one_card_for_each_guide(client: Client) -> None:
    guides = ProcedurePage.objects.filter(locale__language_code="vi", places__key="trung-tam", live=True)
    page = read(client, "/quay/trung-tam/the-qr/")
    assert page.count("qr-card") == len(guides) > 8


def test_a_poster_printed_twice_keeps_its_short_address(client: Client) -> None:
    first = short_address(read(client, "/quay/trung-tam/ap-phich/"))
    made = ShortLink.objects.count()
    assert short_address(read(client, "/quay/trung-tam/ap-phich/")) == first
    assert ShortLink.objects.count() == made


def test_the_poster_of_a_session_leads_to_it_and_says_when_it_is_off(client: Client) -> None:
    session = Session.objects.filter(is_cancelled=False, date__gte="2026-11-25").first()
    page = read(client, f"/buoi-ho-tro/{session.pk}/ap-phich/")
    assert f"{session.date:%d/%m/%Y}" in page
    assert client.get(short_address(page))["Location"] == f"/buoi-ho-tro/{session.pk}/"
    Session.objects.filter(pk=session.pk).update(is_cancelled=True, reason="Mưa bão")
    assert "Hủy:" in read(client, f"/buoi-ho-tro/{session.pk}/ap-phich/")


@pytest.mark.parametrize(
    "address",
    [
        "/quay/khong-co/",
        "/quay/trung-tam/?quay=khong-co",
        "/quay/trung-tam/the-qr/?quay=%00",
        "/quay/nha-van-hoa-bai/ap-phich/",
        "/buoi-ho-tro/999999/ap-phich/",
    ],
)
def test_a_poster_of_nothing_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
