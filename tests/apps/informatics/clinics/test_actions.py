"""A clinic day: booking opens the door to a patient, and moves are added, never rewritten."""

import pytest

from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.queries import appointments_of, state_of
from imparts.people.queries import patients_visible_to
from tests.builders import NOON, TODAY, a_service, an_appointment, staff_with, who

pytestmark = pytest.mark.django_db


def test_booking_lets_the_service_see_the_patient() -> None:
    service = a_service(with_content=False)
    appointment = an_appointment(service)
    visible = patients_visible_to(who(staff_with("nurse", service)), on=TODAY)
    assert list(visible) == [appointment.patient]


def test_checking_in_twice_is_one_arrival() -> None:
    appointment = an_appointment(a_service(with_content=False))
    for _ in range(2):
        clinics.check_in(appointment=appointment, by="desk", at=NOON)
    moves = appointment.moves.order_by("id").values_list("state", flat=True)
    assert list(moves) == ["booked", "arrived"]


def test_someone_who_has_left_was_not_absent() -> None:
    appointment = an_appointment(a_service(with_content=False))
    clinics.check_in(appointment=appointment, by="desk", at=NOON)
    clinics.check_out(appointment=appointment, by="desk", at=NOON)
    with pytest.raises(clinics.MoveRefused, match="marked “left”"):
        clinics.mark_did_not_attend(appointment=appointment, by="desk", at=NOON)


def test_the_list_shows_each_appointment_where_it_stands_now() -> None:
    appointment = an_appointment(a_service(with_content=False))
    clinics.check_in(appointment=appointment, by="desk", at=NOON, place="Area B")
    (row,) = appointments_of(appointment.session)
    assert (row.state, row.place, row.arrived_at) == ("arrived", "Area B", NOON)


def test_an_arrival_by_mistake_can_be_undone() -> None:
    appointment = an_appointment(a_service(with_content=False))
    clinics.check_in(appointment=appointment, by="desk", at=NOON)
    clinics.undo_check_in(appointment=appointment, by="desk", at=NOON)
    assert state_of(appointment) == "booked"
