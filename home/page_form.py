"""The editor's form of every page: what the model would refuse while saving is said beside the field instead."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.checking import next_check

HOME_DEPTH = 2  # below Wagtail's root

# Addresses that views serve; a page right below a home page must not hide behind them.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "ar",
        "ban-lam-viec",
        "can-bo",
        "chien-dich",
        "cam-ket",
        "dia-diem",
        "en",
        "goi-y",
        "health",
        "lich-tiep-dan",
        "media",
        "ngoai-tuyen",
        "open311",
        "phan-anh",
        "q",
        "quay",
        "robots.txt",
        "sitemap.xml",
        "so-lieu",
        "static",
        "sw.js",
        "tai-khoan",
        "tai-lieu",
        "tim-kiem",
        "tinh-nguyen",
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
        self._plan_next_check(cleaned)
        return cleaned

    def _plan_next_check(self, cleaned: dict[str, Any]) -> None:
        """A new check puts the next one off, unless the editor set that day or it lies further away."""
        checked_on, again = cleaned.get("checked_on"), cleaned.get("check_again_on")
        if not checked_on or "check_again_on" in self.changed_data or "check_again_on" in self.errors:
            return
        proposed = next_check(checked_on, cleaned.get("slug") or self.instance.slug)
        if again is None or ("checked_on" in self.changed_data and again < proposed):
            cleaned["check_again_on"] = proposed
