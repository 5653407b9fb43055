"""Somebody looks an instrument up, reads its passport, keeps it as a file and prints it on A4."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESKTOP, assert_accessible, new_page, sign_in_as

pytestmark = pytest.mark.journey
MOST_SHEETS = 3  # of one passport


@pytest.fixture(scope="module")
def desk(browser: Browser, stack: object) -> Iterator[Page]:
    """A trainer's browser with scripts off: the library must not need them."""
    page = new_page(browser, stack, size=DESKTOP, scripts=False)
    sign_in_as(page, "trainer")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def printer(browser: Browser, stack: object) -> Iterator[Page]:
    """A nurse's browser, to print from."""
    page = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(page, "nurse.rheum")
    yield page
    page.context.close()


def _sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_an_instrument_is_found_by_what_it_measures_and_read(desk: Page) -> None:
    desk.get_by_role("link", name="Library").click()
    desk.get_by_label("Find an instrument").fill("worry")
    desk.get_by_role("button", name="Search").click()
    assert desk.get_by_role("status").inner_text() == "4 found for “worry”."
    desk.get_by_role("link", name="Structure only").click()
    assert desk.locator("tbody a").all_inner_texts() == ["HADS"]
    desk.get_by_role("link", name="Show all").click()
    assert desk.locator("tbody a").count() == 47
    desk.get_by_role("link", name="GAD-7", exact=True).click()
    assert desk.get_by_role("heading", level=1).inner_text() == "GAD-7"
    assert desk.locator(".formula").first.inner_text().startswith("total = q1 + … + q7")


def test_a_passport_can_be_kept_as_a_fhir_file(desk: Page, tmp_path: Path) -> None:
    desk.goto("/library/gad7/")
    with desk.expect_download() as kept:
        desk.get_by_role("link", name="Keep as a FHIR Questionnaire").click()
    file = tmp_path / kept.value.suggested_filename
    kept.value.save_as(file)
    assert file.suffix == ".json"
    assert json.loads(file.read_text("utf-8"))["resourceType"] == "Questionnaire"


def test_library_and_passport_are_accessible_on_paper_as_well(printer: Page) -> None:
    printer.goto("/library/")
    assert_accessible(printer)
    printer.goto("/library/phq9/")
    printer.emulate_media(media="print")
    assert_accessible(printer)
    assert printer.locator(".printed").is_visible()
    assert not printer.get_by_text("Keep as a FHIR Questionnaire").is_visible()
    assert not printer.locator("header").is_visible()
    printer.emulate_media(media="null")  # "screen" would stay, on paper too


@pytest.mark.parametrize("name", ["phq9", "pcl5", "audit", "phq15", "hads", "haq_di", "promis29"])
def test_a_passport_prints_on_few_sheets_of_a4_with_its_notice(printer: Page, name: str) -> None:
    printer.goto(f"/library/{name}/")
    assert 1 <= _sheets(printer) <= MOST_SHEETS


def test_the_guide_prints_each_instrument_on_a_new_sheet(printer: Page) -> None:
    printer.goto("/library/guide/")
    sheets = _sheets(printer)
    assert 47 <= sheets <= 47 * MOST_SHEETS
    assert printer.locator("article").count() == 47
