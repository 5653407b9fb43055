"""Acting on an alert from the summary: each step in at most two clicks, counted by the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.conftest import DESKTOP, new_page, sign_in_as
from tests.journeys.measuring import axe_finds, scrolls_sideways_at

pytestmark = pytest.mark.journey
MOST = 2
COUNT = """document.addEventListener("click", (event) => {
  if (event.target.closest("a, button"))
    sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true)"""


@pytest.fixture(scope="module")
def desk(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A consultant who reads a summary with an open alert; what is pressed is counted."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    page.add_init_script(COUNT)
    sign_in_as(page, "consultant.rheum")
    yield page
    page.context.close()


def _summary(desk: Page) -> None:
    desk.goto("/clinic/")
    desk.get_by_role("link", name="THIMBLEWICK, Amara", exact=True).first.click()
    desk.evaluate("sessionStorage.clicks = 0")


def _clicks(desk: Page) -> int:
    return int(desk.evaluate("Number(sessionStorage.clicks)"))


def test_an_alert_is_taken_from_the_summary_with_one_click(desk: Page) -> None:
    _summary(desk)
    desk.get_by_role("button", name="I'll ask now").click()
    expect(desk.get_by_text("Yours", exact=True)).to_be_visible()
    assert _clicks(desk) == 1


def test_what_was_done_is_recorded_from_the_summary_with_two_clicks(desk: Page) -> None:
    _summary(desk)
    desk.get_by_role("link", name="Record what you did").click()
    desk.get_by_label("I did").check()
    desk.get_by_label("Reason, or who was told").fill("Talked; the GP will be told")
    desk.get_by_role("button", name="Save, keep open").click()
    expect(desk.get_by_text("Saved. It stays open")).to_be_visible()
    assert _clicks(desk) <= MOST


def test_an_attempt_to_reach_someone_is_recorded_with_its_time(desk: Page) -> None:
    desk.get_by_text("The patient has left: record each attempt").click()
    desk.get_by_label("The patient, by phone").check()
    desk.get_by_label("What came of it").fill("no answer")
    desk.get_by_role("button", name="Save the attempt").click()
    expect(desk.get_by_role("cell", name="Phoned the patient: no answer")).to_be_visible()


def test_an_alert_is_handed_on_with_two_clicks_and_its_clock_goes_on(desk: Page) -> None:
    desk.evaluate("sessionStorage.clicks = 0")
    desk.get_by_role("link", name="Hand to someone else").click()
    assert axe_finds(desk) == []
    assert scrolls_sideways_at(desk) == []
    desk.set_viewport_size(DESKTOP)
    desk.get_by_label("Nurse, rheumatology").check()
    desk.get_by_label("Why").fill("my clinic ends")
    desk.get_by_role("button", name="Hand over").click()
    expect(desk.get_by_text("not yet taken").first).to_be_visible()
    assert _clicks(desk) <= MOST
    assert axe_finds(desk) == []


def test_whoever_it_was_handed_to_reads_so_on_any_page_and_takes_it(
    desk: Page, browser: Browser, stack: Stack
) -> None:
    nurse = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(nurse, "nurse.rheum")
    nurse.goto("/patients/")
    line = nurse.get_by_role("region", name="Alerts for you")
    expect(line).to_contain_text("for you")
    assert axe_finds(nurse) == []
    nurse.goto("/alerts/")
    nurse.get_by_role("link", name="THIMBLEWICK, Amara").click()
    nurse.get_by_role("button", name="I'll ask now").click()
    expect(nurse.get_by_text("taken by you")).to_be_visible()
    nurse.context.close()


def test_the_line_comes_and_goes_by_itself_on_a_page_that_stands_open(
    desk: Page, browser: Browser, stack: Stack
) -> None:
    nurse = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(nurse, "nurse.rheum")
    nurse.goto("/alerts/")
    nurse.get_by_role("link", name="THIMBLEWICK, Amara").click()
    nurse.get_by_role("link", name="Hand to someone else").click()
    desk.goto("/library/")
    expect(desk.get_by_role("region", name="Alerts for you")).to_have_count(0)
    nurse.get_by_label("Consultant, rheumatology").check()
    nurse.get_by_label("Why").fill("back to you")
    nurse.get_by_role("button", name="Hand over").click()
    expect(desk.get_by_role("region", name="Alerts for you")).to_be_visible(timeout=10_000)
    nurse.context.close()
