"""Stays in hospital as the record tells them: each thing said is a row, whatever came before it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.clinics.models import Stay, StayMove
from imparts.organisations.models import Organisation
from imparts.people.models import Patient
from imparts.people.queries import record_ids
from imparts.rules.stays import standing


class StayRefused(Exception):
    """What was said of a stay cannot be; the message says why."""


def say_of_stay(
    *, patient: Patient, organisation: Organisation, visit_number: str, what: str,
    place: tuple[str, str, str], happened_at: datetime, said_at: datetime, by: str, at: datetime,
) -> StayMove | None:  # fmt: skip
    """Keep one thing said of a stay (`place`: ward, room, bed); None where it says nothing new.

    A number of somebody else's stay is refused, unless the two records are one person.
    """
    with transaction.atomic():
        stay = _stay(patient, organisation, visit_number)
        ward, room, bed = place
        move = StayMove(
            stay=stay, what=what, ward=ward, room=room, bed=bed, happened_at=happened_at,
            said_at=said_at, at=at, by=by,
        )  # fmt: skip
        if _says_nothing_new(move):
            return None
        move.save(force_insert=True)
        audit.record(
            who=by, did=f"stay {what}", patient=stay.patient_id, about=f"stay {stay.pk}", at=at
        )
    return move


def _stay(patient: Patient, organisation: Organisation, visit_number: str) -> Stay:
    own = {"patient": patient} if not visit_number else {}
    stays = Stay.objects.select_for_update(no_key=True)
    found = stays.filter(organisation=organisation, visit_number=visit_number, **own).first()
    if found is None:
        return Stay.objects.create(
            patient=patient, organisation=organisation, visit_number=visit_number
        )
    if found.patient_id != patient.pk and found.patient_id not in _records_of(patient):
        raise StayRefused("The number of the visit belongs to another person's stay.")
    return found


def _records_of(patient: Patient) -> list[UUID]:
    return record_ids(patient.merged_into or patient)


def _says_nothing_new(move: StayMove) -> bool:
    """The same thing came before; or an update names the place that is known already."""
    moves = list(move.stay.moves.order_by("said_at", "id"))
    for each in moves:
        if (each.what, each.said_at, _place(each)) == (move.what, move.said_at, _place(move)):
            return True
    if move.what != StayMove.What.UPDATED:
        return False
    before = [each for each in moves if each.said_at <= move.said_at]
    if not any(_place(move)):
        return True
    now = standing(before)
    is_last = len(before) == len(moves)
    return is_last and bool(before) and (now.ward, now.room, now.bed) == _place(move)


def _place(move: StayMove) -> tuple[str, str, str]:
    return (move.ward, move.room, move.bed)
