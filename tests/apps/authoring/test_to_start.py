"""The page of packs: what is asked nowhere yet, what comes next, where pathways are followed."""

import re

import pytest

from imparts.authoring.actions.starting import start_at
from imparts.library.actions import withdraw
from imparts.library.models import ContentVersion
from tests.apps.authoring.composed import (
    ON_A_MORNING,
    TOMORROW,
    a_draft,
    browser_of,
    handed_in,
    sign,
    sign_what_is_shipped,
    text_of,
)
from tests.builders import NOON, TODAY, a_service, staff_with

pytestmark = ON_A_MORNING
NO_ROWS = ""


@pytest.fixture
def consultant(service):
    return browser_of(staff_with("consultant", service, username="consultant.one"))


def table(browser, name: str) -> str:
    """One table of the page, as a person reads it; empty when it is not there."""
    page = text_of(browser.get("/library/packs/"))
    found = re.search(rf'aria-label="{name}, table">(.*?)</table>', page, flags=re.DOTALL)
    return found.group(1) if found else NO_ROWS


def not_asked(browser) -> str:
    return table(browser, "Asked nowhere yet")


def shipped(key: str) -> ContentVersion:
    return ContentVersion.objects.get(kind="pathway", key=key)


def start_link(content: ContentVersion) -> str:
    return f'href="/library/versions/{content.pk}/start/"'


def test_a_pack_that_waits_names_who_may_sign_and_not_its_composer(service, manager) -> None:
    staff_with("consultant", service, username="consultant.one")
    handed_in(a_draft(service, by="manager.one"), by="manager.one")
    row = not_asked(manager)
    assert "Invented clinic" in row and str(service) in row
    assert "Waits for a signature since 17 November 2026." in row
    assert "May sign: Robin Example." in row and "Read it and sign" not in row


def test_when_only_its_composer_could_sign_the_page_asks_for_a_second_person(service) -> None:
    lead = browser_of(staff_with("consultant", service, username="consultant.two"))
    handed_in(a_draft(service, by="consultant.two"), by="consultant.two")
    row = not_asked(lead)
    assert "A second person is wanted who may." in row and "Read it and sign" not in row


def test_whoever_may_sign_is_led_to_it(service, consultant) -> None:
    made = handed_in(a_draft(service))
    assert f'<a href="/library/versions/{made.pk}/">Read it and sign' in not_asked(consultant)


def test_a_signed_pack_is_there_with_its_start_until_it_has_a_day(service, manager) -> None:
    sign_what_is_shipped()
    made = handed_in(a_draft(service))
    sign(made)
    row = not_asked(manager)
    assert "Signed by Consultant (consultant.one), 17 November 2026." in row
    assert start_link(made) in row
    nurse = browser_of(staff_with("nurse", service))
    assert start_link(made) not in not_asked(nurse)
    assert "May start it: Robin Example." in not_asked(nurse)
    start_at(services=[service], content=made, from_on=TOMORROW, by="manager.one", at=NOON)
    assert made.key not in not_asked(manager) and start_link(made) not in not_asked(manager)


def test_a_signed_pack_whose_questionnaires_are_not_says_which(service, consultant) -> None:
    made = handed_in(a_draft(service))
    sign(made)
    row = not_asked(consultant)
    assert "and 2 more. It may not be used here until a clinician has signed it." in row
    assert f'href="/library/signing/?pack={made.pk}"' in row and start_link(made) not in row


def test_what_was_withdrawn_or_is_only_shipped_waits_for_nothing(service, manager) -> None:
    assert not_asked(manager) == NO_ROWS
    made = handed_in(a_draft(service))
    withdraw(content=made, why="Composed twice.", by="safety.one", at=NOON)
    assert not_asked(manager) == NO_ROWS


def test_staff_of_another_service_are_not_named(service) -> None:
    staff_with("consultant", service)
    handed_in(a_draft(service))
    stranger = browser_of(staff_with("nurse", a_service("Dermatology", with_content=False)))
    assert "Invented clinic" in not_asked(stranger) and "Robin" not in not_asked(stranger)


def test_a_signed_pathway_says_where_it_is_in_force_and_starts_at_another(service, manager) -> None:
    pain = shipped("pain")
    assert start_link(pain) not in table(manager, "Pathways")
    sign_what_is_shipped()
    assert f"{start_link(pain)}>Start it<" in table(manager, "Pathways")
    start_at(services=[service], content=pain, from_on=TODAY, by="manager.one", at=NOON)
    rows = table(manager, "Pathways")
    assert f">{service}</a>" in rows and "since 17 Nov 2026" in rows
    assert f"{start_link(pain)}>Start it at another service<" in rows


def test_an_unsigned_pathway_says_who_may_sign(service, manager, consultant) -> None:
    assert "May sign: Robin Example." in table(manager, "Pathways")
    where = f'<a href="/library/versions/{shipped("pain").pk}/">Read it and sign'
    assert where in table(consultant, "Pathways")


def test_a_pathway_withdrawn_while_in_force_is_said_to_suggest_nothing(service, manager) -> None:
    sign_what_is_shipped()
    pain = shipped("pain")
    start_at(services=[service], content=pain, from_on=TODAY, by="manager.one", at=NOON)
    withdraw(content=pain, why="A source has changed.", by="safety.one", at=NOON)
    rows = table(manager, "Pathways")
    assert "and suggests nothing there. It was withdrawn on 17 November 2026" in rows
    assert start_link(pain) not in rows
