"""A clinic visit: handed over, answered, seen by the clinician, and in the hospital record."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.at_alert import record_and_close
from tests.journeys.at_tablet import (
    answer_all,
    hand_over_to,
    keep_the_language,
    press_and_go_on,
    start,
    twin_is_accessible,
    unlock,
)
from tests.journeys.conftest import assert_accessible, sign_in_as

pytestmark = pytest.mark.journey
PATIENT, LISTED = "Sam Pemberton", "PEMBERTON, Sam"


def test_a_patient_answers_by_keyboard_and_clinician_and_record_have_it(
    tablet: Page, desk: Page, browser: Browser, stack: Stack
) -> None:
    # Given a consultant who has the clinic list open, and a patient with the tablet in hand
    sign_in_as(desk, "consultant.rheum")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("clinic")
    assert_accessible(desk)
    _comes_to_the_first_question(tablet, browser, stack)

    # when the patient answers item 9 with "Several days"
    headings = answer_all(tablet, browser, stack, answers={"phq9/q9": "1"})
    assert "We are glad you told us" in headings

    # then the open list shows the alert by itself, before anything was sent
    alert = desk.get_by_text("Sam Pemberton: talk before they leave")
    expect(alert).to_be_visible(timeout=20_000)

    # and after sending, nothing of it is left on the tablet
    twin_is_accessible(browser, stack, tablet)
    press_and_go_on(tablet, "Send my answers")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you")
    _going_back_shows_nothing(tablet)

    # and the clinician reads it, takes the alert and closes it with what was done
    _read_in_the_summary(desk)
    _take_and_close(desk)


def _comes_to_the_first_question(tablet: Page, browser: Browser, stack: Stack) -> None:
    unlock(tablet)
    twin_is_accessible(browser, stack, tablet)
    hand_over_to(tablet, PATIENT)
    twin_is_accessible(browser, stack, tablet)
    keep_the_language(tablet)
    expect(tablet.get_by_text(PATIENT)).to_be_visible()
    expect(tablet.get_by_text("14 March 1961")).to_be_visible()
    twin_is_accessible(browser, stack, tablet)
    press_and_go_on(tablet, "Yes, this is me")
    twin_is_accessible(browser, stack, tablet)
    start(tablet)


def _going_back_shows_nothing(tablet: Page) -> None:
    for _ in range(4):
        tablet.go_back()
        page = tablet.content()
        assert "Pemberton" not in page
        assert "Nearly every day" not in page
    tablet.goto("/tablet/check/")
    assert "Pemberton" not in tablet.content()
    assert "Check your answers" not in tablet.content()


def _read_in_the_summary(desk: Page) -> None:
    desk.goto("/clinic/")
    desk.get_by_role("link", name=LISTED, exact=True).first.click()
    expect(desk.get_by_text("several days").first).to_be_visible()
    assert_accessible(desk)
    until = time.monotonic() + 20
    while "In the hospital record" not in desk.inner_text("body"):
        assert time.monotonic() < until, "the summary never said that the record has it"
        desk.reload()


def _take_and_close(desk: Page) -> None:
    desk.get_by_role("button", name="I'll ask now").first.click()
    desk.goto("/alerts/")
    assert_accessible(desk)
    desk.get_by_role("link", name=LISTED, exact=True).first.click()
    assert_accessible(desk)
    record_and_close(desk)
    desk.goto("/clinic/")
    expect(desk.get_by_text("Sam Pemberton: talk before they leave")).to_have_count(0)
