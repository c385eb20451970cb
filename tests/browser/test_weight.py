"""What a page costs a resident on the wire: bytes as sent (brotli), requests, and what a second visit asks for."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

import pytest

from tests.browser.crawl import get
from tools.page_types import GUIDE, GUIDES, HOME, PROCEDURES, PUBLIC

GUIDE_BYTES = (
    10_900  # HTML and CSS for the screen, of which about 600 are data for search engines; the aim is 10,000
)
LONGEST_GUIDE_BYTES = 11_800  # birth registration says more than any other guide
FONT_BYTES = 40_000
GUIDE_REQUESTS = 6
FRONT_BYTES = 100_000
FRONT_REQUESTS = 10
SCRIPT_BYTES = 6_000


@dataclass(frozen=True)
class Received:
    """`size` is the body as it came over the wire."""

    url: str
    kind: str
    status: int
    size: int
    encoding: str


@pytest.fixture
def visits(chromium, commune):
    """Opens pages in one browser with an empty cache; each call returns what that visit asked for."""
    context = chromium.new_context(base_url=commune.address, viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    met: dict[str, dict] = defaultdict(dict)
    network.on("Network.requestWillBeSent", lambda event: met[event["requestId"]].update(event))
    network.on("Network.responseReceived", lambda event: met[event["requestId"]].update(event))
    network.on("Network.responseReceivedExtraInfo", lambda event: met[event["requestId"]].update(wire=event))
    network.on("Network.requestServedFromCache", lambda event: met[event["requestId"]].update(kept=True))

    def visit(path: str) -> list[Received]:
        met.clear()
        page.goto(path, wait_until="networkidle")
        return [received(event) for event in met.values() if "response" in event]

    yield visit
    context.close()


def received(event: dict) -> Received:
    """A browser reports a page it kept as 200; `wire` says what really came."""
    response = event["response"]
    headers = {name.lower(): value for name, value in response["headers"].items()}
    status = event.get("wire", response).get("statusCode", response["status"])
    is_kept = event.get("kept") or response.get("fromDiskCache") or status == 304
    size = 0 if is_kept else int(headers.get("content-length", 0))
    return Received(response["url"], event["type"], status, size, headers.get("content-encoding", ""))


def size_of(found: list[Received], *kinds: str) -> int:
    return sum(one.size for one in found if one.kind in kinds)


def for_screens(found: list[Received]) -> list[Received]:
    """Without the sheet for paper, which a browser fetches last and which delays nothing."""
    return [one for one in found if "/print." not in one.url]


def test_the_longest_guide_costs_little_and_five_requests(visits):
    found = visits(GUIDE.path)
    assert {one.encoding for one in found if one.kind in {"Document", "Stylesheet"}} == {"br"}
    assert size_of(for_screens(found), "Document", "Stylesheet") <= LONGEST_GUIDE_BYTES
    assert size_of(found, "Font") <= FONT_BYTES
    assert size_of(found, "Script") <= SCRIPT_BYTES
    assert len(found) <= GUIDE_REQUESTS, [one.url for one in found]


def test_a_guide_of_usual_length_costs_eleven_kilobytes(commune):
    index = get(commune.address + PROCEDURES.path)
    links = sorted({str(tag["href"]) for tag in index.html.select("main article a[href]")})
    sheet = index.html.select_one("link[rel=stylesheet]:not([media])")["href"]
    sizes = [len(get(commune.address + link, Accept_Encoding="br").body) for link in links]
    style = len(get(commune.address + sheet, Accept_Encoding="br").body)
    assert median(sizes) + style <= GUIDE_BYTES


@pytest.mark.parametrize("kind", [HOME, GUIDES, PROCEDURES], ids=lambda kind: kind.name)
def test_home_and_indexes_cost_a_hundred_kilobytes_and_ten_requests(visits, kind):
    found = visits(kind.path)
    assert sum(one.size for one in found) <= FRONT_BYTES
    assert len(found) <= FRONT_REQUESTS, [one.url for one in found]


def test_a_second_visit_asks_only_whether_the_page_is_the_same(visits):
    visits(GUIDE.path)
    again = visits(GUIDE.path)
    assert [one.status for one in again if one.kind == "Document"] == [304]
    assert sum(one.size for one in again if one.kind != "Document") == 0


def test_the_next_page_brings_nothing_but_itself(visits):
    visits(GUIDE.path)
    found = visits(PROCEDURES.path)
    assert [one.kind for one in found if one.size] == ["Document"]


def test_no_page_asks_a_third_party_or_breaks_its_own_policy_with_scripts(phone):
    visit = phone(scripts=True)
    for kind in PUBLIC:
        if kind.status == 200:
            visit.page.goto(kind.path)
    assert visit.strangers() == []
    assert visit.errors == []


def test_an_arabic_page_loads_no_font(visits):
    assert size_of(visits(HOME.address("ar")), "Font") == 0
