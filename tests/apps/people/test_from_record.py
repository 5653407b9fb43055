"""Numbers of the record: what is verified, what is not, and what cannot be one."""

import pytest

from imparts.audit.models import AuditEntry
from imparts.people.actions import NhsNumber, change_from_record, register_from_record
from imparts.people.models import Identifier, Patient
from imparts.people.pages import Banner
from tests.builders import NOON, TODAY, an_organisation

pytestmark = pytest.mark.django_db
RIGHT, OTHER, WRONG = "9990417202", "9990417210", "9990417203"


def registered(nhs: NhsNumber | None) -> Patient:
    """Somebody whom the record registers, as a test patient so that the numbers count."""
    return register_from_record(
        family_name="Moss", given_name="Ada", born_on=TODAY.replace(year=1961),
        hospital_numbers=["H1"], issued_by=an_organisation(), nhs=nhs, by="hospital record",
        at=NOON, is_test=True, details={"sex": "female"},
    )  # fmt: skip


def shown(patient: Patient) -> list[tuple[str, str, str]]:
    """The numbers of the banner."""
    numbers = Banner.of(patient, patient.identifiers.all(), on=TODAY).numbers
    return [(each.label, each.value, each.note) for each in numbers]


def test_a_verified_number_is_shown_without_a_note() -> None:
    patient = registered(NhsNumber(RIGHT, True))
    assert shown(patient) == [("NHS No.", "999 041 7202", ""), ("Hospital No.", "H1", "")]


def test_an_unverified_number_says_so() -> None:
    assert ("NHS No.", "999 041 7202", "not verified") in shown(registered(NhsNumber(RIGHT, False)))


def test_a_number_that_cannot_be_right_is_shown_as_that_even_if_called_verified() -> None:
    patient = registered(NhsNumber(WRONG, True))
    label, value, note = shown(patient)[-1]
    assert (label, value) == ("Sent as NHS No.", WRONG)
    assert "not an NHS number" in note
    assert not Identifier.objects.filter(scheme="nhs").exists()


def test_the_number_said_last_takes_the_place_of_the_one_before() -> None:
    patient = registered(NhsNumber(WRONG, False))
    change_from_record(
        patient=patient, details={}, nhs=NhsNumber(OTHER, True), by="hospital record", at=NOON
    )
    assert shown(patient)[0] == ("NHS No.", "999 041 7210", "")
    assert len(shown(patient)) == 2


def test_the_audit_names_what_changed_and_no_value() -> None:
    patient = registered(None)
    change_from_record(
        patient=patient, details={"family_name": "Reed"}, nhs=NhsNumber(RIGHT, True),
        by="hospital record", at=NOON,
    )  # fmt: skip
    entry = AuditEntry.objects.get(did="corrected patient")
    assert entry.about == "family_name,nhs number"
    assert entry.patient == patient.pk


def test_what_is_no_fact_of_a_patient_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="is_test"):
        change_from_record(patient=registered(None), details={"is_test": False}, by="x", at=NOON)
