"""The addresses search engines may read: every live public page and the fixed addresses, in every language.

Built from one statement over the page tree; Wagtail's own sitemap asks several statements a page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageViewRestriction

from gandan.pages import keep_fresh
from gandan.tree import Tree, tree_of

MOST = 50_000  # the protocol's limit for one file

FIXED = [
    *("home:officials", "home:places", "guides:changes", "campaigns:index"),
    *("feedback:doors", "feedback:ask", "feedback:report", "feedback:complaint", "feedback:denunciation"),
]

Entry = tuple[str, dict[str, str], datetime | None]

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    tree = tree_of(request)
    entries = [*_pages(tree), *_fixed(tree)][:MOST]
    written = HEAD + "".join(map(_written, entries)) + "</urlset>\n"
    return keep_fresh(HttpResponse(written, content_type="application/xml"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/admin/", "/ban-lam-viec/", "/tinh-nguyen/", "/tai-khoan/", "/phan-anh/phieu/", "/q/"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {_base()}/sitemap.xml",
        "",
    ]
    return keep_fresh(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def _base() -> str:
    return str(settings.BASE_URL).rstrip("/")


def _pages(tree: Tree) -> Iterator[Entry]:
    homes = {home.path: home for home in tree.homes.values()}
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    columns = ("path", "url_path", "translation_key", "last_published_at")
    rows = list(
        Page.objects.filter(live=True, alias_of=None, depth__gt=1).order_by("path").values_list(*columns)
    )
    root_paths = {path: url_path for path, url_path, _key, _at in rows if path in homes}
    found = defaultdict(list)
    for path, url_path, key, at in rows:
        home = homes.get(path[: 2 * Page.steplen])
        if home is None or (private and path.startswith(private)):
            continue
        address = home.address + url_path[len(root_paths[home.path]) :]
        found[key].append((home.language, address, at))
    for translations in found.values():
        alternates = {language: address for language, address, _at in translations}
        yield from ((address, alternates, at) for _language, address, at in translations)


def _fixed(tree: Tree) -> Iterator[Entry]:
    for name in FIXED:
        alternates = dict(_in_each_language(name, tree.homes))
        yield from ((address, alternates, None) for address in alternates.values())


def _in_each_language(name: str, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        with override(language):
            try:
                yield language, reverse(name)
            except NoReverseMatch:
                continue


def _written(entry: Entry) -> str:
    address, alternates, at = entry
    base = _base()
    changed = f"<lastmod>{at:%Y-%m-%d}</lastmod>" if at else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(base + other)}"/>'
        for language, other in alternates.items()
        if len(alternates) > 1
    )
    return f"<url><loc>{escape(base + address)}</loc>{changed}{others}</url>\n"
