"""From the summary: a step accepted becomes a referral that is sent; the GP's letter is made."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.conftest import DESKTOP, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey
STORY = "THIMBLEWICK, Amara"


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The consultant's desk, at the summary of a visit with suggested steps."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(page, "consultant.rheum")
    page.get_by_role("link", name=STORY).first.click()
    yield page
    page.context.close()


def test_accept_and_send_is_two_presses_and_says_what_sent_means(desk: Page) -> None:
    # When a step that refers is accepted, then its draft stands, prefilled
    desk.locator(".steps").get_by_role("button", name="Refer").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Referral to")
    assert "Please see this patient for" in desk.get_by_label("Why, and what is").input_value()
    assert_accessible(desk)

    # and the second press makes the letter and says how it was said to go
    group = desk.get_by_role("group", name="The patient agrees. Send")
    group.get_by_role("button", name="By secure e-mail").click()
    expect(desk.get_by_text("Marked as sent by secure e-mail by Consultant")).to_be_visible()
    expect(desk.get_by_text("imparts itself has delivered nothing")).to_be_visible()
    assert_accessible(desk)
    _pdf_is_one_tagged_page(desk, "Referral letter")


def test_the_letter_to_the_gp_is_made_with_what_was_chosen(desk: Page) -> None:
    # Given the page of the letter, on which nothing is chosen beforehand
    desk.get_by_role("link", name="Letter to GP").click()
    assert desk.locator("form input:checked").count() == 0
    assert_accessible(desk)

    # when it is made without a choice, then it is refused in a sentence
    desk.get_by_role("button", name="Make the letter").click()
    expect(desk.get_by_role("alert")).to_contain_text("Choose whether the patient agrees")
    assert_accessible(desk)

    # and with one it is a letter whose first line is the action, on one tagged page
    desk.get_by_label("See the patient about these results").check()
    desk.get_by_label("The patient agrees").check()
    desk.get_by_role("button", name="Make the letter").click()
    expect(desk.get_by_role("heading", level=2).first).to_have_text(
        "Action for GP: please see the patient about these results."
    )
    expect(desk.get_by_text("imparts has not sent it")).to_be_visible()
    assert_accessible(desk)
    _pdf_is_one_tagged_page(desk, "Letter to the GP")
    _prints_on_one_page(desk)


def _pdf_is_one_tagged_page(page: Page, title: str) -> None:
    address = page.get_by_role("link", name="Open as PDF").get_attribute("href") or ""
    answer = page.request.get(address)
    document = pikepdf.open(io.BytesIO(answer.body()))
    assert len(document.pages) == 1
    assert bool(document.Root.MarkInfo.Marked) and "/StructTreeRoot" in document.Root
    assert str(document.docinfo["/Title"]) == title


def _prints_on_one_page(page: Page) -> None:
    page.emulate_media(media="print")
    # An alert of somebody else may stand on the page; it is never printed on a letter.
    assert page.locator("main > :not(.paper):visible").count() == 0
    printed = page.pdf(prefer_css_page_size=True)
    assert len(pikepdf.open(io.BytesIO(printed)).pages) == 1
