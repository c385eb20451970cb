"""Pictures of every page type: `make screenshots`, or `python -m tools.screenshots [--readme]`.

Starts the real site with the demo commune in a folder of its own, sends one question, and photographs each page at
360 and 1280 CSS pixels, in every language it is translated into, some in the dark and in forced colours, and the
papers as they leave the printer. Names are TYPE-WIDTH.png with the language or look behind. `--readme` makes only
the two pictures of README.md.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from ops.steps import step
from tools import demo_site
from tools.demo_case import CaseSlip, look_up, send_question, sessions_with_helpers, sign_in
from tools.faces import USUAL_FACE
from tools.page_types import (
    FOR_COORDINATORS,
    FOR_VOLUNTEERS,
    GUIDE,
    GUIDE_SHEET,
    HOME,
    PACK,
    PUBLIC,
    PageType,
    in_languages,
)

PICTURES = demo_site.ROOT / "var" / "screenshots"
README_PICTURES = demo_site.ROOT / "docs" / "pictures"
README_HEIGHT = {360: 1110, 1280: 900}  # CSS pixels
README_BYTES = 150_000
WIDTHS = (360, 1280)
PAPER_WIDTH = 688  # CSS pixels: 210 mm less two margins of 14 mm
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
NO_BACKGROUND_CALLS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


class Camera:
    """Takes pictures of one site into one folder and counts them."""

    def __init__(self, browser: Browser, commune: demo_site.Commune, folder: Path) -> None:
        self.browser, self.commune, self.folder, self.taken = browser, commune, folder, 0

    @contextmanager
    def page(self, width: int, **looks: Any) -> Iterator[Page]:
        context = self.browser.new_context(
            base_url=self.commune.address,
            viewport={"width": width, "height": 740 if width < 600 else 900},
            timezone_id="Asia/Ho_Chi_Minh",
            bypass_csp=True,
            **looks,
        )
        try:
            page = context.new_page()
            page.goto("/")  # the heading font is used from the second page on
            yield page
        finally:
            context.close()

    def keep(self, page: Page, name: str) -> None:
        page.add_style_tag(content=USUAL_FACE)
        page.screenshot(path=self.folder / f"{name}.png", full_page=True)
        self.taken += 1

    def visit(self, page: Page, kind: PageType, language: str, look: str) -> None:
        answer = page.goto(kind.address(language))
        if answer is None or answer.status != kind.status:
            status = answer.status if answer else "nothing"
            print(f"\n    left out: {kind.address(language)} answers {status}, not {kind.status}")
            return
        self.keep(page, "-".join([kind.name, look] + ([language] if language != "vi" else [])))


def every_page(camera: Camera) -> None:
    for width in WIDTHS:
        with camera.page(width, device_scale_factor=1) as page:
            for kind, language in in_languages(PUBLIC):
                camera.visit(page, kind, language, str(width))


def in_the_dark_and_in_forced_colours(camera: Camera) -> None:
    for look, how in {
        "360-dark": {"color_scheme": "dark"},
        "360-forced": {"forced_colors": "active"},
    }.items():
        with camera.page(360, **how) as page:
            for kind in (HOME, GUIDE):
                camera.visit(page, kind, "vi", look)


def what_a_slip_leads_to(camera: Camera, slip: CaseSlip) -> None:
    """Receipt, tracking with and without the PIN, and the official's desk."""
    for width in WIDTHS:
        with camera.page(width) as page:
            page.goto(slip.path)
            camera.keep(page, f"receipt-{width}")
            look_up(page, slip.code, "")
            camera.keep(page, f"tracking-without-pin-{width}")
            look_up(page, slip.code, slip.pin)
            camera.keep(page, f"tracking-{width}")
            sign_in(page, "lan")
            page.goto("/ban-lam-viec/")
            camera.keep(page, f"desk-{width}")
            page.goto(f"/ban-lam-viec/{slip.code}/")
            camera.keep(page, f"desk-case-{width}")


def volunteers_and_coordinators(camera: Camera) -> None:
    for width in WIDTHS:
        with camera.page(width) as page:
            sign_in(page, "tinhnguyen")
            for kind, language in in_languages(FOR_VOLUNTEERS):
                camera.visit(page, kind, language, str(width))
            page.goto("/tinh-nguyen/")
            page.locator("main .ruled a").first.click()
            camera.keep(page, f"volunteers-session-{width}")
        with camera.page(width) as page:
            sign_in(page, "dieuphoi")
            for kind, language in in_languages(FOR_COORDINATORS):
                camera.visit(page, kind, language, str(width))
            for address, name in zip(sessions_with_helpers(page), ("to-come", "over"), strict=True):
                page.goto(address)
                camera.keep(page, f"board-session-{name}-{width}")


def on_paper(camera: Camera, slip: CaseSlip) -> None:
    """As PDF, and as a picture of its first side: with `pdftoppm` where it is, else as the browser lays it out."""
    papers = {
        f"{kind.name}-paper-{language}": kind.address(language)
        for kind, language in in_languages([GUIDE_SHEET])
    }
    papers |= {"guide-page-paper": GUIDE.path, "home-paper": HOME.path}
    papers |= {"receipt-paper": slip.path, "receipt-sheet-paper": f"{slip.path}in/"}
    papers |= {f"{PACK.name}-paper-{language}": PACK.address(language) for language in PACK.languages}
    with camera.page(PAPER_WIDTH, device_scale_factor=2) as page:
        sign_in(page, "tinhnguyen")
        page.emulate_media(media="print")
        for name, address in papers.items():
            page.goto(address)
            page.add_style_tag(content=USUAL_FACE)
            path = camera.folder / f"{name}.pdf"
            page.pdf(path=path, prefer_css_page_size=True)
            if shutil.which("pdftoppm"):
                draw(path)
                camera.taken += 1
            else:
                camera.keep(page, name)


def draw(path: Path) -> None:
    subprocess.run(
        ["pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", "-singlefile", path, path.with_suffix("")],
        check=True,
    )


def for_the_readme(camera: Camera) -> None:
    README_PICTURES.mkdir(parents=True, exist_ok=True)
    for kind, width in ((GUIDE, 360), (HOME, 1280)):
        with camera.page(width, device_scale_factor=2 if width < 600 else 1) as page:
            page.goto(kind.path)
            page.add_style_tag(content=USUAL_FACE)
            shown = page.screenshot(
                clip={"x": 0, "y": 0, "width": width, "height": README_HEIGHT[width]}, full_page=True
            )
            write_small(shown, README_PICTURES / f"{kind.name}-{width}.png")
            camera.taken += 1


def write_small(picture: bytes, path: Path) -> None:
    """With as many of 256 colours as fit README_BYTES; sixteen are kept even when they do not."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
        if path.stat().st_size <= README_BYTES:
            return


def main() -> int:
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__.split("\n\n")[0])
    parser.add_argument("--readme", action="store_true", help="only the two pictures of README.md")
    only_readme = parser.parse_args().readme
    if not CHROMIUM:
        sys.exit("Chromium is missing: apt-get install chromium, or CHROMIUM=/path/to/chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gandan-pictures-") as folder:
        with step("Starting the demo site"):
            commune = demo_site.start(Path(folder))
        try:
            taken = photograph(commune, only_readme=only_readme)
        finally:
            commune.stop()
    print(f"{taken} pictures in {README_PICTURES if only_readme else PICTURES}")
    return 0


def photograph(commune: demo_site.Commune, *, only_readme: bool) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=NO_BACKGROUND_CALLS)
        camera = Camera(browser, commune, PICTURES)
        with step("Pictures of README.md"):
            for_the_readme(camera)
        if only_readme:
            return camera.taken
        with step("Every page type, 360 and 1280 px"):
            every_page(camera)
        with step("In the dark and in forced colours"):
            in_the_dark_and_in_forced_colours(camera)
        slip = send_question(commune, typing_for=3)
        with step("Receipt, tracking, desk"):
            what_a_slip_leads_to(camera, slip)
        with step("Volunteers and coordinators"):
            volunteers_and_coordinators(camera)
        with step("On paper"):
            on_paper(camera, slip)
        return camera.taken


if __name__ == "__main__":
    sys.exit(main())
