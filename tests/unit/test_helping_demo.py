"""The sample volunteers: places, an offer, a swap and hours; every sample session says whom it still needs."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate

from gandan.models import Outbox
from guides.helping.needs import still_needed
from guides.models import Helper, Session, SessionNeed
from home.models import User
from tests.unit.demo_world import demo
from tests.unit.test_taking_part import check_all_agrees

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
__all__ = ["demo"]


def test_every_sample_session_asks_for_helpers() -> None:
    assert not Session.objects.filter(roles=None, date__gte=localdate()).exists()
    coming = list(Session.objects.filter(is_cancelled=False))
    assert len(still_needed(coming)) > 5
    for session in coming:
        check_all_agrees(session)


def test_the_sample_volunteer_has_places_an_offer_and_hours(client: Client) -> None:
    mai = User.objects.get(username="tinhnguyen")
    assert set(mai.helps.values_list("state", flat=True)) >= {"confirmed", "offered"}
    assert Helper.objects.asking_to_swap().count() == 1
    assert SessionNeed.objects.filter(is_direct=True).exists()
    client.force_login(mai)
    assert "5 giờ 30 phút" in client.get("/tinh-nguyen/gio/?tu=2026-01-01&den=2100-12-31").content.decode()
    page = client.get("/tinh-nguyen/").content.decode()
    assert "tôi thay" in page
    assert page.count('class="ruled-row"') == 2


def test_the_sample_sends_no_mail() -> None:
    assert not Outbox.objects.filter(key__startswith="helper-").exists()


def test_a_second_load_changes_nothing() -> None:
    Helper.objects.filter(user__username="tinhnguyen", state="offered").update(state="withdrawn")
    before = list(Helper.objects.order_by("pk").values())
    needs = list(SessionNeed.objects.order_by("pk").values())
    call_command("load_demo", verbosity=0)
    assert list(Helper.objects.order_by("pk").values()) == before
    assert list(SessionNeed.objects.order_by("pk").values()) == needs


def test_the_public_list_says_whom_a_session_still_needs(client: Client) -> None:
    page = client.get("/buoi-ho-tro/").content.decode()
    assert "Còn cần: " in page
    assert "Trần Thị Mai" not in page
