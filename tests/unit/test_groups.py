from collections.abc import Mapping

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from home.groups import APPROVER, EDITOR, EMERGENCY_PUBLISHER, GROUPS, create_groups
from home.models import InfoPage, User
from tests.unit.staff_world import found_commune

People = Mapping[str, User]


@pytest.fixture
def people(db) -> People:
    return found_commune()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def info_page(title: str = "Giờ làm việc") -> InfoPage:
    home = Page.objects.get(depth=2, locale__language_code="vi")
    return home.add_child(instance=InfoPage(title=title, slug="gio-lam-viec", live=False))


def test_making_the_groups_again_changes_nothing(people):
    before = (GroupPagePermission.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count())
    create_groups()
    assert (
        GroupPagePermission.objects.count(),
        Workflow.objects.count(),
        WorkflowPage.objects.count(),
    ) == before
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)


@pytest.mark.django_db
def test_wagtails_own_groups_go_unless_somebody_is_in_them():
    create_groups()
    assert not Group.objects.filter(name="Editors").exists()
    kept = Group.objects.create(name="Moderators")
    User.objects.create_user("lan").groups.add(kept)
    create_groups()
    assert Group.objects.filter(name="Moderators").exists()


@pytest.mark.parametrize(
    ("group", "may_edit", "may_publish"),
    [
        (EDITOR, True, False),
        (APPROVER, True, True),
        (EMERGENCY_PUBLISHER, False, False),
        ("coordinator", False, False),
        ("official", False, False),
        ("leader", False, False),
        ("volunteer", False, False),
    ],
)
def test_an_editor_writes_and_an_approver_publishes(people, group, may_edit, may_publish):
    tester = info_page().permissions_for_user(people[group])
    assert (tester.can_edit(), tester.can_publish()) == (may_edit, may_publish)


def test_an_emergency_publisher_publishes_news_and_nothing_else(people):
    news = Page.objects.get(content_type__model="newsindexpage", locale__language_code="vi")
    home = Page.objects.get(depth=2, locale__language_code="vi")
    person = people[EMERGENCY_PUBLISHER]
    assert news.permissions_for_user(person).can_publish_subpage()
    assert not home.permissions_for_user(person).can_publish_subpage()
    assert person.has_perm("news.add_alert")
    assert not people[EDITOR].has_perm("news.add_alert")


def test_nobody_but_the_administrator_makes_accounts_or_a_second_home_page(people):
    root = Page.get_first_root_node()
    for group in GROUPS:
        assert not people[group].has_perm("home.add_user")
        assert not root.permissions_for_user(people[group]).can_add_subpage()


def test_a_submitted_page_waits_for_the_approver_and_is_live_after_that(people):
    page = info_page()
    page.save_revision(user=people[EDITOR])
    answer = signed_in(people[EDITOR]).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "Thứ Hai đến thứ Sáu",
            "body-count": "0",
            "priority": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-submit": "1",
        },
    )
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    page.refresh_from_db()
    task = page.current_workflow_task_state
    assert not page.live
    assert task.task.specific.groups.get().name == APPROVER
    assert not page.current_workflow_task.specific.user_can_access_editor(page, people["official"])
    task.approve(user=people[APPROVER])
    page.refresh_from_db()
    assert page.live
    assert page.last_published_at <= timezone.now()


def test_an_editors_menu_holds_only_what_is_theirs(people):
    html = signed_in(people[EDITOR]).get("/admin/").content.decode()
    for address in (
        "/admin/reports/",
        "/admin/users/",
        "/admin/sites/",
        "/admin/workflows/",
        "guide.wagtail.org",
    ):
        assert address not in html
    assert "/admin/pages/" in html


def test_the_admin_speaks_vietnamese_to_whoever_chose_nothing(people):
    assert '<html lang="vi"' in signed_in(people[EDITOR]).get("/admin/").content.decode()
    assert (
        signed_in(people[EDITOR])
        .get("/admin/", headers={"Accept-Language": "en"})
        .headers["Content-Language"]
        == "vi"
    )
