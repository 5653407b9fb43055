"""Who may see a patient: care relationships decide, and nothing else (hazards H2, H8, H9)."""

from datetime import timedelta

import pytest
from django.http import Http404

from imparts.people import actions as people
from imparts.people.queries import patient_for, patients_visible_to, search, why_visible
from tests.builders import NOON, TODAY, a_patient, a_service, an_appointment, staff_with, who

pytestmark = pytest.mark.django_db


def test_staff_see_the_patients_of_their_service_only() -> None:
    here, there = a_service(with_content=False), a_service("Dermatology", with_content=False)
    mine, theirs = a_patient("Mine"), a_patient("Theirs")
    an_appointment(here, mine)
    an_appointment(there, theirs)
    visible = patients_visible_to(who(staff_with("nurse", here)), on=TODAY)
    assert list(visible) == [mine]


def test_another_services_patient_is_not_found_and_not_forbidden() -> None:
    here, there = a_service(with_content=False), a_service("Dermatology", with_content=False)
    theirs = a_patient()
    an_appointment(there, theirs)
    with pytest.raises(Http404):
        patient_for(who(staff_with("consultant", here)), theirs.pk, on=TODAY)


def test_a_role_that_may_not_look_up_patients_sees_none() -> None:
    service = a_service(with_content=False)
    an_appointment(service)
    assert not patients_visible_to(who(staff_with("receptionist", service)), on=TODAY).exists()


def test_a_relationship_that_has_ended_shows_nothing() -> None:
    service, patient = a_service(with_content=False), a_patient()
    relationship = people.relate(
        patient=patient, service=service, because="team", from_on=TODAY - timedelta(days=90),
        until_on=None, by="clerk", at=NOON,
    )  # fmt: skip
    nurse = who(staff_with("nurse", service))
    assert why_visible(nurse, patient, on=TODAY) == f"team at service {service.pk}"
    people.end_relation(
        relationship=relationship, on=TODAY - timedelta(days=1), by="clerk", at=NOON
    )
    assert not patients_visible_to(nurse, on=TODAY).exists()


@pytest.mark.parametrize("text", ["thimb", "Thimblewick, Amara", "amara thimblewick", "FH204417"])
def test_a_search_finds_by_name_in_any_order_and_by_number(text: str) -> None:
    service, patient = a_service(with_content=False), a_patient()
    an_appointment(service, patient)
    people.add_identifier(
        patient=patient, scheme="hospital", value="FH204417", issued_by=service.organisation,
        by="clerk", at=NOON,
    )  # fmt: skip
    assert search(who(staff_with("nurse", service)), text, on=TODAY) == [patient]


def test_a_search_of_one_letter_lists_nobody() -> None:
    service = a_service(with_content=False)
    an_appointment(service)
    assert search(who(staff_with("nurse", service)), "t", on=TODAY) == []
