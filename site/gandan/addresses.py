"""The address of a page from its `url_path` alone, without asking the database.

Every home page stands right below the root of the page tree, so the first part of a `url_path` is the home page
and the language says the prefix.
"""

from django.urls import reverse
from django.utils.translation import override


def page_path(url_path: str, language: str) -> str:
    """`/trang-chu/tin-tuc/` in English is `/en/tin-tuc/`."""
    _, _, below_home = url_path.lstrip("/").partition("/")
    with override(language):
        return reverse("wagtail_serve", args=[below_home])
