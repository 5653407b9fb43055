"""A form that someone else wrote, brought in and answered, as people do it in a browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.at_first_hour import (
    Desks,
    a_team,
    from_pack_to_tablet,
    hand_in,
    sign_everything,
    start_composing,
)
from tests.journeys.at_set_up import first_sign_in
from tests.journeys.at_tablet import leads_on
from tests.journeys.conftest import assert_accessible
from tests.journeys.own_site import ADMINISTRATOR, Site

PACK = "Rheumatology with kettles"
FILE = Path(__file__).parent / "kettle_and_cup.json"
HARM = "Do you ever want to hurt yourself with a kettle?"
TO_DO = "Sit down with the patient before they leave"

# What the test patient chooses, ticks and types, by the question on the page.
CHOSEN = {
    "How much does the noise of your kettle bother you?": ["Quite a lot"],
    "How often do you wait for it to boil?": ["Most days"],
    "Does your kettle have a lid?": ["Yes"],
    "What colour is your kettle?": ["Something else"],
    "Which of these do you drink?": ["Tea", "Coffee"],
    "How much does your kettle hold?": ["litres"],
    HARM: ["Some days"],
}
TYPED = {
    "What colour is your kettle?": {"Your answer": "Sea green"},
    "How many cups do you drink on a usual day?": {"Number": "4"},
    "How much does your kettle hold?": {"Number": "1.5"},
    "Which teas do you like?": {"Your answer": "Assam <strong>"},
    "At what time do you drink your first cup?": {"Hour": "7", "Minute": "05"},
    "When did you last clean your kettle?": {
        "Day": "3", "Month": "4", "Year": "2020", "Hour": "8", "Minute": "30",
    },
    "What else would you like to say about it?": {"Your answer": "It sings."},
}  # fmt: skip
DECLINED = (
    "How warm is your kitchen, from 0 to 10?",
    "When did you get this cup?",
    "Is there a page about your kettle?",
)
CUPS = ("A ship", "A cat")


def a_form_in_hand(desks: Desks, site: Site) -> tuple[Page, Page]:
    """From an empty site to a test patient who is asked the form; gives tablet and clinician."""
    admin = desks.new()
    first_sign_in(admin, ADMINISTRATOR, site.code)
    team = a_team(desks, admin)
    bring_in(team.at_nurses_desk)
    confirm_harm(team.at_nurses_desk)
    sign_everything(team.clinician)
    start_composing(admin, PACK)
    add_form(admin)
    hand_in(admin)
    sign_everything(team.clinician)
    return from_pack_to_tablet(desks, team, PACK), team.clinician


def bring_in(page: Page) -> None:
    """The file, read at once; what cannot be honoured is named."""
    page.goto("/library/imports/")
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What the import found")).to_be_visible()
    expect(page.get_by_text("no files are taken; it is not asked")).to_be_visible()
    assert_accessible(page)


def confirm_harm(page: Page) -> None:
    """Which question asks about harm, from which answer on, and what staff are told."""
    question = page.get_by_role("group", name=HARM)
    question.get_by_label("It asks about harm", exact=True).check()
    for answer in ("Some days", "Most days"):
        question.get_by_label(answer, exact=True).check()
    question.get_by_label("What the alert tells staff").fill(TO_DO)
    question.get_by_label("The same in a few words").fill("Sit down with them")
    page.get_by_role("button", name="Confirm with my name").click()
    expect(page.get_by_text("Someone else can sign it now.")).to_be_visible()


def add_form(page: Page) -> None:
    """The form among the instruments that a pack may ask."""
    page.get_by_label("Search").fill("Kettle and cup")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Add Kettle and cup").click()


def answer(tablet: Page, look: Callable[[str], None] = lambda heading: None) -> list[str]:
    """From the first page to Thank you; gives every question that was seen.

    `look` is called with the heading of each page once it is filled in.
    """
    seen: list[str] = []
    cups = iter(CUPS)
    for _ in range(90):
        heading = tablet.get_by_role("heading", level=1).inner_text()
        if heading == "Thank you":
            assert "We are glad you told us" in seen
            return seen
        if heading not in seen and "kettle" in tablet.url:
            assert_accessible(tablet)
        seen.append(heading)
        before = tablet.url
        if heading == "What is on this cup?":
            tablet.get_by_label("Your answer").fill(next(cups))
        button = _fill_in(tablet, heading, seen)
        look(heading)
        tablet.get_by_role("button", name=button, exact=True).click()
        tablet.wait_for_url(lambda url, was=before: url != was)
    raise AssertionError("the questions never end")


def _fill_in(tablet: Page, heading: str, seen: list[str]) -> str:
    """Do what the page asks; gives the button that leads on."""
    if heading == "Is there another one to add?":
        return "Add another" if seen.count(heading) == 1 else "That is all"
    if heading in DECLINED:
        return _decline(tablet)
    for label in CHOSEN.get(heading, ()):
        tablet.get_by_label(label, exact=True).check()
    for label, text in TYPED.get(heading, {}).items():
        tablet.get_by_label(label, exact=True).fill(text)
    radios = tablet.locator("input[type=radio]")
    if heading not in CHOSEN and radios.count():
        radios.first.check()
    button = leads_on(tablet)
    assert button, heading
    return button


def _decline(tablet: Page) -> str:
    radio = tablet.get_by_role("radio", name="I would rather not answer")
    if radio.count():
        radio.check()
        return "Continue"
    return "I would rather not answer"
