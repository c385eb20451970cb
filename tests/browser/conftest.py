import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.kept import collected_static_files, migrated_database
from tools import demo_site
from tools.faces import USUAL_FACES, is_installed

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "needs Chromium: apt-get install chromium, or CHROMIUM=/path/to/chromium"
    for item in items:
        if "tests/browser" not in item.nodeid:
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM and not os.environ.get("GANDAN_REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="package")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[demo_site.Commune]:
    folder = tmp_path_factory.mktemp("commune")
    shutil.copy(migrated_database(), folder)
    (folder / "static").symlink_to(collected_static_files())
    running = demo_site.start(folder)
    yield running
    running.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Ends with the last browser test: its event loop would keep asynchronous views from running in this thread."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


class Visit:
    """A phone in somebody's hand; notes every address it asks for and every error it meets."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)
        self.address = address

    def _note(self, message: object) -> None:
        if message.type == "error":  # type: ignore[attr-defined]
            self.errors.append(message.text)  # type: ignore[attr-defined]

    def strangers(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def phone(chromium: Browser, commune: demo_site.Commune) -> Iterator[object]:
    """Opens phones of 360 px: `phone(scripts=True)`; each has its own cookies."""
    contexts: list[BrowserContext] = []

    def open_phone(*, scripts: bool = True, width: int = 360, language: str = "vi-VN") -> Visit:
        context = chromium.new_context(
            base_url=commune.address,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 740},
            locale=language,
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visit(context, commune.address)

    yield open_phone
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def usual_face():
    """How much fits on a side is only known in a face of usual width; `.ci/run` installs one."""
    if is_installed() or os.environ.get("GANDAN_REQUIRE_BROWSER"):
        return
    pytest.skip(f"needs one of {', '.join(USUAL_FACES)}: apt-get install fonts-liberation")
