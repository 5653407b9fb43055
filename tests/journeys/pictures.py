"""Take the pictures of docs/pictures: `python -m tests.journeys.pictures`, or `make pictures`.

They show the invented trust as `make demo` starts it, so that anyone can take them again.
"""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from imparts.benchmarks.stack import Stack, demo
from tests.journeys.at_tablet import choose, hand_over_to, press_and_go_on, unlock
from tests.journeys.conftest import DESKTOP, FLAGS, TABLET, chromium, new_page, sign_in_as

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDE = {"width": 1440, "height": 900}
PAPER = {"width": 695, "height": 1025}  # A4 less its margins, at 96 dots an inch
STORY = "THIMBLEWICK, Amara"


def main() -> None:
    """Start the demonstration, walk through it, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with demo(people=600) as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        _tablet(new_page(browser, stack, size=TABLET, scripts=True))
        _reception(new_page(browser, stack, size=DESKTOP, scripts=True))
        _clinician(new_page(browser, stack, size=DESKTOP, scripts=True))
        _alert(new_page(browser, stack, size=WIDE, scripts=True), stack)
        _library(new_page(browser, stack, size=DESKTOP, scripts=True))
        _composing(new_page(browser, stack, size=DESKTOP, scripts=True))
        browser.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(800)  # pictures are of the page at rest; streams never end
    page.screenshot(path=FOLDER / f"{name}.png")


def _tablet(page: Page) -> None:
    page.goto("/demo/")
    sign_in_as(page, "tablet.rheum")
    _take(page, "tablet-locked")
    unlock(page)
    _take(page, "tablet-hand-over")
    hand_over_to(page, "Sam Pemberton")
    if "/language/" in page.url:
        press_and_go_on(page, "Continue")
    _take(page, "tablet-is-this-you")
    _answer(page)


def _answer(page: Page) -> None:
    press_and_go_on(page, "Yes, this is me")
    _take(page, "tablet-before")
    if page.locator("input[type=radio]").count():
        page.locator("input[type=radio]").first.check()
    press_and_go_on(page, "Start")
    while "/phq9/q3/" not in page.url:
        choose(page, "1")
    page.locator("input[name=a][value='1']").check()
    _take(page, "tablet-question")
    while "/calm/" not in page.url:
        choose(page, "1")
    _take(page, "tablet-calm")
    press_and_go_on(page, "Continue")
    while "/check/" not in page.url:
        choose(page, "1")
    _take(page, "tablet-check")
    press_and_go_on(page, "Send my answers")
    _take(page, "tablet-thank-you")


def _library(page: Page) -> None:
    sign_in_as(page, "nurse.rheum")
    for name, where in (
        ("library", "/library/"),
        ("library-search", "/library/?q=worry"),
        ("passport", "/library/phq9/"),
        ("passport-structure", "/library/hads/"),
    ):
        page.goto(where)
        _take(page, name)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.goto("/library/phq9/")
    _take(page, "passport-on-paper")


def _reception(page: Page) -> None:
    sign_in_as(page, "reception.rheum")
    _take(page, "clinic-list-reception")


def _clinician(page: Page) -> None:
    sign_in_as(page, "consultant.rheum")
    _take(page, "clinic-list")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    _take(page, "summary")


def _alert(page: Page, stack: Stack) -> None:
    sign_in_as(page, "consultant.rheum")
    page.goto("/alerts/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    page.get_by_role("button", name="I'll ask now").first.click()
    page.goto("/alerts/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    _take(page, "alert")


def _composing(page: Page) -> None:
    sign_in_as(page, "nurse.rheum")
    page.goto("/library/packs/")
    _take(page, "packs")
    page.get_by_role("link", name="Copy the pack of Rheumatology").click()
    page.get_by_label("Name, for staff").fill("Rheumatology outpatients, early arthritis")
    page.get_by_label("For which service").select_option(index=1)
    page.get_by_role("button", name="Start composing").click()
    page.get_by_role("button", name="Add PEG").click()
    page.goto(page.url.split("#")[0])
    _take(page, "compose-pack")
    draft = page.url
    page.get_by_role("link", name="Preview as the patient sees it").click()
    shown = page.frame_locator("iframe.device")
    shown.locator("input[type=radio]").first.check()
    shown.get_by_role("button", name="Start").click()
    _take(page, "preview-pack")
    page.goto(draft)
    page.get_by_role("button", name="Hand in for a signature").click()
    version = page.url
    sign_in_as(page, "consultant.rheum")
    page.goto(version)
    _take(page, "sign-pack")


if __name__ == "__main__":
    main()
