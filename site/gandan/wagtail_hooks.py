"""The admin as a commune clerk meets it: nothing that is not theirs, our name, no word from Wagtail's own makers."""

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.search import SearchView
from wagtail.snippets.models import register_snippet

from gandan import slug_input
from gandan.bulk_publishing import PublishWhatMayBe
from gandan.deleting import refuse_what_is_used
from gandan.search import admin_dictionary, admin_report
from gandan.sign_in import works_on_cases
from gandan.sound import serve_part

slug_input.register()
hooks.register("before_delete_snippet", refuse_what_is_used)
hooks.register("before_serve_document", serve_part, order=10)  # after Wagtail's check of access
hooks.register("register_bulk_action", PublishWhatMayBe, order=1000)  # in the place of Wagtail's own
register_snippet(admin_dictionary.TermViewSet)
register_snippet(admin_report.BestBetViewSet)
hooks.register("register_admin_urls", admin_dictionary.urls)
hooks.register("register_admin_urls", admin_report.urls)
SearchView.verbose_name_plural = _("pages")  # Wagtail counts "1-4 of 4 None"

ADMINISTRATORS_ONLY = {"reports", "help", "settings-locales", "styleguide"}


class DeskItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, AbstractUser) and works_on_cases(request.user)


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    return DeskItem(_("The desk"), reverse("desk:cases"), name="desk", icon_name="mail", order=50)


class SearchReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gandan.change_searchterm")


@hooks.register("register_admin_menu_item")
def search_report_item() -> MenuItem:
    label, address = _("What people search for"), reverse("search_report")
    return SearchReportItem(label, address, name="search-report", icon_name="search", order=850)


@hooks.register("construct_main_menu", order=1000)
def hide_what_is_not_theirs(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if isinstance(request.user, AbstractUser) and not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in ADMINISTRATORS_ONLY]


@hooks.register("construct_help_menu", order=1000)
def hide_news_of_wagtail(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
