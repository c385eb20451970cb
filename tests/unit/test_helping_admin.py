"""What clerks set in the admin: roles of a series and of a session; people who are confirmed are never lost by it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from guides.helping import taking_part
from guides.models import Helper, SeriesNeed, SessionNeed
from guides.models.choices import Role
from tests.unit.helping_world import NOW, World, account, helping_commune, places, signed_in, world
from tests.unit.test_sessions import series

pytestmark = pytest.mark.django_db
__all__ = ["helping_commune", "world"]


@pytest.fixture
def clerk(world: World) -> Client:
    return signed_in(world.coordinator)


def address(world: World) -> str:
    return f"/admin/snippets/guides/session/edit/{world.session.pk}/"


def form(client: Client, path: str) -> QueryDict:
    """What a browser would send back untouched."""
    html = client.get(path).content.decode()
    forms = (querydict_from_html(html, form_index=number) for number in range(20))
    found = next(form for form in forms if "roles-TOTAL_FORMS" in form)
    found._mutable = True
    return found


def number_of(role: str, typed: QueryDict) -> str:
    """The place of the role's row among the rows of the form."""
    return next(key.split("-")[1] for key, value in typed.items() if key.endswith("-role") and value == role)


@pytest.mark.parametrize("who", ["coordinator", "editor", "approver"])
def test_numbers_are_changed_where_the_session_is(world: World, who: str) -> None:
    client = signed_in(account("ai-do", who))
    typed = form(client, address(world))
    typed[f"roles-{number_of(Role.TYPIST, typed)}-needed"] = "5"
    assert client.post(address(world), typed).status_code == 302
    assert places(world.session, Role.TYPIST) == (0, 5)


@pytest.mark.parametrize("who", ["volunteer", "leader", "official", "emergency publisher"])
def test_others_do_not_change_them(world: World, who: str) -> None:
    client = signed_in(account("ai-do", who))
    assert client.post(address(world), {"title": "x"}).status_code in {302, 403}
    world.session.refresh_from_db()
    assert world.session.title == "Cài VNeID"


def test_a_role_somebody_is_confirmed_for_is_not_deleted(world: World, clerk: Client) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, NOW)
    typed = form(clerk, address(world))
    typed[f"roles-{number_of(Role.GREETER, typed)}-DELETE"] = "1"
    answer = clerk.post(address(world), typed)
    assert answer.status_code == 200
    assert "Người đón: đã có người nhận" in answer.content.decode()
    assert places(world.session) == (1, 1)
    SessionNeed.objects.get(role=Role.GREETER).delete()
    assert places(world.session) == (1, 1)


def test_a_role_nobody_is_confirmed_for_is_deleted(world: World, clerk: Client) -> None:
    typed = form(clerk, address(world))
    typed[f"roles-{number_of(Role.GREETER, typed)}-DELETE"] = "1"
    assert clerk.post(address(world), typed).status_code == 302
    assert not SessionNeed.objects.filter(role=Role.GREETER).exists()


def test_fewer_than_those_confirmed_are_refused_beside_the_number(world: World, clerk: Client) -> None:
    for user in (world.mai, world.tam):
        taking_part.add(world.session, user, Role.TYPIST, NOW)
    typed = form(clerk, address(world))
    typed[f"roles-{number_of(Role.TYPIST, typed)}-needed"] = "1"
    answer = clerk.post(address(world), typed)
    assert answer.status_code == 200
    assert "Đã nhận 2 người rồi" in answer.content.decode()
    assert places(world.session, Role.TYPIST) == (2, 2)


@pytest.mark.parametrize(
    ("role", "needed", "sentence"),
    [
        (Role.TYPIST, "1", "trùng"),
        (Role.SAFETY, "0", ""),
        (Role.SAFETY, "31", ""),
        (Role.SAFETY, "nhiều", ""),
        ("chair", "1", ""),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_saved(
    world: World, clerk: Client, role: str, needed: str, sentence: str
) -> None:
    typed = form(clerk, address(world))
    rows = int(typed["roles-TOTAL_FORMS"])
    typed["roles-TOTAL_FORMS"] = str(rows + 1)
    typed.update({f"roles-{rows}-role": role, f"roles-{rows}-needed": needed, f"roles-{rows}-id": ""})
    answer = clerk.post(address(world), typed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert SessionNeed.objects.count() == 2


def test_a_session_with_helpers_is_not_deleted_and_the_clerk_reads_why(world: World, clerk: Client) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, NOW)
    answer = clerk.post(f"/admin/snippets/guides/session/delete/{world.session.pk}/", follow=True)
    assert "còn đang dùng nên chưa xóa được" in answer.content.decode()
    assert Helper.objects.exists()


def test_a_series_is_given_its_roles_in_the_admin(world: World, clerk: Client) -> None:
    evenings: Any = series()
    path = f"/admin/snippets/guides/sessionseries/edit/{evenings.pk}/"
    typed = form(clerk, path)
    typed["roles-TOTAL_FORMS"] = "1"
    typed.update(
        {"roles-0-role": Role.STUCK, "roles-0-needed": "2", "roles-0-is_direct": "on", "roles-0-id": ""}
    )
    assert clerk.post(path, typed).status_code == 302
    need = SeriesNeed.objects.get(series=evenings)
    assert (need.role, need.needed, need.is_direct) == (Role.STUCK, 2, True)
