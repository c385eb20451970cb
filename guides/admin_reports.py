"""Where editors find what is to be looked at again: menu, reports, first page of the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from guides.overdue_report import ToLookAtPanel, ToLookAtView

ACTIONS = ["add", "change", "publish"]


class ToLookAtItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, ACTIONS))


def _item(order: int) -> MenuItem:
    return ToLookAtItem(
        _("To look at again"), reverse("to_look_at"), name="to-look-at", icon_name="time", order=order
    )


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("to-look-at/", ToLookAtView.as_view(), name="to_look_at"),
        path("to-look-at/results/", ToLookAtView.as_view(results_only=True), name="to_look_at_results"),
    ]


@hooks.register("register_reports_menu_item")
def in_reports() -> MenuItem:
    return _item(order=50)


@hooks.register("register_admin_menu_item")
def in_menu() -> MenuItem:
    """The menu of reports is hidden from editors; this one report is theirs."""
    return _item(order=220)


@hooks.register("construct_homepage_panels")
def on_first_page(request: HttpRequest, panels: list[Any]) -> None:
    if ToLookAtItem("", "", name="x").is_shown(request):
        panels.append(ToLookAtPanel())
