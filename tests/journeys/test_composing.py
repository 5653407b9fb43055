"""A pack is copied, changed, previewed, signed by another, started today and asked of someone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.at_tablet import (
    choose,
    come_to_the_questions,
    press_and_go_on,
    twin_is_accessible,
)
from tests.journeys.conftest import DESKTOP, new_page, sign_in_as

pytestmark = pytest.mark.journey
NAME = "Dermatology outpatients, itch clinic"
PEG_1 = "What number best describes your pain on average in the past week?"


@pytest.fixture
def desks(browser: Browser, stack: Stack) -> Iterator[tuple[Page, Page]]:
    """An administrator and a consultant of dermatology, both with scripts off."""
    pages = []
    for username in ("admin", "consultant.derm"):
        page = new_page(browser, stack, size=DESKTOP, scripts=False)
        sign_in_as(page, username)
        pages.append(page)
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def test_a_pack_goes_from_a_copy_to_the_tablet_by_two_people(
    desks: tuple[Page, Page], tablet: Page, browser: Browser, stack: Stack
) -> None:
    composer, consultant = desks

    # Given someone who copies what the clinic asks, and adds how pain gets in the way
    _copy(composer, browser, stack)
    _add_peg(composer, browser, stack)

    # when they preview it as the patient will see it, and hand it in
    _preview(composer, browser, stack)
    _hand_in(composer, browser, stack)

    # then they cannot sign it themselves, and the consultant reads what changes and signs
    expect(composer.get_by_role("button", name="Sign", exact=True)).to_have_count(0)
    _sign(consultant, browser, stack)

    # and from today the tablet asks it
    _start_today(consultant, browser, stack)
    assert _questions_asked(tablet, most=40)[0] == PEG_1


def _copy(page: Page, browser: Browser, stack: Stack) -> None:
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("link", name="Packs of each service").click()
    twin_is_accessible(browser, stack, page)
    page.get_by_role("link", name="Copy the pack of Dermatology").click()
    twin_is_accessible(browser, stack, page)
    page.get_by_label("Name, for staff").fill(NAME)
    page.get_by_label("For which service").select_option(label="Dermatology, Tarnwick Infirmary")
    page.get_by_role("button", name="Start composing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Draft: {NAME}")


def _add_peg(page: Page, browser: Browser, stack: Stack) -> None:
    page.get_by_label("Search").fill("pain")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Add PEG").click()
    while page.locator(".asks tbody tr").first.get_attribute("id") != "row-peg":
        page.locator("#row-peg").get_by_role("button", name="Up").click()
    page.get_by_label("What patients call the illness").fill("itching skin")
    page.get_by_role("button", name="Save", exact=True).last.click()
    twin_is_accessible(browser, stack, page)
    expect(page.locator("#id_illness_words")).to_have_value("itching skin")


def _preview(page: Page, browser: Browser, stack: Stack) -> None:
    draft = page.url
    page.get_by_role("link", name="Preview as the patient sees it").click()
    expect(page.get_by_text("Preview: nothing is stored")).to_be_visible()
    twin_is_accessible(browser, stack, page)
    shown = page.frame_locator("iframe.device")
    if shown.locator("input[name=helper]").count():
        shown.locator("input[name=helper]").first.check()
    shown.get_by_role("button", name="Start").click()
    expect(shown.get_by_role("heading", level=1)).to_have_text(PEG_1)
    shown.locator("input[name=a][value='3']").check()
    shown.get_by_role("button", name="Continue").click()
    expect(shown.get_by_role("heading", level=1)).not_to_have_text(PEG_1)
    shown.get_by_role("link", name="Back").click()
    expect(shown.locator("input[name=a][value='3']")).to_be_checked()
    page.get_by_role("link", name="All questions on one page").click()
    twin_is_accessible(browser, stack, page)
    page.goto(draft)


def _hand_in(page: Page, browser: Browser, stack: Stack) -> None:
    page.get_by_role("button", name="Hand in for a signature").click()
    expect(
        page.get_by_text("It is asked nowhere until someone else has signed it.")
    ).to_be_visible()
    twin_is_accessible(browser, stack, page)


def _sign(page: Page, browser: Browser, stack: Stack) -> None:
    page.goto("/library/signing/")
    twin_is_accessible(browser, stack, page)
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()
    expect(page.locator("ins", has_text="itching skin")).to_be_visible()
    page.get_by_label("I have read what stands here").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("It is signed and may be used at this site.")).to_be_visible()


def _start_today(page: Page, browser: Browser, stack: Stack) -> None:
    page.get_by_role("link", name="Choose when and where it starts").click()
    twin_is_accessible(browser, stack, page)
    page.get_by_label("Dermatology, Tarnwick Infirmary").check()
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_role("link", name="Dermatology, Tarnwick Infirmary").click()
    expect(page.locator("tr", has_text=NAME)).to_contain_text("in force")
    twin_is_accessible(browser, stack, page)


def _questions_asked(page: Page, *, most: int) -> list[str]:
    """Hand the tablet to the first person who is due, and answer the first questions."""
    sign_in_as(page, "reception.derm")
    page.goto("/tablet/hand-over/")
    page.locator("a[href*='person=']").first.click()
    page.get_by_role("button", name="Hand over to").click()
    come_to_the_questions(page)
    asked = []
    while "/check/" not in page.url and len(asked) < most:
        if "/calm/" in page.url:
            press_and_go_on(page, "Continue")
            continue
        asked.append(page.locator("h1").inner_text())
        choose(page, "0")
    return asked
