"""Every link of the site leads somewhere, and every page it leads to keeps the promises made to all readers."""

from itertools import pairwise
from urllib.parse import urljoin

import pytest

from tests.browser.crawl import FROM, MOST, Crawl, Seen, get

RIGHT_TO_LEFT = {"ar"}
LOADS = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "video": "src", "audio": "src"}
ASKED_TWICE = 40  # pages, spread over the site
DATA_BLOCKS = {"application/ld+json", "application/json"}


@pytest.fixture(
    scope="module",
    params=[{}, pytest.param({"every_language": True, "alike": 2}, marks=pytest.mark.drill)],
    ids=["in Vietnamese", "in every language"],
)
def crawl(commune, request) -> Crawl:
    return Crawl(commune.address, **request.param).run()


def said(page: Seen, problem: str) -> str:
    return f"{page.path}: {problem}"


def language_of(page: Seen) -> str:
    first = page.path.split("/")[1]
    return first if first in {"en", "ar"} else "vi"


def test_the_crawl_reaches_every_part_of_the_site_and_ends(crawl):
    assert len(crawl.pages) < MOST
    reached = {page.path for page in crawl.readable}
    assert {"/", "/en/", "/ar/", "/huong-dan/thu-tuc/", "/phan-anh/hoi/", "/can-bo/", "/dia-diem/"} <= reached
    assert len([path for path in reached if path.startswith("/huong-dan/thu-tuc/")]) >= 2 * 18


def test_every_link_leads_to_a_page_that_exists(crawl):
    broken = [
        f"{address} ({page.status}), linked from {page.linked_from}"
        for address, page in crawl.pages.items()
        if page.status != 200
    ]
    assert not broken, "\n".join(broken)


def test_every_link_into_a_page_finds_its_place_there(crawl):
    lost = [
        f"{source} → {address}#{anchor}"
        for source, address, anchor in sorted(crawl.fragments)
        if address in crawl.pages and anchor not in crawl.pages[address].anchors
    ]
    assert not lost, "\n".join(lost)


def test_no_address_on_a_page_is_empty_or_unfinished(crawl):
    odd = [
        said(page, str(link))
        for page in crawl.readable
        for link in page.html.find_all("a")
        if not link.get("href") or link["href"] == "#" or "None" in link["href"]
    ]
    assert not odd, "\n".join(odd)


def test_every_page_has_one_heading_a_title_and_one_main_part(crawl):
    odd = []
    for page in crawl.readable:
        if len(page.html.find_all("h1")) != 1:
            odd.append(said(page, f"{len(page.html.find_all('h1'))} h1"))
        if not page.html.title or not page.html.title.get_text(strip=True):
            odd.append(said(page, "no title"))
        if len(page.html.find_all("main")) != 1:
            odd.append(said(page, "not one main"))
    assert not odd, "\n".join(odd)


def test_headings_go_down_one_step_at_a_time(crawl):
    odd = []
    for page in crawl.readable:
        levels = [int(tag.name[1]) for tag in page.html.find_all(["h1", "h2", "h3", "h4"])]
        odd += [said(page, f"h{a} → h{b}") for a, b in pairwise(levels) if b > a + 1]
    assert not odd, "\n".join(odd)


def test_every_page_says_its_language_and_direction(crawl):
    odd = []
    for page in crawl.readable:
        language = language_of(page)
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        root = page.html.html
        if (root.get("lang"), root.get("dir")) != (language, direction):
            odd.append(said(page, f"lang={root.get('lang')} dir={root.get('dir')}"))
    assert not odd, "\n".join(odd)


def test_every_link_and_button_has_words(crawl):
    mute = []
    for page in crawl.readable:
        for tag in page.html.find_all(["a", "button"]):
            words = tag.get_text(strip=True) or tag.get("aria-label") or tag.find(attrs={"alt": True})
            if not words:
                mute.append(said(page, str(tag)[:120]))
    assert not mute, "\n".join(mute)


def test_an_id_is_given_once_on_a_page(crawl):
    odd = []
    for page in crawl.readable:
        ids = [tag["id"] for tag in page.html.find_all(id=True)]
        odd += [said(page, name) for name in {name for name in ids if ids.count(name) > 1}]
    assert not odd, "\n".join(odd)


def test_a_reader_gets_no_cookie(crawl):
    given = [page.address for page in crawl.readable if page.headers.get("Set-Cookie")]
    assert not given, "\n".join(given)


def test_no_page_asks_a_third_party_for_anything(crawl):
    strangers = []
    for page in crawl.readable:
        asked = [
            tag[name] for kind, name in LOADS.items() for tag in page.html.find_all(kind, **{name: True})
        ]
        asked += [
            tag["href"]
            for tag in page.html.find_all("link", href=True)
            if not {"canonical", "alternate"} & set(tag["rel"])
        ]
        asked += [tag["action"] for tag in page.html.find_all("form", action=True)]
        strangers += [said(page, a) for a in asked if not urljoin(page.address, a).startswith(crawl.base)]
    assert not strangers, "\n".join(strangers)


def test_no_page_carries_a_style_or_script_of_its_own(crawl):
    inline = []
    for page in crawl.readable:
        inline += [said(page, "<style>") for _ in page.html.find_all("style")]
        inline += [said(page, f"style on <{tag.name}>") for tag in page.html.find_all(style=True)]
        inline += [
            said(page, "<script>")
            for tag in page.html.find_all("script", src=False)
            if tag.get("type") not in DATA_BLOCKS
        ]
        inline += [
            said(page, f"{name} on <{tag.name}>")
            for tag in page.html.find_all(True)
            for name in tag.attrs
            if name.startswith("on")
        ]
    assert not inline, "\n".join(inline)


def test_every_page_forbids_what_it_does_not_need(crawl):
    odd = []
    for page in crawl.readable:
        policy = page.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            odd.append(said(page, policy or "no policy"))
        if page.headers.get("X-Content-Type-Options") != "nosniff":
            odd.append(said(page, "may be sniffed"))
    assert not odd, "\n".join(odd)


def test_the_address_alone_decides_what_a_reader_sees(crawl):
    varying = [
        said(page, page.headers["Vary"])
        for page in crawl.readable
        if {"cookie", "accept-language"}
        & set(page.headers.get("Vary", "").lower().replace(" ", "").split(","))
    ]
    assert not varying, "\n".join(varying)


def test_a_page_read_before_is_not_sent_again(crawl):
    """But for the calculator, whose answer for now changes with the minute."""
    public = [page for page in crawl.readable if "public" in page.headers.get("Cache-Control", "")]
    kept = [page for page in public if "cach=" not in page.address]
    unmarked = [page.address for page in kept if not page.headers.get("ETag")]
    assert not unmarked, "\n".join(unmarked)
    sent_again = [
        page.address
        for page in kept[:: 1 + len(kept) // ASKED_TWICE]
        if get(page.address, If_None_Match=page.headers["ETag"]).status != 304
    ]
    assert not sent_again, "\n".join(sent_again)


def test_only_forms_and_slips_are_private(crawl):
    private = {page.path for page in crawl.readable if "public" not in page.headers.get("Cache-Control", "")}
    assert {path for path in private if "/phan-anh/" not in path} == set()


def test_a_page_that_does_not_exist_is_as_quiet_as_the_others(commune):
    for path in (*FROM[:3], "/huong-dan/"):
        page = get(f"{commune.address}{path}khong-co/")
        assert page.status == 404
        assert not page.headers.get("Set-Cookie")
        assert page.html.html["lang"] == language_of(page)
        assert len(page.html.find_all("h1")) == 1
