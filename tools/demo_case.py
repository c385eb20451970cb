"""A question sent through the form, as a resident would, and the ways from its slip to the tracking page and desk."""

import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.demo_site import OPENER, PASSWORD, Commune
from tools.page_types import FOR_COORDINATORS, FOR_VOLUNTEERS, in_languages

TOPIC = "ho-tich"
TEXT = "Cháu tôi sinh ở bệnh viện tỉnh, giấy chứng sinh ghi sai tên đệm của mẹ thì làm sao?"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
CODE = re.compile(r"GD(?:-[2-9A-HJKMNP-Z]{4}){3}-[2-9A-HJKMNP-Z]")
PIN = re.compile(r'data-case-pin="(\d{6})"')


@dataclass(frozen=True)
class CaseSlip:
    """What a resident holds: the path of the receipt, the code and the six digits of the PIN."""

    path: str
    code: str
    pin: str


def send_question(commune: Commune, typing_for: float = 0) -> CaseSlip:
    """`typing_for` seconds pass before sending; a form sent within two is held for a look as a machine's."""
    address = f"{commune.address}/phan-anh/hoi/"
    with OPENER.open(address, timeout=30) as form:
        token = _found(TOKEN, form.read().decode())
    time.sleep(typing_for)
    sent = urllib.parse.urlencode({"topic": TOPIC, "kind": "question", "text": TEXT, "token": token})
    with OPENER.open(urllib.request.Request(address, sent.encode()), timeout=30) as receipt:  # noqa: S310
        page = receipt.read().decode()
        path = urllib.parse.urlsplit(receipt.url).path
    match = CODE.search(page)
    if match is None:
        raise RuntimeError("no code on the page that answers a question")
    return CaseSlip(path, match.group(), _found(PIN, page))


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    if match is None:
        raise RuntimeError(f"{pattern.pattern} is not on the page")
    return match.group(1)


def look_up(page: Page, code: str, pin: str) -> None:
    page.goto("/phan-anh/tra-cuu/")
    page.locator("main input[name=code]").fill(code)
    page.locator("main input[name=pin]").fill(pin)
    with page.expect_navigation():
        page.locator("main form button").last.click()


def sessions_with_helpers(page: Page) -> list[str]:
    """As a coordinator: the board's pages of the next session to come and of the last one that is over."""
    pages = []
    for which in ("", "?xem=da-qua"):
        page.goto(f"/tinh-nguyen/dieu-phoi/{which}")
        pages.append(page.locator("main .ruled a").first.get_attribute("href") or "")
    return pages


def rooms_of(page: Page, who: str, most_sessions: int | None = None) -> list[str]:
    """Every page of the volunteers' room, or of the coordinators' board, for the demo user who is signed in.

    Of the sessions in the volunteers' room the first `most_sessions`.
    """
    kinds = FOR_VOLUNTEERS if who == "tinhnguyen" else FOR_COORDINATORS
    addresses = [kind.address(language) for kind, language in in_languages(kinds)]
    if who != "tinhnguyen":
        return addresses + sessions_with_helpers(page)
    page.goto("/tinh-nguyen/")
    links = page.locator("main .ruled a")
    sessions = [links.nth(number).get_attribute("href") or "" for number in range(links.count())]
    sessions = sessions[:most_sessions]
    return addresses + sessions + [f"/ar{path}" for path in sessions[:1]]


def sign_in(page: Page, name: str) -> None:
    """As one of the demo users, by the sign-in page."""
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
