"""The editor's form of every page: what the model would refuse while saving is said beside the field instead."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

HOME_DEPTH = 2  # below Wagtail's root

# Addresses that views serve; a page right below a home page must not hide behind them.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "ar",
        "ban-lam-viec",
        "can-bo",
        "dia-diem",
        "en",
        "goi-y",
        "health",
        "lich-tiep-dan",
        "media",
        "open311",
        "phan-anh",
        "q",
        "robots.txt",
        "sitemap.xml",
        "so-lieu",
        "static",
        "sw.js",
        "tai-khoan",
        "tai-lieu",
        "tim-kiem",
    }
)


def is_reserved(slug: str, parent_depth: int | None) -> bool:
    return parent_depth == HOME_DEPTH and slug in RESERVED_SLUGS


def reserved_message() -> str:
    return _("This address belongs to the site itself. Choose another word.")


class BasePageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if is_reserved(cleaned.get("slug", ""), getattr(self.parent_page, "depth", None)):
            self.add_error("slug", reserved_message())
        return cleaned
