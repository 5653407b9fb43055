"""The pages of composing and signing: readable, reachable and accessible at every size."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESKTOP, new_page, sign_in_as
from tests.journeys.measuring import MEASURES

pytestmark = pytest.mark.journey
PAGES = (
    "packs", "new pack", "draft", "only when", "preview", "all questions", "version", "signing",
    "start", "history", "imports",
)  # fmt: skip


@pytest.fixture(scope="module")
def addresses(browser: Browser, stack: object) -> Iterator[tuple[Page, dict[str, str]]]:
    """A consultant's browser, and where each page is: with a draft of their own."""
    desk = new_page(browser, stack, size=DESKTOP, scripts=True)
    sign_in_as(desk, "consultant.rheum")
    desk.goto("/library/packs/new/")
    desk.get_by_label("Name, for staff").fill("A pack that is only looked at")
    desk.get_by_label("For which service").select_option(index=1)
    desk.get_by_label("A copy of Rheumatology outpatients shipped").check()
    desk.get_by_role("button", name="Start composing").click()
    draft = desk.url
    number = draft.rstrip("/").split("/")[-1]
    desk.goto("/library/packs/")
    found = {
        "packs": "/library/packs/", "new pack": "/library/packs/new/", "draft": draft,
        "only when": f"{draft}only-when/hsi/?question=smoking_core.q1",
        "preview": f"/library/preview/draft/{number}/",
        "all questions": f"/library/preview/draft/{number}/questions/",
        "signing": "/library/signing/", "imports": "/library/imports/",
        "history": str(desk.locator("a[href*='/services/']").first.get_attribute("href")),
        "version": str(desk.locator("a[href*='/versions/']").first.get_attribute("href")),
    }  # fmt: skip
    found["start"] = f"{found['version']}start/"
    yield desk, found
    desk.context.close()


@pytest.fixture
def visit(addresses: tuple[Page, dict[str, str]]):
    """Open one of the pages at a desk."""
    desk, found = addresses

    def open_(name: str) -> Page:
        desk.set_viewport_size(DESKTOP)
        desk.goto(found[name])
        return desk

    return open_


@pytest.mark.parametrize("faults_in", MEASURES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_and_reachable_at_every_size(visit, name: str, faults_in) -> None:
    assert faults_in(visit(name)) == []
