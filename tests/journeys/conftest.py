"""A running demonstration and a real browser; every page visited is checked for accessibility."""

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.journeys.own_site import Site, own_site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
TABLET = {"width": 1024, "height": 768}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The demonstration, on a folder and ports of its own."""
    with demonstration() as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site of its own, outside the demonstration: everything must be signed."""
    with own_site() as running:
        yield running


def chromium() -> str:
    """The path of a Chromium; fails with a sentence where there is none."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("No Chromium on PATH. Debian: apt-get install chromium, then run it again.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the journeys fail with a sentence."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


def new_page(browser: Browser, stack: Stack, *, size: dict[str, int], scripts: bool) -> Page:
    """A browser of its own, as on another desk."""
    context: BrowserContext = browser.new_context(
        viewport=size, java_script_enabled=scripts, base_url=f"http://127.0.0.1:{stack.port}",
        locale="en-GB", timezone_id="Europe/London",
    )  # fmt: skip
    context.set_default_timeout(15_000)
    return context.new_page()


@pytest.fixture
def tablet(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The clinic's tablet, with scripts off: nothing may depend on them."""
    page = new_page(browser, stack, size=TABLET, scripts=False)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A desk of the hospital, at which nobody is signed in yet."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    yield page
    page.context.close()


def sign_in_as(page: Page, username: str) -> None:
    """Pick a person in the demonstration."""
    page.goto("/demo/")
    page.locator(f"button[name=person][value='{username}']").click()


def assert_accessible(page: Page) -> None:
    """No violation that axe can find, WCAG 2.0 to 2.2 A and AA.

    axe is a script, so a page that was opened with scripts off is opened again in a twin browser
    with the same cookies and scripts on.
    """
    found = Axe().run(page, options={"runOnly": STANDARDS})
    violations = [
        f"{v['id']}: {v['help']} ({v['nodes'][0]['target']})" for v in found.response["violations"]
    ]
    assert not violations, f"{page.url}: {violations}"
