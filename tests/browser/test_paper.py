"""What leaves the printer: one A4 side for the commonest guide, two at most for any, and the slip of a case."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.crawl import get
from tools.demo_case import send_question, sign_in
from tools.faces import USUAL_FACE
from tools.page_types import GUIDE, GUIDE_SHEET, PROCEDURES, VOLUNTEERS_LETTER

A4 = (595, 842)  # points
MOST_SIDES = 2
GUIDES = 18
SITUATIONS = 7  # of birth registration


@pytest.fixture(scope="module")
def printer(chromium, commune):
    """Prints an address as a reader's browser does: the page's own size and margins, a face of usual width."""
    context = chromium.new_context(base_url=commune.address, timezone_id="Asia/Ho_Chi_Minh", bypass_csp=True)
    context.set_default_timeout(20_000)
    page = context.new_page()

    yield lambda path: print_out(page, path)
    context.close()


def print_out(page, path: str) -> PdfReader:
    assert page.goto(path).status == 200
    page.add_style_tag(content=USUAL_FACE)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.fixture(scope="module")
def sheets(commune):
    """The addresses of every guide's sheet, from the list of procedures."""
    index = get(commune.address + PROCEDURES.path)
    links = {str(tag["href"]) for tag in index.html.select("main article a[href]")}
    return sorted(f"{link}in/" for link in links if link.startswith(PROCEDURES.path))


def words_of(printed: PdfReader) -> str:
    """Without spaces: a PDF places letters, and what is a space is guessed."""
    return "".join("".join(page.extract_text() for page in printed.pages).split())


@pytest.mark.parametrize("language", GUIDE_SHEET.languages)
def test_the_guide_to_birth_registration_fits_one_side(usual_face, printer, language):
    printed = printer(GUIDE_SHEET.address(language))
    assert len(printed.pages) == 1
    assert (round(printed.pages[0].mediabox.width), round(printed.pages[0].mediabox.height)) == A4


def test_the_sheet_for_each_situation_of_birth_registration_fits_one_side(usual_face, printer, commune):
    links = get(commune.address + GUIDE.path).html.select('main a[href^="?truong-hop="]')
    assert len(links) == SITUATIONS
    sides = {link["href"]: len(printer(f"{GUIDE_SHEET.path}{link['href']}").pages) for link in links}
    assert set(sides.values()) == {1}, sides


def test_no_guide_takes_more_than_two_sides(usual_face, printer, sheets):
    assert len(sheets) == GUIDES
    sides = {path: len(printer(path).pages) for path in sheets}
    assert not {path: number for path, number in sides.items() if number > MOST_SIDES}


def test_the_sheet_says_what_the_guide_says(printer):
    """The facts, the papers, the hotline, the short address in words; no menu."""
    words = words_of(printer(GUIDE_SHEET.path))
    for said in ("Đăng ký khai sinh", "1.001193", "Giấy chứng sinh", "/q/", "0912 345 678"):
        assert "".join(said.split()) in words
    assert "Mụclục" not in words


def test_the_slip_of_a_case_fits_one_side_with_code_and_pin(printer, commune):
    slip = send_question(commune)
    printed = printer(f"{slip.path}in/")
    assert len(printed.pages) == 1
    assert slip.code in words_of(printed)
    assert slip.pin in words_of(printed)


@pytest.mark.parametrize(
    ("who", "path", "sides"),
    [
        ("tinhnguyen", VOLUNTEERS_LETTER.path, 1),
        ("tinhnguyen", VOLUNTEERS_LETTER.address("ar"), 1),
        ("dieuphoi", "/tinh-nguyen/dieu-phoi/thu-cam-on/?tu=2026-01-01&den=2100-01-01", 2),
    ],
)
def test_a_thank_you_letter_fits_one_side_and_everybody_has_their_own(
    usual_face, chromium, commune, who, path, sides
):
    context = chromium.new_context(base_url=commune.address, bypass_csp=True)
    page = context.new_page()
    sign_in(page, who)
    printed = print_out(page, path)
    context.close()
    assert len(printed.pages) == sides
    assert "TrầnThịMai" in words_of(printed)


@pytest.mark.parametrize("path", ["/", "/huong-dan/thu-tuc/dang-ky-khai-sinh/", "/gioi-thieu/", "/can-bo/"])
def test_any_page_printed_from_the_browser_carries_the_commune_but_no_menu(printer, path):
    printed = printer(path)
    assert "HươngĐồng" in words_of(printed)
    assert "Mụclục" not in words_of(printed)
    assert all((round(page.mediabox.width), round(page.mediabox.height)) == A4 for page in printed.pages)
