"""Keys with which programs send cases: made and withdrawn in the admin, shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import ApiKey
from home.models import User
from tests.unit.feedback_world import account, found_commune

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_feedback_apikey:add"


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("quantri", password="khong-dung-o-dau"))
    return client


def shown(page: str) -> str:
    found = re.search(r"<code>([\w-]{43})</code>", page)
    return found[1] if found else ""


def test_a_new_key_is_shown_once_and_works_until_it_is_withdrawn(administrator) -> None:
    page = administrator.post(reverse(ADD), {"name": "App của tỉnh", "is_active": "on"}, follow=True)
    key = shown(page.content.decode())
    row = ApiKey.objects.get()
    assert key
    assert ApiKey.objects.active(key) == row
    assert key not in administrator.get(reverse("wagtailsnippets_feedback_apikey:list")).content.decode()

    edit = reverse("wagtailsnippets_feedback_apikey:edit", args=[row.pk])
    assert key not in administrator.get(edit).content.decode()
    administrator.post(edit, {"name": "App của tỉnh"})
    assert ApiKey.objects.active(key) is None


def test_a_key_without_a_name_is_not_made(administrator) -> None:
    assert administrator.post(reverse(ADD), {"name": " "}).status_code == 200
    assert not ApiKey.objects.exists()


def test_nobody_but_administrators_makes_keys() -> None:
    found_commune()
    coordinator = Client()
    coordinator.force_login(account("dieuphoi", group="coordinator"))

    assert coordinator.get(reverse(ADD)).status_code in {302, 403}
