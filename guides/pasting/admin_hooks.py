"""Where clerks find the screen: the menu, a guide's own buttons, the index of procedures."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from guides.models import GuidesIndexPage, ProcedurePage
from guides.models.procedures import lists_of
from guides.pasting.views import PasteView, index_of_drafts

LABEL = _("Paste official text")


class PasteItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        index = index_of_drafts()
        return index is not None and index.permissions_for_user(request.user).can_add_subpage()


def paste_item() -> MenuItem:
    return PasteItem(
        LABEL,
        reverse("paste_official_text"),
        name="paste-official-text",
        icon_name="clipboard-list",
        order=900,
    )


@hooks.register("register_admin_urls")
def paste_urls() -> list[URLPattern]:
    return [path("guides/paste/", PasteView.as_view(), name="paste_official_text")]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    page = page.specific
    may = page.permissions_for_user(user)
    address = reverse("paste_official_text")
    if isinstance(page, ProcedurePage) and may.can_edit():
        address += "?" + urlencode({"guide": page.pk})
        yield Button(LABEL, url=address, icon_name="clipboard-list", priority=25)
    if _lists_procedures(page) and may.can_add_subpage():
        yield Button(LABEL, url=address, icon_name="clipboard-list", priority=25)


def _lists_procedures(page: Page) -> bool:
    return isinstance(page, GuidesIndexPage) and lists_of(page) == GuidesIndexPage.Lists.PROCEDURES
