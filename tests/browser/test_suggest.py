"""Suggestions while typing: by keyboard and finger, told to a screen reader, and nothing lost without scripts."""

import pytest

PAGES = ["/", "/tim-kiem/"]


def typed(page, text: str):
    box = page.locator("input[type=search]").first
    box.click()
    box.press_sequentially(text, delay=20)
    return box


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_chooses_a_suggestion_and_opens_it(phone, path: str):
    visit = phone()
    page = visit.page
    page.goto(path)
    box = typed(page, "dang ky kh")
    page.wait_for_selector("[role=option]")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    assert 1 <= page.locator("[role=option]").count() <= 7

    box.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    address = active.get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"**{address}")
    assert visit.errors == []
    assert visit.strangers() == []


def test_escape_closes_the_list_and_keeps_what_was_typed(phone):
    page = phone().page
    page.goto("/tim-kiem/")
    box = typed(page, "khai sinh")
    page.wait_for_selector("[role=option]")
    box.press("Escape")

    assert not page.locator("[role=listbox]").is_visible()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "khai sinh"


def test_enter_without_a_choice_searches_for_what_was_typed(phone):
    page = phone().page
    page.goto("/")
    box = typed(page, "khai sinh")
    page.wait_for_selector("[role=option]")
    box.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=khai+sinh")


def test_a_tap_opens_a_suggestion(phone):
    page = phone().page
    page.goto("/tim-kiem/")
    typed(page, "khai sinh")
    option = page.locator("[role=option]").first
    option.wait_for()
    assert option.bounding_box()["height"] >= 48
    address = option.get_attribute("data-url")
    option.click()
    page.wait_for_url(f"**{address}")


def test_nothing_is_asked_before_two_syllables_or_four_letters(phone):
    visit = phone()
    page = visit.page
    page.goto("/tim-kiem/")
    typed(page, "kha")
    page.wait_for_timeout(400)
    assert [url for url in visit.asked if "goi-y" in url] == []

    with page.expect_response("**/goi-y/**"):
        page.keyboard.type("i")


def test_typing_fast_asks_once(phone):
    visit = phone()
    page = visit.page
    page.goto("/tim-kiem/")
    typed(page, "khai sinh")
    page.wait_for_selector("[role=option]")
    assert len([url for url in visit.asked if "goi-y" in url]) <= 2


def test_without_scripts_the_box_is_a_plain_form(phone):
    page = phone(scripts=False).page
    page.goto("/")
    page.locator("input[type=search]").first.fill("khai sinh")
    page.locator(".search-box button").first.click()
    assert page.locator("[data-result]").count() > 0
