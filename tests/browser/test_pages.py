"""Every type of page, without scripts: no sideways scrolling, nothing too small to press, the facts on top."""

from pathlib import Path

import pytest

from tools.demo_case import look_up, rooms_of, send_question, sign_in
from tools.faces import USUAL_FACE
from tools.page_types import GUIDE, PUBLIC, PageType, in_languages

MEASURES = (Path(__file__).parent / "measures.js").read_text()
WIDTHS = (320, 360, 768, 1280)
LEAST_TARGET = 48  # CSS pixels
ROOMS = [("tinhnguyen", 3), ("dieuphoi", 3), pytest.param("tinhnguyen", None, marks=pytest.mark.drill)]
FACTS_END = 700  # CSS pixels, on a phone of 360


def measure(page, name: str, *given: object):
    return page.evaluate(f"(given) => ({MEASURES}).{name}(...given)", list(given))


@pytest.fixture(scope="module")
def reader(chromium, commune):
    """One phone without scripts for all pages; its cache stays warm."""
    context = chromium.new_context(base_url=commune.address, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def slip(commune):
    return send_question(commune)


def look(page, problems: list[str], where: str) -> None:
    """The four widths, and 640 px with the reader's text twice as large."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        problems += [f"{where} at {width} px: {found}" for found in measure(page, "sideways")]
        if width in {360, 1280}:
            small = measure(page, "smallTargets", LEAST_TARGET)
            problems += [f"{where} at {width} px: {found}" for found in small]
    page.set_viewport_size({"width": 640, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    problems += [f"{where} at 640 px, text 200 %: {found}" for found in measure(page, "sideways")]


def test_the_measures_see_what_is_too_wide_or_too_small(reader):
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.set_content(
        "<p style='inline-size: 500px'>wide</p><p><a href='/x'>alone</a></p><p>In <a href='/x'>a sentence</a>.</p>"
    )
    assert "px too wide" in measure(reader, "sideways")[0]
    assert [found.split("“")[1] for found in measure(reader, "smallTargets", LEAST_TARGET)] == ["alone”"]


@pytest.mark.parametrize(
    ("kind", "language"), list(in_languages(PUBLIC)), ids=lambda given: getattr(given, "name", given)
)
def test_a_page_fits_every_screen_and_its_targets_fit_a_thumb(reader, kind: PageType, language: str):
    problems: list[str] = []
    answer = reader.goto(kind.address(language))
    assert answer.status == kind.status
    look(reader, problems, kind.address(language))
    assert not problems, "\n".join(problems)


def test_receipt_and_tracking_fit_every_screen(reader, slip):
    problems: list[str] = []
    for path in (slip.path, f"/en{slip.path}", f"/ar{slip.path}", f"{slip.path}in/"):
        assert reader.goto(path).status == 200
        look(reader, problems, path.replace(slip.path, "/phan-anh/phieu/…/"))
    for pin in ("", slip.pin):
        look_up(reader, slip.code, pin)
        look(reader, problems, f"tracking {'with' if pin else 'without'} PIN")
    assert not problems, "\n".join(problems)


def test_a_form_that_comes_back_fits_every_screen(reader):
    problems: list[str] = []
    for path in ("/phan-anh/hoi/", "/ar/phan-anh/hoi/"):
        reader.goto(path)
        with reader.expect_navigation():
            reader.locator("main .stub button").first.click()
        assert reader.locator("[data-form-error]").count()
        look(reader, problems, f"{path} with errors")
    assert not problems, "\n".join(problems)


def test_the_desk_fits_every_screen(chromium, commune, slip):
    context = chromium.new_context(base_url=commune.address, locale="vi-VN")
    page = context.new_page()
    sign_in(page, "lan")
    problems: list[str] = []
    for path in ("/ban-lam-viec/", "/ban-lam-viec/ghi-nhan/", f"/ban-lam-viec/{slip.code}/"):
        assert page.goto(path).status == 200
        look(page, problems, path)
    context.close()
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("who", "most_sessions"), ROOMS)
def test_the_rooms_of_helpers_fit_every_screen(chromium, commune, who, most_sessions):
    context = chromium.new_context(base_url=commune.address, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    sign_in(page, who)
    problems: list[str] = []
    for path in rooms_of(page, who, most_sessions):
        assert page.goto(path).status == 200, path
        look(page, problems, path)
    context.close()
    assert not problems, "\n".join(problems)


def test_the_five_facts_end_within_the_first_screen_of_a_phone(usual_face, chromium, commune):
    """Measured in a face as wide as a phone's; the wide fallback face of a bare machine says nothing about phones."""
    context = chromium.new_context(
        base_url=commune.address, viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(GUIDE.path)
    page.add_style_tag(content=USUAL_FACE)
    page.evaluate("document.fonts.ready")
    assert page.locator(".facts > *").count() == 5
    end = measure(page, "factsEnd")
    context.close()
    assert end <= FACTS_END
