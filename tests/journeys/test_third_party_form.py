"""A questionnaire that someone else wrote, from its file to the tablet, to its score, to FHIR.

Every step is taken in a browser by those who take it at a site: a nurse brings the file in and says
what asks about harm, a consultant signs, the form is chosen in a pack, a test patient answers it.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.rules.forms.reader import read_form
from imparts.rules.forms.response import answers_from, response_of
from imparts.rules.forms.values import Coding, FormAnswers, Quantity
from tests.journeys.at_first_hour import (
    Desks,
    at_own_desk,
    become_tablet,
    hand_in,
    hand_over,
    make_pin,
    sign_everything,
    start_composing,
    start_pack,
    start_pathways,
)
from tests.journeys.at_set_up import (
    add_tablet,
    first_sign_in,
    invite_everyone,
    plan_clinic_with_test_patient,
)
from tests.journeys.conftest import TABLET, assert_accessible
from tests.journeys.own_site import ADMINISTRATOR, Site, own_site

pytestmark = pytest.mark.journey
FILE = Path(__file__).parent / "kettle_and_cup.json"
PACK = "Rheumatology with kettles"
HARM = "Do you ever want to hurt yourself with a kettle?"
TO_DO = "Sit down with the patient before they leave"

# What the test patient chooses, ticks and types, by the question on the page.
CHOSEN = {
    "How much does the noise of your kettle bother you?": ["Quite a lot"],
    "How often do you wait for it to boil?": ["Most days"],
    "Does your kettle have a lid?": ["Yes"],
    "What colour is your kettle?": ["Something else, in my own words"],
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


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site of its own, outside the demonstration: everything must be signed."""
    with own_site() as running:
        yield running


def test_a_form_goes_from_its_file_to_the_tablet_to_its_score_to_fhir(
    site: Site, browser: Browser
) -> None:
    # Given a site with its people, and a file that somebody else wrote
    desks = Desks(browser, site.port)
    admin = desks.new()
    first_sign_in(admin, ADMINISTRATOR, site.code)
    consultant, nurse, receptionist = invite_everyone(admin)
    pin = make_pin(at_own_desk(desks, receptionist))
    clinic_nurse, clinician = at_own_desk(desks, nurse), at_own_desk(desks, consultant)

    # when a nurse brings it in and says what asks about harm, and a consultant signs
    _bring_in(clinic_nurse)
    _confirm_harm(clinic_nurse)
    sign_everything(clinician)
    # and it is asked after everything else of a pack
    start_composing(admin, PACK)
    _add_form(admin)
    hand_in(admin)
    sign_everything(clinician)
    start_pack(admin, PACK)
    start_pathways(clinician)
    add_tablet(admin)
    plan_clinic_with_test_patient(admin)
    tablet = desks.new(TABLET)
    become_tablet(tablet, receptionist.username)
    hand_over(tablet, pin)

    # then the patient is asked it page by page, is met with calm words, and sends it
    seen = _answer(tablet)
    assert set(CHOSEN) | set(TYPED) | set(DECLINED) <= set(seen)
    # and the clinician reads its score, its answers and what must be done
    _read_summary(clinician)
    # and what leaves as FHIR is what was answered, and comes back the same
    _take_as_fhir(clinician)
    desks.close()


def _bring_in(page: Page) -> None:
    page.goto("/library/imports/")
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What the import found")).to_be_visible()
    expect(page.get_by_text("no files are taken; it is not asked")).to_be_visible()
    assert_accessible(page)


def _confirm_harm(page: Page) -> None:
    question = page.get_by_role("group", name=HARM)
    question.get_by_label("It asks about harm", exact=True).check()
    for answer in ("Some days", "Most days"):
        question.get_by_label(answer, exact=True).check()
    question.get_by_label("What the alert tells staff").fill(TO_DO)
    question.get_by_label("The same in a few words").fill("Sit down with them")
    page.get_by_role("button", name="Confirm with my name").click()
    expect(page.get_by_text("Someone else can sign it now.")).to_be_visible()


def _add_form(page: Page) -> None:
    page.get_by_label("Search").fill("Kettle and cup")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Add Kettle and cup").click()


def _answer(tablet: Page) -> list[str]:
    """From the first page to Thank you; gives every question that was seen."""
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
    return next(
        name
        for name in ("Continue", "Yes, this is me", "Start", "Send my answers")
        if tablet.get_by_role("button", name=name, exact=True).count()
    )


def _decline(tablet: Page) -> str:
    radio = tablet.get_by_role("radio", name="I would rather not answer")
    if radio.count():
        radio.check()
        return "Continue"
    return "I would rather not answer"


def _read_summary(clinician: Page) -> None:
    clinician.goto("/clinic/")
    expect(clinician.get_by_text("Sit down with them").first).to_be_visible()
    clinician.get_by_role("link", name="TESTWICK, Alma").click()
    expect(clinician.get_by_text(TO_DO).first).to_be_visible()
    result = clinician.locator(".form-result")
    expect(result.get_by_role("heading")).to_have_text("Kettle and cup")
    expect(result.get_by_role("row", name="Kettle score 5")).to_be_visible()
    expect(result).to_contain_text("not checked by imparts")
    expect(result).to_contain_text("so not asked: Add a picture of your kettle.")
    clinician.get_by_text(re.compile(r"^All \d+ answers$")).click()
    expect(
        clinician.get_by_role("row", name="What colour is your kettle? Sea green")
    ).to_be_visible()
    assert_accessible(clinician)


def _take_as_fhir(clinician: Page) -> None:
    with clinician.expect_download() as download:
        clinician.get_by_role("link", name="Answers as FHIR").click()
    bundle = json.loads(Path(download.value.path()).read_text("utf-8"))
    form, _ = read_form(FILE.read_text("utf-8"))
    (response,) = (
        one for one in _of(bundle, "QuestionnaireResponse") if form.url in one["questionnaire"]
    )
    answers = answers_from(form, response)
    assert {path: answers[path] for path in _expected()} == _expected()
    again = response_of(form, answers)
    assert answers_from(form, again) == answers
    (number,) = (one for one in _of(bundle, "Observation") if "Kettle" in one["code"]["text"])
    assert number["valueQuantity"] == {"value": 5}


def _of(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in resources if one["resourceType"] == kind]


def _expected() -> FormAnswers:
    kettles, drinks = "https://forms.example/kettles", "https://forms.example/drinks"
    return {
        "1.1": (Coding("k2", kettles, "Quite a lot"),),
        "1.3": (True,),
        "1.4": ("Sea green",),
        "2.1": (Coding("d0", drinks, "Tea"), Coding("d1", drinks, "Coffee")),
        "2.2": (4,),
        "2.3": (Quantity(Decimal("1.5"), "litres", "http://unitsofmeasure.org", "L"),),
        "2.4": ("Assam <strong>",),
        "3": (2,),
        "3[1]/3.1": (CUPS[0],),
        "3[2]/3.1": (CUPS[1],),
        "4.6": (Coding("k1", kettles, "Some days"),),
    }
