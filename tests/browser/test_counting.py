"""Counting at a session on a phone: with and without a signal, with and without scripts, each count once."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import found_by_axe
from tools.demo_case import sign_in

MAKE = """
from datetime import time
from django.utils import timezone
from guides.models import Helper, Session
from home.models import Place, User
now = timezone.localtime()
of = Session.objects.create(title="Buổi thử", place=Place.objects.get(key="nha-van-hoa-thuong"),
    date=now.date(), starts=time(0, 1), ends=time(23, 59))
for name in ("tinhnguyen",):
    Helper.objects.create(session=of, user=User.objects.get(username=name), role="typist",
        state="confirmed", created_at=now, changed_at=now)
print("made", of.pk)
"""
COUNTED = """
from guides.models import Tally
print("counted", Tally.objects.counted().filter(session={pk}).count())
"""


@pytest.fixture
def evening(commune) -> int:
    """The number of a session of today at which `tinhnguyen` helps."""
    return int(re.search(r"made (\d+)", commune.manage("shell", "-c", MAKE))[1])


def on_server(commune, pk: int) -> int:
    return int(re.search(r"counted (\d+)", commune.manage("shell", "-c", COUNTED.format(pk=pk)))[1])


def room(pk: int, rest: str = "dem/") -> str:
    return f"/tinh-nguyen/buoi/{pk}/{rest}"


def opened(phone, pk: int, who: str = "tinhnguyen", *, scripts: bool = True):
    visit = phone(scripts=scripts)
    sign_in(visit.page, who)
    visit.page.goto(room(pk))
    if scripts:
        kept_for_no_signal(visit.page)
    return visit


def until(page, condition: str) -> None:
    """Waits until the asynchronous JavaScript expression is true; the page's own time limit ends it."""
    page.evaluate(
        f"""async () => {{
          for (let tries = 0; tries < 200; tries += 1) {{
            if ({condition}) return;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
          throw new Error("not within ten seconds: " + {json.dumps(condition)});
        }}"""
    )


def kept_for_no_signal(page) -> None:
    until(page, "navigator.serviceWorker.controller")
    until(page, "await caches.match(location.pathname + 'khung/')")
    until(page, "await caches.match(document.querySelector('script[src*=tally]').src)")


def tap(page, subject: str, word: str) -> None:
    page.get_by_role("group", name=subject).get_by_role("button", name=word, exact=True).click()


def arriving(page):
    """Around what makes the phone send its counts: ends when the server has answered."""
    return page.expect_response(
        lambda answer: answer.url.endswith("/gui/") and answer.request.method == "POST"
    )


def total(page):
    return page.locator("[data-counted]")


def test_five_counted_without_a_signal_arrive_once(phone, commune, evening):
    visit = opened(phone, evening)
    page, parcels = visit.page, []
    page.on("request", lambda sent: sent.method == "POST" and parcels.append(sent))
    visit.context.set_offline(True)
    page.reload()
    for _ in range(4):
        tap(page, "Tài khoản VNeID", "Xong")
    tap(page, "Tin nhắn, cuộc gọi đáng ngờ", "Chưa")
    page.get_by_role("button", name="Chỉ cán bộ mới trả lời được").click()
    expect(total(page)).to_have_text("5")
    expect(page.locator("[data-waiting]")).to_contain_text("5 lượt đang chờ gửi")
    assert on_server(commune, evening) == 0

    visit.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(total(page)).to_have_text("5")
    assert on_server(commune, evening) == 5

    sent = [each.post_data for each in parcels if each.url.endswith("/gui/")]
    assert sum(len(json.loads(body)["entries"]) for body in sent) >= 5
    token = page.request.get(room(evening, "dem/gui/")).json()["csrf"]
    for body in sent * 3:
        answer = page.request.post(
            room(evening, "dem/gui/"),
            data=body,
            headers={"X-CSRFToken": token, "Content-Type": "application/json", "Referer": page.url},
        )
        assert {each["state"] for each in answer.json()["results"]} == {"known"}
    assert on_server(commune, evening) == 5
    assert visit.strangers() == []


def test_a_count_whose_answer_was_lost_is_sent_again_and_counted_once(phone, commune, evening):
    page = opened(phone, evening).page
    lost = []

    def lose(route) -> None:
        if route.request.method != "POST" or len(lost) == 2:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.context.route("**/gui/", lose)
    tap(page, "Tài khoản VNeID", "Xong")
    expect(page.locator("[data-waiting]")).to_contain_text("1 lượt đang chờ gửi")
    with page.expect_event("requestfailed"):
        tap(page, "Tài khoản VNeID", "Xong")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert len(lost) == 2
    expect(total(page)).to_have_text("2")
    assert on_server(commune, evening) == 2


def test_the_last_count_is_taken_back_with_and_without_a_signal(phone, commune, evening):
    visit = opened(phone, evening)
    page = visit.page
    for _ in range(3):
        tap(page, "Tài khoản VNeID", "Xong")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.get_by_role("button", name="Bỏ lượt vừa đếm").click()
    expect(total(page)).to_have_text("2")
    visit.context.set_offline(True)
    page.reload()
    tap(page, "Tài khoản VNeID", "Xong")
    tap(page, "Tài khoản VNeID", "Xong")
    page.get_by_role("button", name="Bỏ lượt vừa đếm").click()
    visit.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(total(page)).to_have_text("3")
    assert on_server(commune, evening) == 3


def test_without_scripts_every_tap_is_a_form(phone, commune, evening):
    visit = opened(phone, evening, scripts=False)
    page = visit.page
    tap(page, "Tài khoản VNeID", "Xong")
    expect(total(page)).to_have_text("1")
    tap(page, "Tin nhắn, cuộc gọi đáng ngờ", "Chưa")
    expect(total(page)).to_have_text("1")
    page.get_by_role("button", name="Chỉ cán bộ mới trả lời được").click()
    expect(total(page)).to_have_text("2")
    page.get_by_role("button", name="Bỏ lượt vừa đếm").click()
    expect(total(page)).to_have_text("1")
    assert on_server(commune, evening) == 1
    assert visit.errors == []


def test_when_the_sign_in_has_ended_the_counts_wait_and_the_page_says_so(phone, commune, evening):
    visit = opened(phone, evening)
    page = visit.page
    visit.context.clear_cookies()
    tap(page, "Tài khoản VNeID", "Xong")
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("Phiên đăng nhập đã hết")
    expect(page.locator("[data-waiting]")).to_contain_text("1 lượt đang chờ gửi")
    assert on_server(commune, evening) == 0
    sign_in(page, "tinhnguyen")
    with arriving(page):
        page.goto(room(evening))
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(total(page)).to_have_text("1")
    assert on_server(commune, evening) == 1


def test_one_persons_counts_are_never_sent_in_anothers_name_and_what_was_kept_goes(phone, commune, evening):
    visit = opened(phone, evening)
    page = visit.page
    visit.context.set_offline(True)
    tap(page, "Tài khoản VNeID", "Xong")
    visit.context.clear_cookies()
    visit.context.set_offline(False)
    sign_in(page, "dieuphoi")
    page.goto(room(evening))
    expect(page.locator("[data-waiting]")).to_contain_text("1 lượt của tài khoản khác")
    with arriving(page):
        tap(page, "Dùng điện thoại", "Xong")
    expect(total(page)).to_have_text("1")
    assert on_server(commune, evening) == 1


def test_signing_out_clears_what_was_kept_for_no_signal(phone, evening):
    page = opened(phone, evening).page
    page.goto("/tai-khoan/logout/")
    page.locator("main form button[type=submit]").first.click()
    until(page, f"!(await caches.match('{room(evening, 'dem/khung/')}'))")


def test_a_helpers_phone_opens_guides_it_has_read_without_a_signal_and_no_slip_or_desk(phone, evening):
    visit = opened(phone, evening)
    page = visit.page
    guide = "/huong-dan/thu-tuc/dang-ky-khai-sinh/"
    page.goto(guide)
    until(page, f"await caches.match('{guide}')")
    for address in ("/phan-anh/tra-cuu/", "/tin-tuc/", "/ban-lam-viec/", "/"):
        page.goto(address)
    kept = page.evaluate(
        """async () => {
          const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
          return all.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    assert guide in kept
    assert not [
        path for path in kept if re.match(r"^/(phan-anh|ban-lam-viec|admin|tai-khoan|tin-tuc)/", path)
    ]
    visit.context.set_offline(True)
    page.goto(guide)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    page.goto("/en/tin-tuc/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not on your device")
    expect(page.locator("main a[href^='tel:']").first).to_be_visible()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/phan-anh/tra-cuu/")


def test_a_reader_of_public_pages_gets_no_worker(phone):
    page = phone().page
    for address in ("/", "/huong-dan/thu-tuc/dang-ky-khai-sinh/", "/chien-dich/"):
        page.goto(address)
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_a_question_nobody_could_answer_leaves_with_a_slip(phone, evening, scripts):
    page = opened(phone, evening, scripts=scripts).page
    page.goto(room(evening, "cau-hoi/"))
    page.locator("input[name=topic]").first.check()
    page.locator("textarea[name=text]").fill("Bà tôi mất sổ đỏ thì làm lại ở đâu?")
    page.get_by_role("button", name="Gửi và lấy phiếu").click()
    code = page.locator("[data-case-code]").inner_text()
    expect(page.locator("[data-case-pin]")).to_be_visible()
    page.goto(room(evening, "bao-cao/"))
    expect(page.get_by_text(code)).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_rooms_for_counting(phone, evening, width):
    visit = phone(width=width)
    page = visit.page
    sign_in(page, "dieuphoi")
    violations = []
    rooms = [room(evening, rest) for rest in ("dem/", "phieu-giay/", "cau-hoi/", "bao-cao/")]
    for address in (*rooms, "/tinh-nguyen/tuan/"):
        assert page.goto(address).status == 200
        violations += found_by_axe(page)
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sideways <= 0, address
    page.goto(room(evening))
    tap(page, "Tài khoản VNeID", "Một phần")
    violations += found_by_axe(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main a")]
             .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44)
             .map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert not violations, "\\n".join(violations)
    assert not small, small
