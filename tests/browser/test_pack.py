"""The pack of a session as it leaves the printer: every sheet begins a side, the fixed ones fill one, nothing is cut."""

import io

import pytest
from pypdf import PdfReader

from tools.demo_case import sign_in
from tools.faces import USUAL_FACE
from tools.page_types import PACK

A4 = (595, 842)  # points
PAPER_WIDTH = 688  # CSS pixels: 210 mm less two margins of 14 mm
ONE_SIDE = ("bien-cua", "to-qr", "ke-hoach", "don-cua", "dem")
MOST_SIDES = 2  # of a hand-out and of the trainer's notes

WIDER_THAN_THE_PAPER = """(width) => [...document.querySelectorAll('main *')]
  .filter((element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1)
  .map((element) => element.outerHTML.slice(0, 100))"""
ALONE = """(anchor) => document.querySelectorAll('.pack-sheet').forEach((sheet) => {
  if (sheet.id !== anchor) sheet.remove();
})"""


@pytest.fixture(scope="module")
def helper(chromium, commune):
    """A volunteer's browser, signed in."""
    context = chromium.new_context(base_url=commune.address, timezone_id="Asia/Ho_Chi_Minh", bypass_csp=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, "tinhnguyen")
    yield page
    context.close()


def opened(page, language):
    page.emulate_media(media="null")
    assert page.goto(PACK.address(language)).status == 200
    page.add_style_tag(content=USUAL_FACE)
    return page


def printed(page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def anchors(page) -> list[str]:
    return page.eval_on_selector_all(".pack-sheet", "(sheets) => sheets.map((sheet) => sheet.id)")


@pytest.mark.parametrize("language", PACK.languages)
def test_every_sheet_takes_the_sides_it_should(usual_face, helper, language):
    page = opened(helper, language)
    whole, sheets = len(printed(page).pages), anchors(page)
    assert sheets[: len(ONE_SIDE)] == list(ONE_SIDE)
    sides = {}
    for anchor in sheets:
        opened(page, language).evaluate(ALONE, anchor)
        sides[anchor] = len(printed(page).pages)
    assert {anchor: sides[anchor] for anchor in ONE_SIDE} == dict.fromkeys(ONE_SIDE, 1)
    assert max(sides.values()) <= MOST_SIDES
    assert sum(sides.values()) == whole, "a sheet does not begin a side of its own"


def sticking_out(page) -> list[str]:
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    page.emulate_media(media="print")
    return page.evaluate(WIDER_THAN_THE_PAPER, PAPER_WIDTH)


@pytest.mark.parametrize("language", PACK.languages)
def test_nothing_sticks_out_of_the_paper(usual_face, helper, language):
    assert sticking_out(opened(helper, language)) == []


def test_what_sticks_out_or_needs_a_second_side_would_be_seen(usual_face, helper):
    page = opened(helper, "vi")
    page.evaluate("document.querySelector('#dem table').style.width = '900px'")
    assert sticking_out(page)
    opened(page, "vi").evaluate(ALONE, "dem")
    page.evaluate("document.querySelector('#dem').style.paddingBottom = '600px'")
    assert len(printed(page).pages) == 2


def test_the_pack_is_a4_and_carries_no_menu(helper):
    pages = printed(opened(helper, "vi")).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
    words = "".join("".join(page.extract_text() for page in pages).split())
    assert "Tờđếm" in words
    assert "Mụclục" not in words
    assert "Trongbộnày" not in words
