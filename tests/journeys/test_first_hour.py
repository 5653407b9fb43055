"""The first hour of a new site: from `imparts setup` to the first test patient, by hand.

Nobody opens a shell after `imparts setup`, and nothing is prepared behind the pages: every step is
one that local staff take in a browser. What it costs them is counted in pages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.journeys.at_set_up import (
    PASSWORD,
    Colleague,
    add_tablet,
    first_sign_in,
    invite_everyone,
    plan_clinic_with_test_patient,
)
from tests.journeys.conftest import DESKTOP, TABLET, assert_accessible
from tests.journeys.own_site import ADMINISTRATOR, Site, own_site

pytestmark = pytest.mark.journey
MOST_PAGES = 60  # a minute a page is an hour; it was 50 when this was written
PACK = "Rheumatology, our clinic"
PATHWAYS = ("Low mood and worry in outpatients", "When the patient reports thoughts of death")


@dataclass
class Desks:
    """The browsers of the people who set the site up, and how many pages they have opened."""

    browser: Browser
    port: int
    pages: int = 0
    open: list[Page] = field(default_factory=list)

    def new(self, size: dict[str, int] = DESKTOP) -> Page:
        """A browser of its own, as on another desk."""
        context = self.browser.new_context(
            viewport=size, base_url=f"http://127.0.0.1:{self.port}", locale="en-GB",
            timezone_id="Europe/London",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("framenavigated", self._count)
        self.open.append(page)
        return page

    def close(self) -> None:
        """Everyone goes home."""
        for page in self.open:
            page.context.close()

    def _count(self, frame: Frame) -> None:
        self.pages += frame.parent_frame is None


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site of its own, outside the demonstration."""
    with own_site() as running:
        yield running


def test_local_staff_go_from_setup_to_the_first_test_patient(site: Site, browser: Browser) -> None:
    # Given an empty site, and what `imparts setup` said: an address and a one-time code
    desks = Desks(browser, site.port)
    assert site.first_address == f"http://127.0.0.1:{site.port}/sign-in/first/"
    admin = desks.new()
    first_sign_in(admin, ADMINISTRATOR, site.code)
    expect(admin.get_by_role("heading", level=1)).to_have_text("Set up this site")
    assert _standing(admin) == ["Organisation and service"]

    # when an administrator, a consultant, a nurse and a receptionist set it up between them
    consultant, nurse, receptionist = invite_everyone(admin)
    pin = _make_pin(_at_own_desk(desks, receptionist))
    _at_own_desk(desks, nurse)
    clinician = _at_own_desk(desks, consultant)
    _compose(admin)
    _sign_everything(clinician)
    _start_pack(admin)
    _start_pathways(clinician)
    add_tablet(admin)
    plan_clinic_with_test_patient(admin)
    tablet = desks.new(TABLET)
    _become_tablet(tablet, receptionist.username)
    _hand_over(tablet, pin)

    # then the test patient holds the tablet, well within the hour
    assert desks.pages <= MOST_PAGES, f"{desks.pages} pages"
    # and the answers reach the clinician, marked as nobody's
    _answer_everything(tablet)
    _read_summary(clinician)
    assert len(_standing(admin)) == 11
    expect(admin.get_by_text("Everything is ready. Real patients can be booked.")).to_be_visible()
    desks.close()


def _standing(page: Page) -> list[str]:
    """The steps that the checklist counts as done."""
    page.goto("/set-up/")
    assert_accessible(page)
    return page.locator(".checklist li.done .what > b").all_inner_texts()


def _at_own_desk(desks: Desks, person: Colleague) -> Page:
    page = desks.new()
    first_sign_in(page, person.username, person.code)
    return page


def _make_pin(page: Page) -> str:
    page.get_by_role("link", name=re.compile("your page")).click()
    assert_accessible(page)
    page.get_by_role("button", name="Make my PIN").click()
    assert_accessible(page)
    return page.locator(".code code").inner_text().replace(" ", "")


def _compose(admin: Page) -> None:
    admin.goto("/library/packs/")
    admin.get_by_role("link", name="Start a new pack").click()
    admin.get_by_label("Name, for staff").fill(PACK)
    admin.get_by_label("For which service").select_option(label="Rheumatology, Ashdown Hospital")
    admin.get_by_label(re.compile("A copy of Rheumatology")).check()
    admin.get_by_role("button", name="Start composing").click()
    admin.get_by_label("Why these questions").fill("The team of the clinic, at its meeting.")
    admin.get_by_role("button", name="Hand in for a signature").click()
    expect(admin.get_by_text("Handed in.")).to_be_visible()


def _sign_everything(clinician: Page) -> None:
    """What waits for the pack, and the pathways, each read on its own page before."""
    clinician.goto("/library/signing/")
    assert_accessible(clinician)
    wanted = clinician.locator("main form > .scroll input[name=contents]")
    for box in wanted.all():
        box.check()
    clinician.get_by_label("I have read what stands here").check()
    clinician.get_by_role("button", name="Sign what is ticked").click()
    expect(clinician.get_by_text(re.compile("^Signed: "))).to_be_visible()


def _start_pack(admin: Page) -> None:
    admin.goto("/set-up/")
    expect(admin.get_by_text("Signed, and not asked anywhere yet.").last).to_be_visible()
    admin.get_by_role("link", name=PACK).click()
    _put_in_force(admin, "Choose when and where it starts")


def _start_pathways(clinician: Page) -> None:
    """A consultant may set nothing up, and finds the pathways where what waits is signed."""
    for title in PATHWAYS:
        clinician.goto("/library/signing/")
        clinician.get_by_text(re.compile("^Shipped, and wanted by nothing yet")).click()
        clinician.get_by_role("link", name=re.compile(f"^{title}")).click()
        clinician.get_by_label("I have read what stands here").check()
        clinician.get_by_role("button", name="Sign", exact=True).click()
        _put_in_force(clinician, "Use this pathway at another service")


def _put_in_force(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).click()
    page.get_by_label("Rheumatology, Ashdown Hospital").check()
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text(re.compile("^In force from "))).to_be_visible()


def _become_tablet(tablet: Page, username: str) -> None:
    """On the device: its sign-in ends in the moment in which it becomes a tablet (hazard H3)."""
    tablet.goto("/tablet/")
    assert_accessible(tablet)
    tablet.get_by_role("link", name="Set up this device").click()
    tablet.get_by_label("User name").fill(username)
    tablet.get_by_label("Password").fill(PASSWORD)
    tablet.get_by_role("button", name="Sign in").click()
    assert_accessible(tablet)
    tablet.get_by_role("button", name="Tablet 1").click()
    expect(tablet.get_by_role("heading", name="Welcome")).to_be_visible()
    for closed in ("/clinic/", "/set-up/", "/sign-in/login/"):
        answer = tablet.request.get(closed)
        assert (answer.status, answer.body()) == (404, b"")


def _hand_over(tablet: Page, pin: str) -> None:
    tablet.goto("/tablet/")
    tablet.get_by_label("Your PIN").fill(pin)
    tablet.get_by_role("button", name="Unlock").click()
    expect(tablet.get_by_text("Test patient")).to_be_visible()
    tablet.get_by_role("link", name=re.compile("Alma Testwick")).click()
    tablet.get_by_role("button", name="Hand over to Alma").click()


def _answer_everything(tablet: Page) -> None:
    """As a patient would: the first answer of each question, to the end."""
    for _ in range(80):
        for button in ("Continue", "Yes, this is me", "Start", "Send my answers"):
            if tablet.get_by_role("button", name=button, exact=True).count():
                break
        else:
            break
        radios = tablet.locator("input[type=radio]")
        if radios.count() and not tablet.locator("input[type=radio]:checked").count():
            radios.first.check()
        before = tablet.url
        tablet.get_by_role("button", name=button, exact=True).click()
        tablet.wait_for_url(lambda url, was=before: url != was)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you")


def _read_summary(clinician: Page) -> None:
    clinician.goto("/clinic/")
    expect(clinician.get_by_text("1 test patient not counted.")).to_be_visible()
    assert_accessible(clinician)
    clinician.get_by_role("link", name="TESTWICK, Alma").click()
    expect(clinician.get_by_text("Test patient", exact=True)).to_be_visible()
    expect(clinician.get_by_text("Low mood").first).to_be_visible()
    assert_accessible(clinician)
