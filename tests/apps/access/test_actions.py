"""Roles between two days, and the tablet's PIN."""

from datetime import date, timedelta

import pytest

from imparts.access.actions import PIN_PAUSE, PIN_TRIES, PinRefused, end_role, unlock
from imparts.access.queries import asking
from imparts.access.roles import ROLES, May
from tests.builders import NOON, TODAY, a_service, a_tablet, staff_with, who

pytestmark = pytest.mark.django_db


def test_a_role_ends_after_its_last_day() -> None:
    staff = staff_with("nurse", a_service(with_content=False))
    end_role(membership=staff.memberships.get(), on=date(2026, 11, 1), by="admin", at=NOON)
    assert asking(staff, on=date(2026, 11, 1)).may(May.SEE_RESULTS)
    assert not asking(staff, on=date(2026, 11, 2)).may(May.SEE_RESULTS)


def test_a_permission_counts_only_at_the_service_of_its_role() -> None:
    here, there = a_service(with_content=False), a_service("Dermatology", with_content=False)
    staff = staff_with("receptionist", here)
    staff_with("nurse", there)
    assert who(staff).services_where(May.CHECK_IN) == {here.pk}
    assert who(staff).services_where(May.SEE_RESULTS) == frozenset()


def test_every_role_explains_itself_in_a_sentence() -> None:
    assert all(role.explains.endswith(".") and role.code == code for code, role in ROLES.items())


def test_a_pin_opens_the_tablet_of_its_own_service_only() -> None:
    here, there = a_service(with_content=False), a_service("Dermatology", with_content=False)
    staff = staff_with("receptionist", here, pin="2468")
    assert unlock(tablet=a_tablet(here), pin="2468", on=TODAY, at=NOON) == staff
    with pytest.raises(PinRefused):
        unlock(tablet=a_tablet(there), pin="2468", on=TODAY, at=NOON)


def test_after_five_wrong_pins_the_right_one_waits() -> None:
    service = a_service(with_content=False)
    staff_with("receptionist", service, pin="2468")
    tablet = a_tablet(service)
    for _ in range(PIN_TRIES):
        with pytest.raises(PinRefused):
            unlock(tablet=tablet, pin="1111", on=TODAY, at=NOON)
    with pytest.raises(PinRefused, match="Too many"):
        unlock(tablet=tablet, pin="2468", on=TODAY, at=NOON + timedelta(seconds=1))
    tablet.refresh_from_db()
    assert unlock(tablet=tablet, pin="2468", on=TODAY, at=NOON + PIN_PAUSE + timedelta(seconds=1))
