"""Who may open which address. An address without a declared policy fails; so does an unexpected opening."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page

from home.groups import GROUPS
from home.models import Official, Unit, User
from tests.unit.staff_world import found_commune

pytestmark = pytest.mark.django_db

PUBLIC = "public"  # the same for everybody
DOOR = "door"  # sign-in, and what somebody signed in does with their own account
PACK = "pack"  # whoever prepares or runs sessions
DESK = "desk"  # officials, coordinators, leaders
OWN = "own"  # officials alone: their own absence
ROOM = "room"  # volunteers, coordinators, leaders
BOARD = "board"  # coordinators and leaders
LOG = "log"  # leaders: who looked at what
ADMIN = "admin"  # whoever holds wagtailadmin.access_admin; Wagtail decides page by page
POLICIES = {  # by the beginning of the route; the longest wins
    "": "none",
    "health/": PUBLIC,
    "robots.txt": PUBLIC,
    "sitemap.xml": PUBLIC,
    "sw.js": PUBLIC,
    "ngoai-tuyen/": PUBLIC,
    "chien-dich/": PUBLIC,
    "media/images/": PUBLIC,
    "tai-lieu/": PUBLIC,
    "tai-khoan/": DOOR,
    "admin/": ADMIN,
    "admin/login/": DOOR,
    "admin/logout/": DOOR,
    "admin/password_reset/": DOOR,
    "admin/sprite/": PUBLIC,
    "admin/jsi18n/": PUBLIC,
    "tim-kiem/": PUBLIC,
    "phan-anh/": PUBLIC,
    "so-lieu/": PUBLIC,
    "cam-ket/": PUBLIC,
    "open311/v2/": PUBLIC,
    "ban-lam-viec/": DESK,
    "ban-lam-viec/ai-da-xem/": LOG,
    "ban-lam-viec/cam-ket/": BOARD,
    "ban-lam-viec/tai/": BOARD,
    "ban-lam-viec/vang-mat/": OWN,
    "tinh-nguyen/": ROOM,
    "tinh-nguyen/dieu-phoi/": BOARD,
    "tinh-nguyen/buoi/": ROOM,  # session by session, see test_counting_page
    "tinh-nguyen/tuan": BOARD,
    "can-bo/": PUBLIC,
    "dia-diem/": PUBLIC,
    "q/": PUBLIC,
    "quay/": PUBLIC,
    "buoi-ho-tro": PUBLIC,
    "buoi-ho-tro/<int:number>/bo-in/": PACK,
    "huong-dan/thay-doi/": PUBLIC,
    "_util/": PUBLIC,  # Wagtail's form for pages with a password
    "((?:[\\w\\-]+/)*)": PUBLIC,  # pages
}
WITH_THE_PACK = {"editor", "approver", "coordinator", "official", "leader", "volunteer"}
AT_THE_DESK = {"official", "coordinator", "leader"}
IN_THE_ROOM = {"volunteer", "coordinator", "leader"}
AT_THE_BOARD = {"coordinator", "leader"}
IN_THE_ADMIN = {"editor", "approver", "emergency publisher", "coordinator"}
ADMINISTRATORS_ALONE = [
    "/admin/users/",
    "/admin/groups/",
    "/admin/groups/new/",
    "/admin/sites/",
    "/admin/workflows/list/",
    "/admin/workflows/add/",
    "/admin/redirects/",
    "/admin/collections/",
    "/admin/locales/",
]


@cache
def routes() -> list[str]:
    """Every route of the site as one string, regular expressions without their anchors."""

    def walk(patterns: list[URLPattern | URLResolver], begin: str) -> Iterator[str]:
        for pattern in patterns:
            route = begin + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    return sorted(set(walk(get_resolver().url_patterns, "")))


def policy(route: str) -> str:
    return POLICIES[max((begin for begin in POLICIES if route.startswith(begin)), key=len)]


@cache
def plain(wanted: str) -> list[str]:
    """Addresses under a policy that need no argument."""
    return [f"/{route}" for route in routes() if policy(route) == wanted and not set(route) & set("<(^*[\\")]


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker) -> Iterator[Mapping[str, User]]:
    with django_db_blocker.unblock(), transaction.atomic():
        found = found_commune()
        unit = Unit.objects.create(key="mot-cua", name="Trung tâm", weekly_hours={})
        Official.objects.create(
            key="lan", name="Nguyễn Thị Lan", title="Hộ tịch", unit=unit, user=found["official"]
        )
        yield found
        transaction.set_rollback(True)


def visitor(people: Mapping[str, User], who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(people[who])
    return client


@pytest.fixture(scope="module")
def seen_by_a_stranger(people, django_db_blocker) -> dict[str, int]:
    """The status of every public address."""
    with django_db_blocker.unblock():
        return {address: Client().get(address).status_code for address in plain(PUBLIC)}


VISITORS = ["anonymous", *GROUPS]


def test_every_address_has_a_declared_policy():
    assert [route for route in routes() if policy(route) == "none" and route] == []


def test_an_address_without_a_policy_would_be_seen():
    assert policy("bi-mat/") == "none"


@pytest.mark.parametrize("who", VISITORS)
def test_the_admin_opens_to_editors_and_coordinators_alone(people, who):
    client = visitor(people, who)
    for address in sorted({*plain(ADMIN)} - {"/admin/failwhale/"}):  # Wagtail's page that fails on purpose
        answer = client.get(address)
        assert answer.status_code < 500, address
        if who not in IN_THE_ADMIN:
            assert answer.status_code in {302, 403, 404}, (who, address)
            assert answer.headers.get("Location") != "/admin/", address
    assert (client.get("/admin/").status_code == 200) == (who in IN_THE_ADMIN)


@pytest.mark.parametrize("address", ADMINISTRATORS_ALONE)
@pytest.mark.parametrize("who", VISITORS)
def test_accounts_groups_sites_and_workflows_are_the_administrators_alone(people, who, address):
    assert visitor(people, who).get(address).status_code in {302, 403, 404}
    assert visitor(people, "administrator").get(address).status_code == 200


@pytest.mark.parametrize("who", VISITORS)
def test_the_desk_opens_to_those_who_work_on_cases_alone(people, who):
    client = visitor(people, who)
    for address in plain(DESK):
        answer = client.get(address)
        if who in AT_THE_DESK:
            assert answer.status_code == 200, address
        elif who == "anonymous":
            assert answer.headers["Location"].startswith("/tai-khoan/login/"), address
        else:
            assert answer.status_code == 403, (who, address)


@pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
@pytest.mark.parametrize("who", VISITORS)
def test_the_pack_of_a_session_opens_to_those_who_prepare_and_run_sessions_alone(people, who, prefix):
    answer = visitor(people, who).get(f"{prefix}/buoi-ho-tro/99999/bo-in/")
    if who == "anonymous":
        assert answer.status_code == 302
        assert "/tai-khoan/login/" in answer.headers["Location"]
    else:
        assert answer.status_code == (404 if who in WITH_THE_PACK else 403)


@pytest.mark.parametrize(("room", "theirs"), [(ROOM, IN_THE_ROOM), (BOARD, AT_THE_BOARD), (LOG, {"leader"})])
@pytest.mark.parametrize("who", VISITORS)
def test_volunteers_coordinators_and_leaders_have_rooms_of_their_own(people, who, room, theirs):
    client = visitor(people, who)
    assert plain(room)
    for address in plain(room):
        answer = client.get(address)
        if who in theirs:  # without hours there is no letter, and one is led back to the hours
            assert answer.status_code == 200 or answer.headers["Location"].endswith("/gio/"), address
        elif who == "anonymous":
            assert answer.headers["Location"].startswith("/tai-khoan/login/"), address
        else:
            assert answer.status_code == 403, (who, address)


@pytest.mark.parametrize("who", VISITORS)
def test_only_officials_say_that_they_are_away(people, who):
    client = visitor(people, who)
    for address in plain(OWN):
        expected = {"official": 200, "anonymous": 302}.get(who, 403)
        assert client.get(address).status_code == expected, address


STEPS = "nhan-viec dang-lam lam-tiep tra-loi tieu-de ghi-chu lien-lac da-xem hoi-dap hoi-lai chuyen tu-choi an gop"


@pytest.mark.parametrize("path", ["", *(f"{step}/" for step in STEPS.split())])
@pytest.mark.parametrize("who", VISITORS)
def test_a_case_that_is_not_there_or_not_theirs_opens_to_nobody(people, who, path):
    client = visitor(people, who)
    for ask in (client.get, client.post):
        assert ask(f"/ban-lam-viec/GD-2222-2222-2222-2/{path}").status_code in {302, 403, 404, 405}


@pytest.mark.parametrize("who", VISITORS)
def test_public_rooms_are_the_same_for_everybody(people, seen_by_a_stranger, who):
    client = visitor(people, who)
    for address in plain(PUBLIC):
        answer = client.get(address)
        assert answer.status_code == seen_by_a_stranger[address], address
        assert not answer.cookies, address


@pytest.mark.parametrize("who", VISITORS)
def test_pages_of_ones_own_account_need_an_account(people, who):
    for address in plain(DOOR):
        answer = visitor(people, who).get(address)
        assert answer.status_code in {200, 302, 403, 404, 405}, address
        if who == "anonymous" and ("2fa" in address or "change" in address or "reauthenticate" in address):
            assert answer.status_code == 302, address


@pytest.mark.parametrize("who", VISITORS)
def test_a_draft_is_read_only_by_those_who_may_edit_it(people, who):
    draft = Page.objects.get(depth=2, locale__language_code="vi").get_children().first()
    address = f"/admin/pages/{draft.pk}/edit/"
    assert (visitor(people, who).get(address).status_code == 200) == (who in {"editor", "approver"} or (
        who == "emergency publisher" and draft.content_type.model == "newsindexpage"))  # fmt: skip


def test_a_coordinator_who_mistypes_hours_is_told_and_loses_nothing(people):
    client = visitor(people, "coordinator")
    unit = Unit.objects.get()
    address = f"/admin/snippets/home/unit/edit/{unit.pk}/"
    typed = {"name": unit.name, "key": unit.key, "answer_by": "16:00", "order": "0"}
    hours = {f"weekly_hours_{day}": "7:30-11:30, 13:30-17:00" for day in range(5)}
    wrong = client.post(address, {**typed, **hours, "weekly_hours_2": "sáng"})
    assert wrong.status_code == 200
    assert "weekly_hours" in wrong.context["form"].errors
    assert 'value="sáng"' in wrong.content.decode()
    assert client.post(address, {**typed, **hours}).status_code == 302
    unit.refresh_from_db()
    assert unit.weekly_hours["2"] == "07:30-11:30, 13:30-17:00"
