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

# One statement, because it is asked of every message that names a ward.
_SAID_BEFORE = f"""
    select move.*, stay.id as stay_id, stay.patient_id as whose
    from {Stay._meta.db_table} stay
    left join {StayMove._meta.db_table} move on move.stay_id = stay.id
    where stay.organisation_id = %s and stay.visit_number = %s
        and (%s::uuid is null or stay.patient_id = %s)
    order by move.said_at, move.id
    for no key update of stay
"""


class StayRefused(Exception):
    """What was said of a stay cannot be; the message says why."""


def say_of_stay(
    *, patient: Patient, organisation: Organisation, visit_number: str, what: str,
    place: tuple[str, str, str], happened_at: datetime, said_at: datetime, by: str, at: datetime,
    confirmed_at: datetime | None = None,
) -> StayMove | None:  # fmt: skip
    """Keep one thing said of a stay (`place`: ward, room, bed); None where it says nothing new.

    `confirmed_at` is when the place that is known was last said again, where that was later.
    A number of somebody else's stay is refused, unless the two records are one person.
    """
    # Without a savepoint: the record says hundreds of things a second, and undoes all or nothing.
    with transaction.atomic(savepoint=False):
        stay_id, moves = _said_before(patient, organisation, visit_number)
        ward, room, bed = place
        move = StayMove(
            stay_id=stay_id, what=what, ward=ward, room=room, bed=bed, happened_at=happened_at,
            said_at=said_at, at=at, by=by,
        )  # fmt: skip
        if _says_nothing_new(move, moves):
            return None
        if stay_id is None:
            move.stay = Stay.objects.create(
                patient=patient, organisation=organisation, visit_number=visit_number
            )
        if confirmed_at is not None and moves:
            _place_said_again(moves, confirmed_at, move)
        move.save(force_insert=True)
        audit.record(
            who=by, did=f"stay {what}", patient=patient.pk, about=f"stay {move.stay_id}", at=at
        )
    return move


def _said_before(
    patient: Patient, organisation: Organisation, visit_number: str
) -> tuple[UUID | None, list[StayMove]]:
    """The stay, locked, with what was said of it in order; no id where there is none yet."""
    own = patient.pk if not visit_number else None
    rows = list(StayMove.objects.raw(_SAID_BEFORE, [organisation.pk, visit_number, own, own]))
    if not rows:
        return None, []
    whose = rows[0].whose
    if whose != patient.pk and whose not in _records_of(patient):
        raise StayRefused("The number of the visit belongs to another person's stay.")
    return rows[0].stay_id, [row for row in rows if row.pk is not None]


def _records_of(patient: Patient) -> list[UUID]:
    return record_ids(patient.merged_into or patient)


def _place_said_again(moves: list[StayMove], confirmed_at: datetime, late: StayMove) -> None:
    """Make a row of what was only confirmed, before a move that was said earlier is put in."""
    now = standing([each for each in moves if each.said_at <= confirmed_at])
    StayMove.objects.create(
        stay_id=late.stay_id, what=StayMove.What.UPDATED, ward=now.ward, room=now.room,
        bed=now.bed, happened_at=confirmed_at, said_at=confirmed_at, at=late.at, by=late.by,
    )  # fmt: skip


def _says_nothing_new(move: StayMove, moves: list[StayMove]) -> bool:
    """The same thing came before; or an update names the place that is known already."""
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
