"""The staff pages in numbers: rows, words and targets as decided, on one screen and on one A4."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.journeys.conftest import DESKTOP, new_page, sign_in_as
from tests.journeys.measuring import MEASURES

PAGES = {
    "reception": ("reception.rheum", "/clinic/"),
    "clinic list": ("consultant.rheum", "/clinic/"),
    "summary": ("consultant.rheum", "THIMBLEWICK"),
    "alerts": ("nurse.rheum", "/alerts/"),
    "one alert": ("nurse.rheum", "one alert"),
    "alert ledger": ("nurse.rheum", "/alerts/ledger/"),
    "ledger for the safety officer": ("safety", "/alerts/ledger/"),
    "proof of alerts": ("safety", "/alerts/ledger/proof/"),
    "cover of all services": ("liaison", "/alerts/cover/"),
    "cover of one service": ("manager", "cover of one service"),
    "patients": ("nurse.rheum", "/patients/"),
    "one patient": ("nurse.rheum", "Whole record"),
    "counts only": ("manager", "/clinic/"),
    "waiting times": ("manager", "/waits/"),
    "connections": ("integrator", "/connections/"),
    "received messages": ("integrator", "/connections/messages/"),
    "one destination": ("integrator", "/connections/to/record/"),
    "who may send": ("integrator", "/connections/senders/"),
    "programs": ("integrator", "/connections/programs/"),
    "library": ("nurse.rheum", "/library/"),
    "nothing found": ("nurse.rheum", "/library/?q=unicorn"),
    "passport": ("nurse.rheum", "/library/phq9/"),
    "passport of a structure": ("nurse.rheum", "/library/hads/"),
    "no page yet": ("commissioner", "/"),
    "not permitted": ("manager", "/alerts/"),
    "not found": ("nurse.rheum", "/no/such/page/"),
}
ROWS = """() => [...document.querySelectorAll('.list tbody tr:not(.group)')]
  .map(row => [row.querySelector('.nhsuk-button') !== null, row.getBoundingClientRect().height])"""


@pytest.fixture(scope="module")
def visit(browser: Browser, stack: object) -> Iterator[object]:
    """Open one page as whoever works with it; each person keeps one browser."""
    desks: dict[str, Page] = {}

    def open_(name: str) -> Page:
        person, where = PAGES[name]
        if person not in desks:
            desks[person] = new_page(browser, stack, size=DESKTOP, scripts=True)
            sign_in_as(desks[person], person)
        desk = desks[person]
        desk.set_viewport_size(DESKTOP)
        _go(desk, where)
        return desk

    yield open_
    for desk in desks.values():
        desk.context.close()


def _go(desk: Page, where: str) -> None:
    if where.startswith("/"):
        desk.goto(where)
    elif where == "one alert":
        desk.goto("/alerts/")
        desk.locator(".alerts a").first.click()
    elif where == "cover of one service":
        desk.goto("/alerts/cover/")
        desk.locator(".cover tbody th a").first.click()
    else:
        desk.goto("/clinic/")
        desk.locator("td a", has_text="THIMBLEWICK").first.click()
        if where == "Whole record":
            desk.get_by_role("link", name="Whole record").click()


@pytest.mark.parametrize("faults_in", MEASURES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_and_reachable_at_every_size(visit, name: str, faults_in) -> None:
    assert faults_in(visit(name)) == []


@pytest.mark.parametrize("name", ["reception", "clinic list"])
def test_a_row_is_35_px_and_39_with_a_button(visit, name: str) -> None:
    rows = visit(name).evaluate(ROWS)
    one_line = [(has_button, height) for has_button, height in rows if height < 45]
    assert len(one_line) > len(rows) / 2, "long names may take a second line, most do not"
    assert {height for has_button, height in one_line if not has_button} == {35}
    assert {height for has_button, height in one_line if has_button} <= {39}


def test_the_header_is_one_row_of_48_px(visit) -> None:
    header = visit("clinic list").locator(".staff-header .bar").bounding_box()
    assert header is not None
    assert header["height"] == 48


def test_gist_strip_and_three_measures_stand_on_a_small_laptops_screen(visit) -> None:
    desk = visit("summary")
    # The line of alerts that wait for the reader stands above every page while there are any.
    line = desk.locator("#waits")
    if line.count():
        with_line = _bottom_of(desk.locator("#main"))
        line.evaluate("line => { line.style.display = 'none'; }")
        assert with_line - _bottom_of(desk.locator("#main")) <= 56
    assert _bottom_of(desk.locator(".measures tbody tr").nth(2)) <= 480
    assert _bottom_of(desk.locator(".folds")) <= DESKTOP["height"]


def _bottom_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_summary_prints_on_one_a4_with_every_answer(visit) -> None:
    desk = visit("summary")
    paper = desk.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    desk.emulate_media(media="print")
    answers = desk.locator(".answers tr")
    assert answers.count() > 20
    assert answers.last.is_visible()
    assert not desk.get_by_text("Copy for letter").is_visible()
    desk.emulate_media(media="screen")


def test_the_keyboard_reaches_the_page_behind_the_menu_with_two_keys(visit) -> None:
    desk = visit("clinic list")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Skip to main content"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"
