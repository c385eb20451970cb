from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from guides.tables import views
from home.models import User


class TablesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and views.may_import(request.user)


class TablesViewSet(ViewSet):
    name = "guide_tables"
    url_prefix = "nhap-bang-tinh"
    icon = "upload"
    menu_label = _("Import from a table")
    menu_item_class = TablesItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", views.upload, name="upload"),
            path("mau.xlsx", views.template, name="template"),
            path("thu-tuc.xlsx", views.present, name="present"),
            path("<str:token>/", views.check, name="check"),
        ]
