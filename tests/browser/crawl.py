"""Every page that a reader reaches by links from the home pages, over plain HTTP and without cookies."""

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

FROM = ("/", "/en/", "/ar/", "/sitemap.xml")
TRANSLATED = ("/en/", "/ar/")
FOR_STAFF = ("/admin/", "/ban-lam-viec/", "/tinh-nguyen/", "/tai-khoan/")
MOST = 1_200  # pages
ADDRESS_IN_SITEMAP = re.compile(r"<loc>([^<]+)</loc>")
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Seen:
    """`address` is where the answer came from, after redirects; `linked_from` the first page that leads here."""

    address: str
    linked_from: str
    status: int
    headers: Message
    body: bytes

    @cached_property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    @property
    def is_html(self) -> bool:
        return self.headers.get_content_type() == "text/html"

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def anchors(self) -> set[str]:
        return {str(tag["id"]) for tag in self.html.find_all(id=True)}

    @property
    def is_narrowed(self) -> bool:
        """A list with something chosen already: its further choices are the same again, in every combination."""
        return "&" in urlsplit(self.address).query

    def links(self) -> Iterator[str]:
        if not self.is_html:
            yield from ADDRESS_IN_SITEMAP.findall(self.body.decode()) if self.path == "/sitemap.xml" else ()
            return
        for tag in self.html.find_all(["a", "link", "area"], href=True):
            if not is_hint(tag) and not (self.is_narrowed and "nofollow" in (tag.get("rel") or [])):
                yield str(tag["href"])
        for tag in self.html.find_all(src=True):
            yield str(tag["src"])


def is_hint(tag: Tag) -> bool:
    """Addresses for machines that are compared, never fetched."""
    return tag.name == "link" and bool({"canonical", "alternate"} & set(tag.get("rel") or []))


@dataclass
class Crawl:
    """`pages` by the address asked for, without fragment; `fragments` are (page, address, anchor).

    Of addresses that differ only in the values of their query the first `alike`; of the translations only what their
    home pages link to, unless `every_language`.
    """

    base: str
    every_language: bool = False
    alike: int = 1
    pages: dict[str, Seen] = field(default_factory=dict)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def readable(self) -> list[Seen]:
        """Public pages in HTML, each once."""
        found = {page.address: page for page in self.pages.values() if page.is_html and page.status == 200}
        return [page for page in found.values() if not page.path.startswith(FOR_STAFF)]

    def run(self) -> "Crawl":
        waiting = deque((self.base + path, "") for path in FROM)
        met: Counter[str] = Counter()
        while waiting and len(self.pages) < MOST:
            address, linked_from = waiting.popleft()
            if (
                address in self.pages
                or met[shape(address)] >= self.alike
                or self.is_passed_over(address, linked_from)
            ):
                continue
            met[shape(address)] += 1
            page = self.pages[address] = get(address, linked_from)
            if page.status != 200 or page.path.startswith(FOR_STAFF):
                continue
            waiting.extend((found, address) for found in self.inner_links(page))
        return self

    def is_passed_over(self, address: str, linked_from: str) -> bool:
        if self.every_language or not linked_from:
            return False
        homes = [self.base + path for path in TRANSLATED]
        return address.startswith(tuple(homes)) and linked_from not in homes

    def inner_links(self, page: Seen) -> Iterator[str]:
        for link in page.links():
            found, anchor = urldefrag(urljoin(page.address, link))
            if not found.startswith(self.base + "/"):
                continue
            if anchor:
                self.fragments.add((page.address, found, anchor))
            yield found


def shape(address: str) -> str:
    """An address without the values of its query; without a query it is only alike to itself."""
    parts = urlsplit(address)
    return f"{parts.path}?{'&'.join(sorted(key for key, _ in parse_qsl(parts.query)))}"


def get(address: str, linked_from: str = "", **headers: str) -> Seen:
    """Follows redirects; any status is an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        answer = OPENER.open(urllib.request.Request(address, headers=named), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Seen(answer.url, linked_from, answer.status, answer.headers, answer.read())
