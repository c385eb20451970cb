from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.packs.views import DownloadPack, PacksView, TakePack, UploadPack, parts_for


class PacksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(parts_for(request.user))


@hooks.register("register_admin_urls")
def pack_urls() -> list[URLPattern]:
    return [
        path("packs/", PacksView.as_view(), name="content_packs"),
        path("packs/download/", DownloadPack.as_view(), name="download_pack"),
        path("packs/upload/", UploadPack.as_view(), name="upload_pack"),
        path("packs/take/", TakePack.as_view(), name="take_pack"),
    ]


@hooks.register("register_admin_menu_item")
def packs_item() -> MenuItem:
    address = reverse("content_packs")
    return PacksItem(
        _("Content packs"), address, name="content-packs", icon_name="folder-open-inverse", order=320
    )
