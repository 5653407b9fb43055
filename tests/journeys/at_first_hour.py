"""What local staff do in the first hour of a site: sign, start, hand over; in a browser."""

import re
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Team:
    """Who sets the site up, those who answer for alerts each at a desk, and reception's PIN."""

    admin: Page
    consultant: Colleague
    clinician: Page
    nurse: Colleague
    at_nurses_desk: Page
    receptionist: Colleague
    pin: str


def a_team(desks: Desks, admin: Page) -> Team:
    """A consultant, a nurse and a receptionist, invited by the administrator and signed in."""
    people = consultant, nurse, receptionist = invite_everyone(admin)
    clinician, at_nurses_desk, at_reception = (at_own_desk(desks, one) for one in people)
    pin = make_pin(at_reception)
    return Team(admin, consultant, clinician, nurse, at_nurses_desk, receptionist, pin)


def from_pack_to_tablet(desks: Desks, team: Team, pack: str) -> Page:
    """A pack that is signed is asked at last: gives the tablet in the test patient's hands."""
    start_pack(team.admin, pack)
    start_pathways(team.clinician)
    answer_for_alerts(
        team.admin,
        owner=(team.nurse, team.at_nurses_desk),
        deputy=(team.consultant, team.clinician),
    )
    add_tablet(team.admin)
    plan_clinic_with_test_patient(team.admin)
    tablet = desks.new(TABLET)
    become_tablet(tablet, team.receptionist.username)
    hand_over(tablet, team.pin)
    return tablet


def at_own_desk(desks: Desks, person: Colleague) -> Page:
    """Somebody signs in for the first time, with the code that they were given."""
    page = desks.new()
    first_sign_in(page, person.username, person.code)
    return page


def make_pin(page: Page) -> str:
    """The PIN that opens a tablet, as the page says it once."""
    page.get_by_role("link", name=re.compile("your page")).click()
    assert_accessible(page)
    page.get_by_role("button", name="Make my PIN").click()
    assert_accessible(page)
    return page.locator(".code code").inner_text().replace(" ", "")


def start_composing(page: Page, name: str) -> None:
    """A pack of one's own, as a copy of the rheumatology pack."""
    page.goto("/library/packs/")
    page.get_by_role("link", name="Start a new pack").click()
    page.get_by_label("Name, for staff").fill(name)
    page.get_by_label("For which service").select_option(label="Rheumatology, Ashdown Hospital")
    page.get_by_label(re.compile("A copy of Rheumatology")).check()
    page.get_by_role("button", name="Start composing").click()


def compose(page: Page, name: str) -> None:
    """The same, handed in as it is."""
    start_composing(page, name)
    hand_in(page)


def hand_in(page: Page) -> None:
    """The draft becomes a version that waits for a signature."""
    page.get_by_label("Why these questions").fill("The team of the clinic, at its meeting.")
    page.get_by_role("button", name="Hand in for a signature").click()
    expect(page.get_by_text("Handed in.")).to_be_visible()


def sign_everything(clinician: Page) -> None:
    """What waits for the pack, and the pathways, each read on its own page before."""
    clinician.goto("/library/signing/")
    assert_accessible(clinician)
    wanted = clinician.locator("main form > .scroll input[name=contents]")
    for box in wanted.all():
        box.check()
    clinician.get_by_label("I have read what stands here").check()
    clinician.get_by_role("button", name="Sign what is ticked").click()
    expect(clinician.get_by_text(re.compile("^Signed: "))).to_be_visible()


def start_pack(admin: Page, name: str) -> None:
    """The pack that was signed is asked at the service from today."""
    admin.goto("/set-up/")
    expect(admin.get_by_text("Signed, and not asked anywhere yet.").last).to_be_visible()
    admin.get_by_role("link", name=name).click()
    put_in_force(admin, "Choose when and where it starts")


def start_pathways(clinician: Page) -> None:
    """A consultant may set nothing up, and finds the pathways where what waits is signed."""
    for title in PATHWAYS:
        clinician.goto("/library/signing/")
        clinician.get_by_text(re.compile("^Shipped, and wanted by nothing yet")).click()
        clinician.get_by_role("link", name=re.compile(f"^{title}")).click()
        clinician.get_by_label("I have read what stands here").check()
        clinician.get_by_role("button", name="Sign", exact=True).click()
        put_in_force(clinician, "Use this pathway at another service")


def put_in_force(page: Page, link: str) -> None:
    """From the page of a version to where it is in force."""
    page.get_by_role("link", name=link).click()
    page.get_by_label("Rheumatology, Ashdown Hospital").check()
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text(re.compile("^In force from "))).to_be_visible()


def answer_for_alerts(
    admin: Page, *, owner: tuple[Colleague, Page], deputy: tuple[Colleague, Page]
) -> None:
    """From the checklist to the page of cover: two people, from today on, and each says yes."""
    admin.goto("/set-up/")
    step = admin.locator(".checklist li", has_text="Who answers for alerts")
    step.get_by_role("link", name="Cover").click()
    assert_accessible(admin)
    for duty, (person, _) in (("Owner", owner), ("Deputy", deputy)):
        form = admin.locator("form[action$='/arrange/standing/']")
        form.get_by_label("Duty").select_option(label=duty)
        form.get_by_label("Who").select_option(label=f"{person.name}, {person.job_title}")
        form.get_by_role("button", name="Set").click()
        expect(admin.get_by_text("Saved.")).to_be_visible()
    for _, page in (owner, deputy):
        page.goto("/alerts/cover/")
        assert_accessible(page)
        page.get_by_role("button", name=re.compile("^I'll cover today")).first.click()
        expect(page.get_by_text("Noted: you have accepted.")).to_be_visible()


def become_tablet(tablet: Page, username: str) -> None:
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


def hand_over(tablet: Page, pin: str) -> None:
    """The test patient is handed the tablet."""
    tablet.goto("/tablet/")
    tablet.get_by_label("Your PIN").fill(pin)
    tablet.get_by_role("button", name="Unlock").click()
    expect(tablet.get_by_text("Test patient")).to_be_visible()
    tablet.get_by_role("link", name=re.compile("Alma Testwick")).click()
    tablet.get_by_role("button", name="Hand over to Alma").click()
