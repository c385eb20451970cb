"""An editor's way: change a fee, hand it in, an approver publishes it, a resident reads it."""

import re

from playwright.sync_api import Page, expect

from tools.demo_site import PASSWORD

GUIDE = "/huong-dan/thu-tuc/dang-ky-khai-tu/"
FEE = re.compile(r"12\.000\s*đ")


def sign_in(visit, name: str) -> Page:
    page = visit.page
    page.goto("/admin/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


def choose_action(page: Page, name: str) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name=name, exact=True).click()


def open_guide(page: Page) -> None:
    page.goto("/admin/pages/search/?q=dang+ky+khai+tu")
    page.get_by_role("link", name="Đăng ký khai tử", exact=True).first.click()


def test_a_fee_an_editor_changes_is_read_by_residents_once_an_approver_agrees(phone):
    editor, approver, reader = (phone(width=width) for width in (1280, 1280, 360))

    page = sign_in(editor, "bientap")
    open_guide(page)
    page.get_by_role("tab", name="Trường hợp, thời gian, lệ phí").click()
    page.locator("#id_terms-0-fee_state").select_option("amount")
    page.locator("#id_terms-0-fee_amount").fill("12000")
    choose_action(page, "Gửi vào Duyệt bài")
    expect(page.get_by_text("gửi duyệt").first).to_be_visible()

    reader.page.goto(GUIDE)
    expect(reader.page.locator("main")).not_to_contain_text(FEE)

    page = sign_in(approver, "duyet")
    page.get_by_role("link", name="Đăng ký khai tử").first.click()
    choose_action(page, "Duyệt")
    expect(page.get_by_text("Đăng ký khai tử").first).to_be_visible()

    for address in (GUIDE, f"{GUIDE}in/", "/huong-dan/thu-tuc/", "/tim-kiem/?q=dang+ky+khai+tu"):
        reader.page.goto(address)
        expect(reader.page.locator("main")).to_contain_text(FEE)

    for visit in (editor, approver, reader):
        assert visit.strangers() == []
        assert visit.errors == []
