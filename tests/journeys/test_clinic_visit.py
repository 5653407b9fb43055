"""A clinic visit: handed over, answered, seen by the clinician, and in the hospital record."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.conftest import DESKTOP, TABLET, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey


@pytest.fixture
def tablet(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The clinic's tablet, with scripts off: nothing may depend on them."""
    page = new_page(browser, stack, size=TABLET, scripts=False)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The consultant's desk."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    yield page
    page.context.close()


def _twin_is_accessible(browser: Browser, stack: Stack, page: Page) -> None:
    """Look at the same address with scripts on, since axe is a script."""
    twin = new_page(browser, stack, size=page.viewport_size, scripts=True)
    twin.context.add_cookies(page.context.cookies())
    twin.goto(page.url)
    assert_accessible(twin)
    twin.context.close()


def _unlock_and_hand_over(page: Page) -> str:
    """Two taps after unlocking: the person, then Hand over; gives the person's name."""
    sign_in_as(page, "tablet.rheum")
    page.get_by_label("Your PIN").fill("2468")
    page.get_by_role("button", name="Unlock").click()
    page.locator("a[href*='person=']").last.click()
    name = page.locator("bdi").last.inner_text()
    page.get_by_role("button", name="Hand over to").click()
    return name


def _press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def _choose_with_keyboard(page: Page, value: str) -> None:
    """Reach the radio with Tab, choose with the arrow keys, send with Enter; no pointer."""
    radio = page.locator(f"input[name=a][value='{value}']")
    radio.focus()
    _press(page, "Space")
    _press(page, "Enter")


def _answer_all(page: Page, browser: Browser, stack: Stack, *, item9: str) -> list[str]:
    """Answer with the keyboard until the check page; gives the headings seen."""
    headings: list[str] = []
    kinds: set[str] = set()
    for _ in range(60):
        if "/tablet/check/" in page.url:
            return headings
        headings.append(page.locator("h1").inner_text())
        kind = page.url.split("/tablet/")[1].split("/")[0]
        if kind not in kinds:
            _twin_is_accessible(browser, stack, page)
            kinds.add(kind)
        if "/calm/" in page.url:
            page.get_by_role("button", name="Continue").press("Enter")
        else:
            value = item9 if page.url.endswith("/phq9/q9/") else "1"
            _choose_with_keyboard(page, value)
    raise AssertionError("the questions never end")


def test_a_patient_answers_with_keyboard_only_and_the_clinician_and_the_record_have_it(
    tablet: Page, desk: Page, browser: Browser, stack: Stack
) -> None:
    # Given a consultant who has the clinic list open
    sign_in_as(desk, "consultant.rheum")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("clinic")
    assert_accessible(desk)

    # and a patient who has been handed the tablet
    name = _unlock_and_hand_over(tablet)
    if "/language/" in tablet.url:
        _twin_is_accessible(browser, stack, tablet)
        tablet.get_by_role("button", name="Continue").press("Enter")
    expect(tablet.locator("body")).to_contain_text(name)
    _twin_is_accessible(browser, stack, tablet)
    tablet.get_by_role("button", name="Yes, this is me").press("Enter")
    _twin_is_accessible(browser, stack, tablet)
    if tablet.locator("input[type=radio]").count():
        tablet.locator("input[type=radio]").first.press("Space")
    tablet.get_by_role("button", name="Start").press("Enter")

    # When every question is answered, item 9 with "Several days"
    headings = _answer_all(tablet, browser, stack, item9="1")
    assert "We are glad you told us" in headings

    # then the alert is on the clinician's list before the answers are sent
    surname = name.split()[-1]
    strip = desk.locator(".alert-strip, [class*=strip]").filter(has_text=surname)
    expect(strip.first).to_be_visible(timeout=20_000)

    _twin_is_accessible(browser, stack, tablet)
    tablet.get_by_role("button", name="Send my answers").press("Enter")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you")

    # and going back shows nothing of it
    for _ in range(4):
        tablet.go_back()
        assert name not in tablet.content()
        assert "Nearly every day" not in tablet.content()

    # The clinician opens the summary, and the record has it within seconds
    desk.reload()
    desk.get_by_role("link", name=surname.upper()).first.click()
    expect(desk.locator("body")).to_contain_text("several days")
    assert_accessible(desk)
    _wait_for_record(desk)

    # and takes the alert, and closes it with what was done
    desk.get_by_role("button", name="I'll ask now").first.click()
    desk.goto("/alerts/")
    desk.get_by_role("link", name=surname.upper()).first.click()
    assert_accessible(desk)
    desk.get_by_label("I did").check()
    desk.get_by_label("GP", exact=True).check()
    desk.get_by_label("Not made").check()
    desk.get_by_label("Reason, or who was told").fill("GP told, with consent")
    desk.get_by_role("button", name="Save and close the alert").click()
    expect(desk.locator("body")).to_contain_text("Closed")


def _wait_for_record(desk: Page) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if "In the hospital record" in desk.inner_text("body"):
            return
        time.sleep(0.5)
        desk.reload()
    raise AssertionError("the summary never said that the hospital record has it")
