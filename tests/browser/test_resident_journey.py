"""A resident's way through the house, from a search typed without accents to the answer of an official."""

import re

import pytest
from playwright.sync_api import expect

from tools.demo_site import PASSWORD

QUESTION = "Cháu tôi sinh ở bệnh viện tỉnh, giấy chứng sinh ghi sai tên đệm của mẹ thì làm sao?"
ANSWER = "Chào bà con, nhờ bệnh viện sửa giấy chứng sinh trước, rồi mang đến quầy 2."
CODE = re.compile(r"^GD-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]$")
FACTS = ["Nộp ở đâu", "Bao lâu", "Lệ phí", "Mang theo", "Qua mạng?"]


def test_a_resident_finds_a_guide_asks_a_question_and_reads_the_answer(phone, commune, scripts):
    visit = phone(scripts=scripts)
    page = visit.page

    page.goto("/")
    page.locator("input[type=search]").first.fill("dang ky khai sinh")
    page.get_by_role("button", name="Tìm").first.click()
    page.locator('[data-result="procedure"] a').first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    for fact in FACTS:
        expect(page.get_by_text(fact, exact=True).first).to_be_visible()

    page.locator("main a[href$='in/']").first.click()
    assert page.url.endswith("/in/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    page.go_back()

    page.goto("/phan-anh/")
    page.locator("main a[href$='/phan-anh/hoi/']").first.click()
    topic = page.locator("label.choice", has_text="Khai sinh").first
    expect(topic).to_contain_text("Nguyễn Thị Lan")
    expect(topic).to_contain_text(re.compile(r"\d{1,2}:\d{2}.*\d{2}/\d{2}"))
    topic.locator("input").check()
    expect(page.locator(".promise", has_text="Nguyễn Thị Lan").first).to_be_visible()
    page.locator("textarea[name=text]").fill(QUESTION)
    page.get_by_role("button", name="Gửi và lấy phiếu").click()

    code = page.locator("[data-case-code]").inner_text()
    pin = re.sub(r"\D", "", page.locator("[data-case-pin]").inner_text())
    assert CODE.match(code)
    assert len(pin) == 6
    expect(page.locator("time[data-due]").first).to_be_visible()

    commune.work()
    letters = [mail for mail in commune.mails() if code in mail]
    assert len(letters) == 1
    assert "lan@huongdong.example" in letters[0]
    assert "giấy chứng sinh" not in letters[0]

    answer_at_the_desk(phone, code)

    page.goto("/phan-anh/tra-cuu/")
    page.locator("main input[name=code]").fill(code)
    page.locator("main input[name=pin]").fill(pin)
    page.locator("main form button").last.click()
    expect(page.locator('[data-case-state="answered"]')).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_be_visible()

    assert visit.strangers() == []
    assert visit.errors == []
    assert visit.context.cookies() == []


def answer_at_the_desk(phone, code: str) -> None:
    visit = phone(scripts=True)
    desk = visit.page
    desk.goto("/ban-lam-viec/")
    desk.locator("input[name=login]").fill("lan")
    desk.locator("input[name=password]").fill(PASSWORD)
    desk.locator("main form button[type=submit]").first.click()
    desk.goto("/ban-lam-viec/")
    desk.locator(f"a[href*='{code}']").first.click()
    expect(desk.get_by_text(QUESTION)).to_be_visible()
    desk.locator("textarea[name=text]").fill(ANSWER)
    desk.get_by_role("button", name="Trả lời").first.click()
    expect(desk.get_by_text(ANSWER).first).to_be_visible()
    assert visit.strangers() == []


@pytest.mark.parametrize("slip", ["GD-2222-2222-2222-2", "GD-XXXX", "abc", ""])
def test_a_wrong_code_is_answered_in_plain_words(phone, slip):
    page = phone(scripts=False).page
    page.goto("/phan-anh/tra-cuu/")
    page.locator("main input[name=code]").fill(slip)
    page.locator("main form button").last.click()
    expect(page.locator("[data-form-error]").first).to_be_visible()


def test_what_was_typed_survives_a_form_that_comes_back(phone, scripts):
    page = phone(scripts=scripts).page
    page.goto("/phan-anh/hoi/")
    page.locator("textarea[name=text]").fill(QUESTION)
    page.get_by_role("button", name="Gửi và lấy phiếu").click()
    expect(page.locator("[data-form-error]").first).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(QUESTION)
