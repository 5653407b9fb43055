"""Take the pictures of docs/pictures: `python -m tests.journeys.pictures`, or `make pictures`.

They show the invented trust as `make demo` starts it, so that anyone can take them again.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from imparts.benchmarks.stack import Stack, demo
from tests.journeys.at_a_form import a_form_in_hand, answer
from tests.journeys.at_first_hour import Desks
from tests.journeys.at_set_up import (
    PASSWORD,
    add_tablet,
    first_sign_in,
    invite_everyone,
    plan_clinic_with_test_patient,
)
from tests.journeys.at_tablet import (
    choose,
    hand_over_to,
    keep_the_language,
    press_and_go_on,
    start,
    unlock,
)
from tests.journeys.conftest import DESKTOP, FLAGS, TABLET, chromium, new_page, sign_in_as
from tests.journeys.own_site import ADMINISTRATOR, own_site

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
        _whole_record(new_page(browser, stack, size=DESKTOP, scripts=True))
        _alert(new_page(browser, stack, size=WIDE, scripts=True), stack)
        _pathways(new_page(browser, stack, size=WIDE, scripts=True))
        _letters(new_page(browser, stack, size=DESKTOP, scripts=True))
        _library(new_page(browser, stack, size=DESKTOP, scripts=True))
        _composing(new_page(browser, stack, size=DESKTOP, scripts=True))
        _connections(new_page(browser, stack, size=WIDE, scripts=True), stack)
        _record(new_page(browser, stack, size=DESKTOP, scripts=True), stack)
        _setting_up(browser)
        _form(browser)
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
    keep_the_language(page)
    _take(page, "tablet-is-this-you")
    _answer(page)


def _answer(page: Page) -> None:
    press_and_go_on(page, "Yes, this is me")
    _take(page, "tablet-before")
    start(page)
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


def _setting_up(browser: Browser) -> None:
    """A new site outside the demonstration, half-way to its first patient."""
    with own_site() as site:
        admin = new_page(browser, site, size=DESKTOP, scripts=True)
        first_sign_in(admin, ADMINISTRATOR, site.code)
        people = invite_everyone(admin)
        _take(admin, "set-up-colleague")
        for person in people:
            first_sign_in(
                new_page(browser, site, size=DESKTOP, scripts=True), person.username, person.code
            )
        add_tablet(admin)
        plan_clinic_with_test_patient(admin)
        admin.goto("/set-up/")
        _take(admin, "set-up")
        device = new_page(browser, site, size=TABLET, scripts=True)
        device.goto("/sign-in/login/?next=/set-up/this-tablet/")
        device.get_by_label("User name").fill(people[-1].username)
        device.get_by_label("Password").fill(PASSWORD)
        device.get_by_role("button", name="Sign in").click()
        _take(device, "set-up-this-tablet")


def _form(browser: Browser) -> None:
    """A questionnaire that someone else wrote (the invented one of the journeys), at a new site."""
    pictures = {
        "How much does your kettle hold?": "form-number",
        "What colour is your kettle?": "form-own-words",
        "When did you last clean your kettle?": "form-day-and-time",
    }
    with own_site() as site:
        desks = Desks(browser, site.port)
        tablet, clinician = a_form_in_hand(desks, site)
        answer(tablet, lambda heading: heading in pictures and _take(tablet, pictures[heading]))
        clinician.goto("/clinic/")
        clinician.get_by_role("link", name="TESTWICK, Alma").click()
        clinician.locator(".form-result").scroll_into_view_if_needed()
        _take(clinician, "form-summary")
        desks.close()


def _letters(page: Page) -> None:
    """A referral's draft, and a letter to the GP as it is on paper."""
    sign_in_as(page, "consultant.rheum")
    page.get_by_role("link", name=STORY).first.click()
    summary = page.url
    page.locator(".steps").get_by_role("button", name="Refer").first.click()
    _take(page, "referral")
    page.goto(summary)
    page.get_by_role("link", name="Letter to GP").click()
    page.get_by_label("See the patient about these results").check()
    page.get_by_label("By when").fill("within 2 weeks")
    page.get_by_label("The patient agrees").check()
    page.get_by_role("button", name="Make the letter").click()
    page.locator(".paper").screenshot(path=FOLDER / "gp-letter.png")


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
    page.get_by_role("link", name="Trends", exact=True).click()
    _take(page, "trend")
    page.get_by_role("link", name="Table", exact=True).click()
    _take(page, "trend-table")


def _whole_record(page: Page) -> None:
    """The summary on paper, one patient on one page, and what everybody waits for."""
    sign_in_as(page, "consultant.rheum")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    summary = page.url
    page.get_by_role("link", name="Whole record").click()
    _take(page, "patient")
    page.goto("/waits/")
    _take(page, "waits")
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.goto(summary)
    _take(page, "summary-print")


def _alert(page: Page, stack: Stack) -> None:
    sign_in_as(page, "consultant.rheum")
    page.goto("/alerts/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    page.get_by_role("button", name="I'll ask now").first.click()
    page.goto("/alerts/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    _take(page, "alert")
    page.goto("/alerts/ledger/")
    _take(page, "alert-ledger")
    page.goto("/alerts/cover/")
    page.locator(".cover tbody th a").first.click()
    _take(page, "alert-cover")


def _connections(page: Page, stack: Stack) -> None:
    """One of ours traced after a day of messages from the pretend record."""
    command = [sys.executable, "-m", "imparts", "pretend-record", "--play", "--to", stack.listener]
    subprocess.run(command, check=True, capture_output=True)
    sign_in_as(page, "integrator")
    page.goto("/connections/messages/")
    _take(page, "connections-received")
    page.goto("/connections/to/record/")
    mapping = '{"sender": {"application": "IMPARTS", "facility": "RXX"}, "leave_out": ["NTE"]}'
    page.get_by_label("Mapping").fill(mapping)
    page.get_by_role("button", name="Try it on the message below").click()
    _take(page, "connections-mapping")
    page.goto("/connections/")
    page.locator("#id").fill("FH204417")
    page.get_by_role("button", name="Trace", exact=True).click()
    _take(page, "connections")


def _record(page: Page, stack: Stack) -> None:
    """The pretend record: what came, what it sends, how it misbehaves, and imparts in a frame."""
    for name, where in (
        ("record-received", "/?still"),
        ("record-send", "/play"),
        ("record-behaviour", "/moods"),
    ):
        page.goto(stack.record + where)
        _take(page, name)
    page.goto(f"{stack.record}/launcher")
    page.get_by_role("button", name="Open", exact=True).click()
    page.frame_locator("iframe").get_by_text(STORY).first.wait_for()
    _take(page, "record-launch")


def _pathways(page: Page) -> None:
    sign_in_as(page, "consultant.rheum")
    page.goto("/pathways/")
    _take(page, "pathway-list")
    page.get_by_role("link", name="Draft 2").first.click()
    _take(page, "pathway-draft")


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
