"""Setting up, in the demonstration: every page at two widths, and a walk-in at the desk."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.benchmarks.stack import Stack
from tests.journeys.conftest import DESKTOP, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}
PAGES = ("", "staff/", "staff/add/", "services/", "tablets/", "clinics/", "this-tablet/")


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A desk in the hospital."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    yield page
    page.context.close()


def test_every_page_of_setting_up_is_accessible_wide_and_narrow(desk: Page) -> None:
    sign_in_as(desk, "admin")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Set up this site")
    for page in (*PAGES, *_inner_pages(desk)):
        desk.goto(page if page.startswith("/") else f"/set-up/{page}")
        for size in (DESKTOP, NARROW):
            desk.set_viewport_size(size)
            assert_accessible(desk)
            assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"], page


def _inner_pages(desk: Page) -> list[str]:
    """One service, one colleague, one tablet and one clinic, as the lists lead to them."""
    found = ["/me/"]
    for room, path in (
        ("staff", r"/set-up/staff/\d+/"), ("services", r"/set-up/services/\d+/"),
        ("tablets", r"/set-up/tablets/\d+/"), ("clinics", r"/set-up/clinics/\d+/"),
    ):  # fmt: skip
        desk.goto(f"/set-up/{room}/")
        found.append(re.findall(path, desk.content())[0])
    return found


def test_a_walk_in_whom_another_clinic_knows_is_booked_and_not_doubled(desk: Page) -> None:
    # Given a receptionist, and someone who is expected at this clinic on another day
    sign_in_as(desk, "reception.rheum")
    desk.get_by_role("link", name="Bookings").click()
    assert_accessible(desk)
    desk.get_by_role("link", name=re.compile("Today")).first.click()
    assert_accessible(desk)

    # when the desk types what the letter says
    _type(desk, born="14 March 1961")
    desk.get_by_role("button", name="Add to this clinic").click()

    # then the record that is there already is shown first
    expect(desk.get_by_role("heading", level=1)).to_have_text("Is it one of these?")
    expect(desk.get_by_text("PEMBERTON, Sam")).to_be_visible()
    assert_accessible(desk)
    assert "Pemberton" not in desk.url


def test_a_number_that_cannot_be_one_is_refused_beside_its_field(desk: Page) -> None:
    sign_in_as(desk, "reception.rheum")
    desk.goto("/bookings/")
    desk.get_by_role("link", name=re.compile("Today")).first.click()
    _type(desk, born="1 January 1980")
    desk.get_by_label("Number", exact=False).last.fill("9990000019")
    desk.get_by_role("button", name="Add to this clinic").click()
    expect(desk.get_by_text("its last digit does not fit the others").first).to_be_visible()
    assert_accessible(desk)


def _type(desk: Page, *, born: str) -> None:
    desk.get_by_label("Family name").fill("Pemberton")
    desk.get_by_label("Given name").fill("Sam")
    desk.get_by_label(re.compile("^Birth date")).fill(born)
    desk.get_by_label("Time").fill("12:55")
