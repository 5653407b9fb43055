"""Answers under the wrong name: found, looked at twice, filed where they belong (hazard H2)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, assert_accessible, sign_in_as
from tests.journeys.measuring import axe_finds, scrolls_sideways_at

pytestmark = pytest.mark.journey
WRONG, RIGHT = "NETTLEBED, Walter", "MARROWBY, Leonard"


@pytest.fixture
def nurse(desk: Page) -> Page:
    """The consultant's desk, at the clinic of the day."""
    sign_in_as(desk, "consultant.rheum")
    desk.goto("/clinic/")
    return desk


def test_the_wrong_name_is_put_right_in_two_looks(nurse: Page) -> None:
    # When the summary turns out to hold another person's answers
    nurse.get_by_role("link", name=WRONG).first.click()
    summary = nurse.url
    nurse.locator("summary", has_text="answers").first.click()
    nurse.get_by_role("link", name="Filed to the wrong person").click()
    assert axe_finds(nurse) == []
    assert scrolls_sideways_at(nurse) == []
    nurse.set_viewport_size(DESKTOP)

    # then what is missing is said, and what was chosen stays
    nurse.get_by_label(RIGHT).check()
    nurse.get_by_role("button", name="Look again before it is done").click()
    expect(nurse.get_by_role("alert")).to_contain_text("Say how it came about")
    expect(nurse.get_by_label(RIGHT)).to_be_checked()
    assert_accessible(nurse)

    # and the second look shows both people before anything is changed
    nurse.get_by_label("How did it come about?").fill("The tablet went to the next chair.")
    nurse.get_by_role("button", name="Look again before it is done").click()
    for name in (WRONG.split(",")[0], RIGHT.split(",")[0]):
        expect(nurse.get_by_text(name).first).to_be_visible()
    assert axe_finds(nurse) == []
    assert scrolls_sideways_at(nurse) == []
    nurse.set_viewport_size(DESKTOP)

    # and once it is done the page says so, names nobody else, and shows the alert that is left
    nurse.get_by_role("button", name="Withdraw and file again").click()
    expect(nurse.get_by_role("heading", level=1)).to_contain_text("another person's answers")
    assert nurse.url == summary
    assert RIGHT.split(",")[0] not in nurse.content()
    assert axe_finds(nurse) == []
    nurse.goto("/alerts/")
    expect(nurse.get_by_text(RIGHT).first).to_be_visible()
