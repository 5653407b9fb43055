"""Patients: numbers, merging, and who cares for them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from imparts.audit.queries import entries_about
from imparts.people import actions as people
from imparts.people.models import Patient
from imparts.people.queries import patient_for, record_ids
from tests.builders import NOON, TODAY, a_patient, a_service, an_appointment, staff_with, who

pytestmark = pytest.mark.django_db


def test_the_number_of_zeros_is_refused_although_its_check_digit_is_right() -> None:
    with pytest.raises(ValidationError, match="NHS number"):
        people.add_identifier(
            patient=a_patient(), scheme="nhs", value="0000000000", by="test", at=NOON
        )


def test_a_test_number_is_refused_outside_the_demonstration(settings) -> None:
    settings.IMPARTS_DEMO = False
    with pytest.raises(ValidationError):
        people.add_identifier(
            patient=a_patient(), scheme="nhs", value="9990000018", by="test", at=NOON
        )


def test_a_test_number_is_taken_in_the_demonstration_and_stored_without_spaces(settings) -> None:
    settings.IMPARTS_DEMO = True
    made = people.add_identifier(
        patient=a_patient(), scheme="nhs", value="999 000 0018", by="test", at=NOON
    )
    assert made.value == "9990000018"


def test_a_correction_is_audited_by_the_name_of_the_fact_and_never_its_value() -> None:
    patient = a_patient()
    people.correct(patient=patient, family_name="Inkwell", why="deed poll", by="clerk", at=NOON)
    entry = entries_about(patient.pk)[0]
    assert (entry.did, entry.about, entry.why) == ("corrected patient", "family_name", "deed poll")
    assert "Inkwell" not in f"{entry.about}{entry.why}{entry.did}"


def test_an_unknown_fact_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="merged_into"):
        people.correct(patient=a_patient(), merged_into=None, why="", by="clerk", at=NOON)


def test_after_a_merge_both_records_are_reachable_from_the_survivor() -> None:
    loser, survivor = a_patient("Ann"), a_patient("Anne")
    people.merge(loser=loser, survivor=survivor, by="clerk", at=NOON, why="same person")
    assert record_ids(survivor) == [survivor.pk, loser.pk]


def test_a_relationship_with_the_merged_record_opens_the_survivor() -> None:
    service = a_service(with_content=False)
    nurse = who(staff_with("nurse", service))
    loser, survivor = a_patient("Ann"), a_patient("Anne")
    an_appointment(service, loser)
    people.merge(loser=loser, survivor=survivor, by="clerk", at=NOON, why="same person")
    assert patient_for(nurse, loser.pk, on=TODAY).pk == survivor.pk


def test_an_un_merge_restores_exactly_what_was_there() -> None:
    a, b, c = a_patient("A"), a_patient("B"), a_patient("C")
    people.merge(loser=a, survivor=b, by="clerk", at=NOON, why="same person")
    people.merge(loser=b, survivor=c, by="clerk", at=NOON, why="same person")
    assert set(record_ids(c)) == {a.pk, b.pk, c.pk}
    people.unmerge(loser=b, by="clerk", at=NOON, why="two people after all")
    b.refresh_from_db()
    c.refresh_from_db()
    assert record_ids(c) == [c.pk]
    assert set(record_ids(b)) == {a.pk, b.pk}


@pytest.mark.parametrize("which", ["self", "circle", "twice"])
def test_a_merge_that_would_loop_or_lose_is_refused(which: str) -> None:
    a, b, c = a_patient("A"), a_patient("B"), a_patient("C")
    people.merge(loser=a, survivor=b, by="clerk", at=NOON, why="same person")
    pair = {"self": (b, b), "circle": (b, a), "twice": (a, c)}[which]
    with pytest.raises(people.MergeRefused):
        people.merge(loser=pair[0], survivor=pair[1], by="clerk", at=NOON, why="mistake")
    assert Patient.objects.get(pk=a.pk).merged_into_id == b.pk


def test_relating_twice_is_one_relationship() -> None:
    service, patient = a_service(with_content=False), a_patient()
    for _ in range(2):
        people.relate(
            patient=patient, service=service, because="referral", from_on=date(2026, 1, 1),
            until_on=None, by="clerk", at=NOON,
        )  # fmt: skip
    assert patient.relationships.count() == 1
