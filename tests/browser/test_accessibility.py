"""axe finds nothing on any type of page in any language, and every page can be used with the keyboard alone."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tools.demo_case import rooms_of, send_question, sign_in
from tools.page_types import GUIDE, HOME, PUBLIC, PageType, in_languages

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return {width: parseFloat(style.outlineWidth), style: style.outlineStyle};
}"""
EVERYWHERE = [
    pytest.param(kind, language, marks=[] if language == "vi" else pytest.mark.drill)
    for kind, language in in_languages(PUBLIC)
]
ROOMS = [("tinhnguyen", 3), ("dieuphoi", 3), pytest.param("tinhnguyen", None, marks=pytest.mark.drill)]
DESK = ("", "ghi-nhan/", "ghi-nhan/?loai=conduct", "tim/?tim=khai", "vang-mat/", "hoi-dap/")
MOST_STEPS = 400  # presses of Tab through one page


@pytest.fixture(scope="module")
def reader(chromium, commune):
    context = chromium.new_context(
        base_url=commune.address, viewport={"width": 360, "height": 740}, locale="vi-VN"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def slip(commune):
    return send_question(commune)


def found_by_axe(page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    answer = page.evaluate("(rules) => axe.run(rules)", RULES)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def test_axe_sees_what_is_wrong(reader):
    reader.set_content("<main><img src='x.png'><p style='color: #999'>faint</p></main>")
    assert {found.split(":")[0] for found in found_by_axe(reader)} >= {
        "image-alt",
        "color-contrast",
        "html-has-lang",
    }


@pytest.mark.parametrize(("kind", "language"), EVERYWHERE, ids=lambda given: getattr(given, "name", given))
def test_axe_finds_nothing(reader, kind: PageType, language: str):
    assert reader.goto(kind.address(language)).status == kind.status
    violations = found_by_axe(reader)
    assert not violations, "\n".join(violations)


def test_axe_finds_nothing_on_what_a_slip_leads_to(reader, slip):
    violations = []
    for prefix in ("", "/en", "/ar"):
        reader.goto(f"{prefix}{slip.path}")
        violations += found_by_axe(reader)
        reader.goto(f"{prefix}/phan-anh/tra-cuu/")
        reader.locator("main input[name=code]").fill(slip.code)
        reader.locator("main input[name=pin]").fill(slip.pin)
        with reader.expect_navigation():
            reader.locator("main form button").last.click()
        assert reader.locator("[data-case-state]").count()
        violations += found_by_axe(reader)
    assert not violations, "\n".join(violations)


def test_axe_finds_nothing_on_a_form_that_comes_back(reader):
    reader.goto("/phan-anh/hoi/")
    reader.locator("textarea[name=text]").fill("Căn cước của tôi là 030012345678")
    with reader.expect_navigation():
        reader.locator("main form button[type=submit]:not([name])").first.click()
    assert reader.locator("[data-form-error]").count()
    violations = found_by_axe(reader)
    assert not violations, "\n".join(violations)


def test_axe_finds_nothing_at_the_desk(chromium, commune, slip):
    context = chromium.new_context(base_url=commune.address, viewport={"width": 360, "height": 740})
    desk = context.new_page()
    sign_in(desk, "lan")
    violations = []
    for prefix in ("", "/ar"):
        for path in (*DESK, f"{slip.code}/", f"{slip.code}/hoi-lai/"):
            assert desk.goto(f"{prefix}/ban-lam-viec/{path}").status == 200
            violations += [f"{prefix}/{path} {found}" for found in found_by_axe(desk)]
    context.close()
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("who", "most_sessions"), ROOMS)
def test_axe_finds_nothing_in_the_rooms_of_helpers(chromium, commune, who, most_sessions):
    context = chromium.new_context(base_url=commune.address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, who)
    violations = []
    for path in rooms_of(page, who, most_sessions):
        assert page.goto(path).status == 200, path
        violations += [f"{path} {found}" for found in found_by_axe(page)]
    context.close()
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"viewport": {"width": 1280, "height": 900}}], ids=str
)
def test_axe_finds_nothing_in_the_dark_or_on_a_desk(chromium, commune, look):
    context = chromium.new_context(base_url=commune.address, **look)
    page = context.new_page()
    violations = []
    for kind in (HOME, GUIDE):
        page.goto(kind.path)
        violations += found_by_axe(page)
    context.close()
    assert not violations, "\n".join(violations)


def test_the_first_press_of_tab_offers_to_skip_to_the_content(reader):
    reader.goto(GUIDE.path)
    reader.keyboard.press("Tab")
    skip = reader.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert skip.bounding_box()["height"] >= 24
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.querySelector('#content').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/", GUIDE.path, "/phan-anh/hoi/"])
def test_one_always_sees_where_the_keyboard_is(reader, path):
    """Every element that the keyboard reaches shows a ring of at least two pixels."""
    reader.goto(path)
    unseen, last = [], None
    for _ in range(MOST_STEPS):
        reader.keyboard.press("Tab")
        here = reader.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if here.startswith("<body"):
            break
        ring = reader.evaluate(FOCUS)
        if ring["style"] == "none" or ring["width"] < 2:
            unseen.append(here)
        last = here
    assert last
    assert not unseen, "\n".join(unseen)


def test_a_guide_is_found_with_the_keyboard_alone(reader):
    reader.goto("/")
    walk_to(reader, reader.locator("input[type=search]").first)
    reader.keyboard.type("dang ky khai sinh")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/tim-kiem/**")
    walk_to(reader, reader.locator('[data-result="procedure"] a').first)
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**{GUIDE.path}")


def walk_to(page, wanted) -> None:
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")
