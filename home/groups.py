"""The seven groups of the commune's people, what each may do in the admin, and the way a page is approved.

The names are fixed English words: code, the sample accounts and the test matrix rely on them. Who works on cases is
decided by `feedback.access`, who coordinates helpers by `guides.helping.access`; the permission to change cases only
sends its people to the desk after signing in, that to add helpers to the volunteers' room.
Making the groups again adds what is missing and takes nothing away, so that a commune may widen a group.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITOR = "editor"
APPROVER = "approver"
EMERGENCY_PUBLISHER = "emergency publisher"
COORDINATOR = "coordinator"
OFFICIAL = "official"
LEADER = "leader"
VOLUNTEER = "volunteer"
GROUPS = (EDITOR, APPROVER, EMERGENCY_PUBLISHER, COORDINATOR, OFFICIAL, LEADER, VOLUNTEER)

WORKFLOW = "Duyệt bài"  # names of rows that clerks read
TASK = "Người duyệt xem và đăng"
WAGTAIL_GROUPS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"

CONTENT = (
    "guides.legaldocument",
    "guides.session",
    "guides.sessionseries",
    "home.shortlink",
    "gandan.searchterm",
    "gandan.bestbet",
)
SESSIONS = ("guides.session", "guides.sessionseries")
PLACES = ("home.area", "home.official", "home.place", "home.unit")
ROUTING = ("feedback.replytemplate", "feedback.routingrule", "feedback.topic", "gandan.workday")
MODELS = {
    EDITOR: CONTENT,
    APPROVER: CONTENT,
    EMERGENCY_PUBLISHER: ("news.alert",),
    COORDINATOR: (*PLACES, *ROUTING, *SESSIONS, "guides.campaign"),
}
SINGLE = {
    EDITOR: ("wagtail_localize.submit_translation", "feedback.view_pagevote"),
    APPROVER: ("wagtail_localize.submit_translation", "feedback.view_pagevote"),
    COORDINATOR: ("home.change_communesettings",),
}
PAGES = {
    EDITOR: ("add_page", "change_page"),
    APPROVER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
NEWS = {EMERGENCY_PUBLISHER: ("add_page", "change_page", "publish_page")}
PICTURES = {
    EDITOR: ("add", "change", "choose"),
    APPROVER: ("add", "change", "choose"),
    EMERGENCY_PUBLISHER: ("add", "choose"),
    COORDINATOR: ("add", "choose"),
}  # and documents alike


@transaction.atomic
def create_groups() -> None:
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in GROUPS}
    _remove_unused_wagtail_groups()
    homes = list(Page.objects.filter(depth=2, content_type__model="homepage"))
    news = list(Page.objects.filter(content_type__model="newsindexpage"))
    for name in (COORDINATOR, OFFICIAL, LEADER):
        groups[name].permissions.add(*_permissions(["feedback.change_case"]))
    groups[VOLUNTEER].permissions.add(*_permissions(["guides.add_helper"]))
    for name in MODELS:
        groups[name].permissions.add(*_permissions(_codes(name)))
        _allow_on_pages(groups[name], homes, PAGES.get(name, ()))
        _allow_on_pages(groups[name], news, NEWS.get(name, ()))
        _allow_in_library(groups[name], PICTURES[name])
    _approve_by(groups[APPROVER], homes)


def _codes(group: str) -> list[str]:
    codes = ["wagtailadmin.access_admin", *SINGLE.get(group, ())]
    for model in MODELS[group]:
        app, name = model.split(".")
        codes += [f"{app}.{action}_{name}" for action in ("add", "change", "delete", "view")]
    return codes


def _permissions(codes: Iterable[str]) -> list[Permission]:
    """Raises `Permission.DoesNotExist` for a model that has gone: a group must not shrink unnoticed."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (code.split(".") for code in codes)
    ]


def _allow_on_pages(group: Group, pages: Iterable[Page], codenames: Iterable[str]) -> None:
    for permission in _permissions(f"wagtailcore.{codename}" for codename in codenames):
        for page in pages:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_in_library(group: Group, actions: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    kinds = (("wagtailimages", "image"), ("wagtaildocs", "document"))
    codes = [f"{app}.{action}_{kind}" for app, kind in kinds for action in actions]
    for permission in _permissions(codes):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _approve_by(group: Group, homes: Iterable[Page]) -> None:
    """Submitted pages below every home page wait for an approver; a page with another workflow keeps it."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _ = GroupApprovalTask.objects.get_or_create(name=TASK)
    task.groups.add(group)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for page in homes:
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _remove_unused_wagtail_groups() -> None:
    """Wagtail begins with two groups that may do everything everywhere; they go unless somebody uses them."""
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW, workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW, task_states=None).delete()
