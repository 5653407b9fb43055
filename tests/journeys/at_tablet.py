"""What a receptionist and a patient do at the tablet, with the keyboard only."""

from playwright.sync_api import Browser, Page

from imparts.benchmarks.stack import Stack
from tests.journeys.conftest import assert_accessible, new_page, sign_in_as

PIN = "2468"


def twin_is_accessible(browser: Browser, stack: Stack, page: Page) -> None:
    """Look at the same address with scripts on: axe is a script, and the tablet has them off."""
    twin = new_page(browser, stack, size=page.viewport_size, scripts=True)
    twin.context.add_cookies(page.context.cookies())
    twin.goto(page.url)
    assert_accessible(twin)
    twin.context.close()


def unlock(page: Page) -> None:
    """The demonstration's tablet, opened by a member of staff."""
    sign_in_as(page, "tablet.rheum")
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Unlock").click()


def hand_over_to(page: Page, name: str) -> None:
    """Two taps after unlocking: the person, then Hand over."""
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Hand over to").click()


def leads_on(page: Page) -> str | None:
    """The button with which a page of the tablet is left for the next one; the last has none."""
    names = ("Continue", "Yes, this is me", "Start", "Send my answers")
    return next((n for n in names if page.get_by_role("button", name=n, exact=True).count()), None)


def press_and_go_on(page: Page, button: str) -> None:
    """Press a button with Enter and wait for the page that follows."""
    before = page.url
    page.get_by_role("button", name=button).press("Enter")
    page.wait_for_url(lambda url: url != before)


def keep_the_language(page: Page) -> None:
    """Where the patient is asked in which language, the one that is chosen stays."""
    if "/language/" in page.url:
        press_and_go_on(page, "Continue")


def start(page: Page) -> None:
    """From the page before the questions to the first; who helps is said where it is asked."""
    if page.locator("input[type=radio]").count():
        page.locator("input[type=radio]").first.press("Space")
    press_and_go_on(page, "Start")


def come_to_the_questions(page: Page) -> None:
    """From the tablet just handed over to the first question."""
    keep_the_language(page)
    press_and_go_on(page, "Yes, this is me")
    start(page)


def choose(page: Page, value: str) -> None:
    """Choose one radio with Space and go on with Enter; no pointer."""
    before = page.url
    page.locator(f"input[name=a][value='{value}']").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def answer_all(page: Page, browser: Browser, stack: Stack, *, answers: dict[str, str]) -> list[str]:
    """Answer until the check page, "1" where `answers` says nothing; gives the headings seen.

    The first page of each kind is checked for accessibility.
    """
    headings: list[str] = []
    looked_at: set[str] = set()
    for _ in range(60):
        if "/tablet/check/" in page.url:
            return headings
        headings.append(page.locator("h1").inner_text())
        kind = page.url.split("/tablet/")[1].split("/q")[0]
        if kind not in looked_at:
            twin_is_accessible(browser, stack, page)
            looked_at.add(kind)
        if "/calm/" in page.url:
            press_and_go_on(page, "Continue")
        else:
            item = "/".join(page.url.rstrip("/").split("/")[-2:])
            choose(page, answers.get(item, "1"))
    raise AssertionError("the questions never end")
