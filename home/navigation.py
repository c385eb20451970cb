"""Menu, footer, breadcrumbs and language switch, all from the one statement of `gandan.tree`.

A section without a page in the reader's language leads to the Vietnamese page and says so.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy

from gandan.tree import Known, Tree, asked_path, page_of, tree_of
from home.models import InfoPage


@dataclass(frozen=True)
class Link:
    """`language` is set where the linked page is not in the reader's language."""

    title: str
    url: str
    current: str = ""
    language: str = ""


# Fixed addresses in the menu and the footer; left out while an app does not serve them yet.
IN_MENU = [("feedback:doors", gettext_lazy("Ask, report")), ("home:officials", gettext_lazy("Officials"))]
WHO_AND_WHERE = [
    ("home:officials", gettext_lazy("Officials and phone numbers")),
    ("home:places", gettext_lazy("Places and opening hours")),
    ("campaigns:index", gettext_lazy("Campaigns")),
    ("commitments:list", gettext_lazy("What the leaders promised")),
    ("figures:cases", gettext_lazy("How the commune keeps its word")),
]
TO_TURN_TO = [
    ("feedback:doors", gettext_lazy("Ask, report, complain")),
    ("feedback:track", gettext_lazy("Follow a slip")),
]


def menu(request: HttpRequest) -> list[Link]:
    return [*_pages(request, in_menus=True), *_fixed(request, IN_MENU)]


def footer_links(request: HttpRequest) -> list[list[Link]]:
    """What one can read and whom one can meet; what one can send, and the pages about the site itself."""
    return [
        [*_pages(request, in_menus=True), *_fixed(request, WHO_AND_WHERE)],
        [*_fixed(request, TO_TURN_TO), *_pages(request, in_menus=False)],
    ]


def crumbs(request: HttpRequest) -> list[Link]:
    """The sections above the page, from the top, without the home page and the page itself."""
    page = page_of(request)
    if page is None:
        return []
    return [Link(known.title, known.address) for known in tree_of(request).ancestors(page)]


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """This page, or the home page, in every language that has a live home page; none for a single language."""
    tree = tree_of(request)
    own = _own_addresses(request, tree)
    found = [
        {
            "code": code,
            "label": name,
            "url": own.get(code, tree.homes[code].address),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
        if code in tree.homes
    ]
    return found if len(found) > 1 else []


def canonical(request: HttpRequest) -> str:
    """The one address of this page under BASE_URL, without its query."""
    return settings.BASE_URL.rstrip("/") + request.path


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """(language, whole address) of each translation, for search engines; none for a page in one language."""
    tree = tree_of(request)
    own = _own_addresses(request, tree)
    base = settings.BASE_URL.rstrip("/")
    return [(code, base + url) for code, url in sorted(own.items())] if len(own) > 1 else []


def _own_addresses(request: HttpRequest, tree: Tree) -> dict[str, str]:
    page = page_of(request)
    if page is not None:
        rest = asked_path(request)[len(page.relative) :]
        return {code: other.address + rest for code, other in tree.translations(page).items()}
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve" or request.method != "GET":
        return {}
    return {code: _in_language(request, code) for code in tree.homes}


def _in_language(request: HttpRequest, code: str) -> str:
    """The same fixed address in another language, without its query: what was typed stays where it was typed."""
    prefix, wanted = _prefix(get_language() or ""), _prefix(code)
    return wanted + request.path.removeprefix(prefix)


def _prefix(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def _pages(request: HttpRequest, *, in_menus: bool) -> list[Link]:
    """Sections in the order of the tree: those shown in menus, or the info pages right below the home page."""
    tree = tree_of(request)
    listed = [page for page in tree.in_language(settings.LANGUAGE_CODE) if _is_listed(page, in_menus)]
    return [_link(request, tree, page) for page in listed]


def _is_listed(page: Known, in_menus: bool) -> bool:
    if not page.is_section or not page.relative:
        return False
    if in_menus:
        return page.in_menus
    return not page.in_menus and page.relative.count("/") == 1 and page.model is InfoPage


def _link(request: HttpRequest, tree: Tree, original: Known) -> Link:
    language = get_language() or settings.LANGUAGE_CODE
    own = tree.translations(original).get(language)
    shown = own or original
    return Link(shown.title, shown.address, _current(request, shown), "" if own else original.language)


def _current(request: HttpRequest, shown: Known) -> str:
    """For `aria-current`: this very page, or a page below the section."""
    page = page_of(request)
    if page is None:
        return ""
    if page.pk == shown.pk:
        return "page"
    return "true" if page.is_below(shown) else ""


def _fixed(request: HttpRequest, links: list[tuple[str, Any]]) -> list[Link]:
    return [link for name, title in links if (link := _fixed_link(request, name, str(title)))]


def _fixed_link(request: HttpRequest, name: str, title: str) -> Link | None:
    url = fixed_address(name)
    return Link(title, url, "page" if request.path == url else "") if url else None


def fixed_address(name: str) -> str:
    """Empty while no app serves it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
