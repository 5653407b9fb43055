"""A pathway is changed, run, signed by all and live from today; a patient is sent on by it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.at_tablet import (
    choose,
    come_to_the_questions,
    press_and_go_on,
    twin_is_accessible,
    unlock,
)
from tests.journeys.conftest import DESKTOP, new_page, sign_in_as

pytestmark = pytest.mark.journey
PATHWAY = "Low mood and worry in outpatients"
STORY = "THIMBLEWICK, Amara"
LIAISON = "Liaison psychiatry"
SEVENTEEN = {f"phq9/q{number}": "3" for number in range(1, 6)} | {"phq9/q6": "2"}
SIGN = "I have read the changes and the run, and sign"


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A desk of rheumatology, with scripts off."""
    opened = new_page(browser, stack, size=DESKTOP, scripts=False)
    yield opened
    opened.context.close()


def test_a_pathway_goes_from_a_draft_to_a_patient(
    page: Page, tablet: Page, browser: Browser, stack: Stack
) -> None:
    # Given a draft that the second clinician sends back, with a reason
    old_visit, old_version = _before(page, browser, stack)
    draft = _sent_back(page, browser, stack)

    # when the clinical lead changes it, reads what it would have done and hands it in
    _liaison_from_14(page, draft, browser, stack)
    _hand_in(page)

    # and everyone signs whose signature it needs, the second clinician from today
    for partner in ("liaison", "psychologist", "safety"):
        _sign(page, draft, partner)
    new_version = _sign_last(page, draft, browser, stack)

    # then someone who answers now is sent on by it
    visit = _answered_17(tablet, page)
    page.goto(visit)
    expect(page.locator("main")).to_contain_text(LIAISON)
    expect(page.locator("main")).to_contain_text(f"{PATHWAY} ({new_version}")

    # and the old visit still says by which version it was answered
    page.goto(old_visit)
    expect(page.locator("main")).to_contain_text(f"{PATHWAY} ({old_version}")


def _before(page: Page, browser: Browser, stack: Stack) -> tuple[str, str]:
    """An old visit, and the version that its suggestions came from."""
    sign_in_as(page, "consultant.rheum")
    page.goto("/clinic/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    visit = page.url
    page.get_by_role("link", name="Pathways", exact=True).click()
    twin_is_accessible(browser, stack, page)
    expect(page.get_by_text("1 draft waits for your signature.")).to_be_visible()
    page.get_by_role("link", name=PATHWAY, exact=True).click()
    twin_is_accessible(browser, stack, page)
    found = re.search(r"Version 1 \(([^)]+)\)", page.locator("main").inner_text())
    assert found is not None
    return visit, found[1]


def _sent_back(page: Page, browser: Browser, stack: Stack) -> str:
    page.get_by_role("link", name="Open the draft").click()
    twin_is_accessible(browser, stack, page)
    page.get_by_label("Send back, with a reason").check()
    page.get_by_role("button", name="Sign or send back").click()
    expect(page.locator("#id_reason-error")).to_contain_text("Say why it is sent back")
    page.get_by_label("Comment").first.fill("Please try from 14 as well.")
    page.get_by_role("button", name="Sign or send back").click()
    expect(page.get_by_text("Sent back. It can be changed again")).to_be_visible()
    return page.url


def _liaison_from_14(page: Page, draft: str, browser: Browser, stack: Stack) -> None:
    sign_in_as(page, "lead.rheum")
    page.goto(draft)
    expect(page.get_by_text("Please try from 14 as well.")).to_be_visible()
    twin_is_accessible(browser, stack, page)
    page.get_by_role("link", name="Edit scores of the scores of severe").click()
    twin_is_accessible(browser, stack, page)
    page.get_by_label("From which score").fill("14")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("from 14 instead of from 15")
    expect(page.locator("table.rule ins").first).to_have_text("14 to 27")
    page.get_by_role("link", name="Edit Self-help guide").click()
    twin_is_accessible(browser, stack, page)
    page.goto(draft)
    expect(page.get_by_role("heading", name="Run over the last 12 months")).to_be_visible()
    expect(page.locator("table.run")).to_contain_text(LIAISON)


def _hand_in(page: Page) -> None:
    page.get_by_label("Why").fill("Two people at 14 waited 9 weeks.")
    page.get_by_role("button", name="Sign as clinical lead and hand in").click()
    expect(page.get_by_role("status")).to_contain_text("Handed in.")
    expect(page.get_by_role("button", name="Sign or send back")).to_have_count(0)


def _sign(page: Page, draft: str, username: str) -> None:
    sign_in_as(page, username)
    page.goto(draft)
    page.get_by_label(SIGN).check()
    page.get_by_role("button", name="Sign or send back").click()
    expect(page.get_by_role("status")).to_have_text("Signed.")


def _sign_last(page: Page, draft: str, browser: Browser, stack: Stack) -> str:
    """The second clinician, from today; the name of the version that is live."""
    sign_in_as(page, "consultant.rheum")
    page.goto(draft)
    page.get_by_label(SIGN).check()
    page.get_by_role("button", name="Sign or send back").click()
    expect(page.locator("#id_live_from-error")).to_contain_text("today or later")
    today = page.evaluate("() => new Date().toLocaleDateString('en-GB')")
    page.get_by_label("Live from").fill(today)
    page.get_by_role("button", name="Sign or send back").click()
    expect(page.get_by_role("status")).to_contain_text("Signed by all. Live from")
    twin_is_accessible(browser, stack, page)
    page.get_by_role("link", name="What is live, and capacities").click()
    twin_is_accessible(browser, stack, page)
    found = re.search(r"Version 2 \(([^)]+)\)", page.locator("main").inner_text())
    assert found is not None
    return found[1]


def _answered_17(tablet: Page, page: Page) -> str:
    """Somebody who is due answers; the address of their summary."""
    unlock(tablet)
    tablet.locator(".due__row", has_text="Due now").first.click()  # here, and asked nothing yet
    family_name = tablet.locator(".who bdi").inner_text().split()[-1].upper()
    tablet.get_by_role("button", name="Hand over to").click()
    come_to_the_questions(tablet)
    for _ in range(60):
        if "/check/" in tablet.url:
            break
        if "/calm/" in tablet.url:
            press_and_go_on(tablet, "Continue")
            continue
        item = "/".join(tablet.url.rstrip("/").split("/")[-2:])
        choose(tablet, SEVENTEEN.get(item, "0"))
    press_and_go_on(tablet, "Send my answers")
    sign_in_as(page, "consultant.rheum")
    page.goto("/clinic/")
    page.get_by_role("link", name=re.compile(f"^{re.escape(family_name)}, ")).first.click()
    return page.url
