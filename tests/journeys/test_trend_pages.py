"""A consultant follows low mood from the summary to its graph and table, and prints both on A4."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import (
    DESKTOP,
    assert_accessible,
    new_page,
    sign_in_as,
)

STORY = "THIMBLEWICK, Amara"


@pytest.fixture
def reader(browser: Browser, stack: object) -> Iterator[Page]:
    """The consultant's browser, at Amara's trends."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(page, "consultant.rheum")
    page.goto("/clinic/")
    page.get_by_role("link", name=STORY, exact=True).first.click()
    page.get_by_role("link", name="Trends", exact=True).click()
    yield page
    page.context.close()


def sheets(page: Page) -> int:
    """How many sheets of paper a page is printed on."""
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page(?!s)", paper))


def test_graph_and_table_say_the_same_and_each_prints_on_one_a4(reader: Page) -> None:
    assert reader.locator("h1").inner_text().startswith("Low mood: worse by 8 since")
    assert_accessible(reader)
    assert sheets(reader) == 1
    heading = reader.locator("h1").inner_text()
    reader.get_by_role("link", name="Table", exact=True).click()
    assert reader.locator("h1").inner_text() == heading
    assert reader.get_by_text("8 worse, more than chance").count() == 1
    assert_accessible(reader)
    assert sheets(reader) == 1


def test_no_trend_page_scrolls_sideways_on_a_narrow_screen(reader: Page) -> None:
    for width in (640, 320):
        reader.set_viewport_size({"width": width, "height": 900})
        assert reader.evaluate("document.documentElement.scrollWidth") == width


def test_a_measure_is_typed_from_the_patients_page_in_two_clicks(reader: Page) -> None:
    reader.goto(reader.url.split("/trends/")[0] + "/")
    reader.get_by_role("link", name="Physical measures").click()
    reader.get_by_label("Number", exact=True).fill("4.2")
    reader.get_by_role("button", name="Save").click()
    assert "Saved: DAS28." in reader.get_by_role("status").inner_text()
    assert_accessible(reader)
    reader.get_by_role("button", name="Entered in error").first.click()
    assert reader.get_by_role("button", name="Put it back").count() == 1
