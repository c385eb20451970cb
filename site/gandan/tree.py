"""The site of a request and the part of its page tree that the request needs, in one statement each.

Wagtail walks down the tree with two statements a level and asks again for every address it prints. Here one
statement brings the sections (home pages and whatever may stand right below one), every page named in the
address and the translations of all of these; the router, menus, breadcrumbs and the language switch share it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import get_language, override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

DEEPEST = 12  # parts of an address; ours have four at most

_joined_to_site: list[str] = []


def join_to_site(relation: str) -> None:
    """Fetch a one-to-one relation of `Site`, such as the commune's settings, in the statement that finds it."""
    _joined_to_site.append(relation)


@dataclass(frozen=True)
class Known:
    """What the tree knows of a live page; `address` is its path on this site with the language's prefix."""

    pk: int
    title: str
    slug: str
    address: str
    relative: str
    language: str
    path: str
    depth: int
    translation_key: UUID
    content_type_id: int
    alias_of_id: int | None
    is_section: bool
    in_menus: bool
    expires_at: datetime | None

    @property
    def model(self) -> type[Page] | None:
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    def is_below(self, other: "Known") -> bool:
        return self.depth > other.depth and self.path.startswith(other.path)


@dataclass
class Tree:
    homes: dict[str, Known] = field(default_factory=dict)
    pages: list[Known] = field(default_factory=list)

    def home(self, language: str | None = None) -> Known | None:
        return self.homes.get(language or get_language() or "")

    def in_language(self, language: str) -> list[Known]:
        """In the order of the tree."""
        return [page for page in self.pages if page.language == language]

    def along(self, relative: str, language: str) -> list[Known]:
        """The live pages on the way of an address, the home page first, the page it names last."""
        return [page for page in self.in_language(language) if relative.startswith(page.relative)]

    def translations(self, page: Known) -> dict[str, Known]:
        return {
            other.language: other for other in self.pages if other.translation_key == page.translation_key
        }

    def ancestors(self, page: Known) -> list[Known]:
        """Live sections above a page, without the home page."""
        return [other for other in self.pages if page.is_below(other) and other.relative]


def site_of(request: HttpRequest) -> Site | None:
    """The request's site as Wagtail chooses it. Knows whether the asked address is redirected or any page private."""
    if not hasattr(request, "_wagtail_site"):
        sites = list(
            Site.objects.select_related("root_page__locale", *_joined_to_site).annotate(
                is_redirected=Exists(Redirect.objects.filter(old_path__in=_redirect_paths(request))),
                has_private_pages=Exists(PageViewRestriction.objects.all()),
            )
        )
        request._gandan_only_site = len(sites) == 1  # type: ignore[attr-defined]
        request._wagtail_site = _choose(sites, request)  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def tree_of(request: HttpRequest) -> Tree:
    if not hasattr(request, "_gandan_tree"):
        site = site_of(request)
        request._gandan_tree = _grow(request, site) if site else Tree()  # type: ignore[attr-defined]
    return request._gandan_tree  # type: ignore[attr-defined]


def page_of(request: HttpRequest) -> Known | None:
    """The page this request is answered with; None at fixed addresses."""
    return getattr(request, "_gandan_page", None)


def asked_path(request: HttpRequest) -> str:
    """The address below the home page ("huong-dan/thu-tuc/"); empty at fixed addresses."""
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return ""
    return str(match.args[0] if match.args else match.kwargs.get("path", ""))


def _redirect_paths(request: HttpRequest) -> set[str]:
    """Every form of the address that Wagtail's redirects may know: with and without query, encoded and decoded."""
    whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    paths = {whole, whole.partition("?")[0]}
    return {path for path in paths | {uri_to_iri(path) for path in paths} if "\0" not in path}


def _choose(sites: list[Site], request: HttpRequest) -> Site | None:
    host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]  # as Wagtail does
    port = int(request.get_port())
    named = [site for site in sites if site.hostname == host]
    default = [site for site in sites if site.is_default_site]
    exact = [site for site in named if site.port == port]
    by_choice = [*exact, *(site for site in named if site.is_default_site)]
    by_choice += named if len(named) == 1 else []
    return next(iter([*by_choice, *default]), None)


def _grow(request: HttpRequest, site: Site) -> Tree:
    root = site.root_page
    sections = _section_types(root)
    rows = list(_rows(sections, asked_path(request)))
    home_rows = [row for row in rows if row["translation_key"] == root.translation_key]
    prefixes = {row["locale__language_code"]: _prefix(row["locale__language_code"]) for row in home_rows}
    tree = Tree()
    for row in rows:
        home = next((home for home in home_rows if row["url_path"].startswith(home["url_path"])), None)
        if home is None:
            continue
        language = home["locale__language_code"]
        relative = row["url_path"][len(home["url_path"]) :]
        is_section = row["content_type_id"] in sections
        known = _known(row, language, relative, prefixes[language], is_section)
        tree.pages.append(known)
        if row is home:
            tree.homes[language] = known
    if getattr(request, "_gandan_only_site", False):
        _share_root_paths(request, site, home_rows)
    return tree


def _rows(sections: list[int], asked: str) -> QuerySet[Page, dict[str, Any]]:
    live = Page.objects.filter(live=True).order_by()
    parts = [part for part in asked.split("/") if part][: DEEPEST + 1]
    named = Page.objects.filter(slug__in=parts).order_by().values("translation_key") if parts else None
    columns = (
        *("pk", "title", "slug", "url_path", "path", "depth", "translation_key", "alias_of_id"),
        *("content_type_id", "show_in_menus", "expire_at", "locale__language_code"),
    )
    found = live.filter(content_type_id__in=sections).values(*columns)
    if named is not None:
        found = found.union(live.filter(translation_key__in=named).values(*columns))
    return found.order_by("path")


def _section_types(root: Page) -> list[int]:
    """The types of the home page and of whatever may stand right below it."""
    model = root.cached_content_type.model_class()
    below: Iterable[type[Page]] = model.clean_subpage_models() if model else []
    return [found.pk for found in ContentType.objects.get_for_models(*filter(None, [model, *below])).values()]


def _known(row: dict[str, Any], language: str, relative: str, prefix: str, is_section: bool) -> Known:
    return Known(
        pk=row["pk"],
        title=row["title"],
        slug=row["slug"],
        address=prefix + relative,
        relative=relative,
        language=language,
        path=row["path"],
        depth=row["depth"],
        translation_key=row["translation_key"],
        content_type_id=row["content_type_id"],
        alias_of_id=row["alias_of_id"],
        is_section=is_section,
        in_menus=row["show_in_menus"],
        expires_at=row["expire_at"],
    )


def _prefix(language: str) -> str:
    with override(language):
        return reverse("wagtail_serve", args=[""])


def _share_root_paths(request: HttpRequest, site: Site, home_rows: list[dict[str, Any]]) -> None:
    """Hand Wagtail what it would look up again for the first page address it prints."""
    request._wagtail_cached_site_root_paths = [  # type: ignore[attr-defined]
        SiteRootPath(site.pk, row["url_path"], site.root_url, row["locale__language_code"])
        for row in home_rows
    ]
