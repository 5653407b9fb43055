"""A questionnaire that someone else wrote, from its file to the tablet, to its score, to FHIR.

Every step is taken in a browser by those who take it at a site: a nurse brings the file in and says
what asks about harm, a consultant signs, the form is chosen in a pack, a test patient answers it.
"""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from imparts.rules.forms.reader import read_form
from imparts.rules.forms.response import answers_from, response_of
from imparts.rules.forms.values import Coding, FormAnswers, Quantity
from tests.journeys.at_a_form import (
    CHOSEN,
    CUPS,
    DECLINED,
    FILE,
    TO_DO,
    TYPED,
    a_form_in_hand,
    answer,
)
from tests.journeys.at_first_hour import Desks
from tests.journeys.conftest import assert_accessible
from tests.journeys.own_site import Site

pytestmark = pytest.mark.journey


def test_a_form_goes_from_its_file_to_the_tablet_to_its_score_to_fhir(
    site: Site, browser: Browser
) -> None:
    # Given a site with its people, and a file that somebody else wrote
    desks = Desks(browser, site.port)
    # when a nurse brings it in and says what asks about harm, a consultant signs, it is asked in a
    # pack, and a test patient is handed the tablet
    tablet, clinician = a_form_in_hand(desks, site)

    # then the patient is asked it page by page, is met with calm words, and sends it
    seen = answer(tablet)
    assert set(CHOSEN) | set(TYPED) | set(DECLINED) <= set(seen)
    # and the clinician reads its score, its answers and what must be done
    _read_summary(clinician)
    # and what leaves as FHIR is what was answered, and comes back the same
    _take_as_fhir(clinician)
    desks.close()


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
