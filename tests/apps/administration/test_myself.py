"""One's own page: a PIN of one's own, made for oneself alone."""

import re

import pytest

from imparts.access.actions import PinRefused, unlock
from imparts.access.models import Staff
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, signed_in_as, text_of
from tests.builders import TODAY, a_tablet, staff_with

pytestmark = pytest.mark.django_db


def made_by(browser) -> str:
    """The PIN that the page shows after the button was pressed."""
    return re.search(r"<code>([\d ]+)</code>", text_of(browser.post("/me/pin/")))[1].replace(
        " ", ""
    )


def test_a_pin_is_shown_once_and_opens_the_tablet(client, service) -> None:
    reader = signed_in(client, "receptionist", service)
    assert "You need a PIN of your own" in text_of(reader.get("/me/"))
    pin = made_by(reader)
    assert len(pin) == 6
    assert pin not in text_of(reader.get("/me/")).replace(" ", "")
    owner = unlock(tablet=a_tablet(service), pin=pin, on=TODAY, at=A_MORNING)
    assert owner == Staff.objects.get(job_title="Receptionist")


def test_another_pin_ends_the_one_before(client, service) -> None:
    reader = signed_in(client, "receptionist", service)
    first, second = made_by(reader), made_by(reader)
    tablet = a_tablet(service)
    with pytest.raises(PinRefused):
        unlock(tablet=tablet, pin=first, on=TODAY, at=A_MORNING)
    assert unlock(tablet=tablet, pin=second, on=TODAY, at=A_MORNING)


def test_no_two_people_of_a_clinic_have_the_same_pin(client, service, monkeypatch) -> None:
    staff_with("nurse", service, pin="000007")
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("imparts.access.actions.pins.secrets.randbelow", lambda most: next(drawn))
    assert made_by(signed_in(client, "receptionist", service)) == "000008"


def test_a_role_that_hands_over_no_tablet_gets_no_pin(client, service) -> None:
    reader = signed_in(client, "manager", service)
    assert "Tablet PIN" not in text_of(reader.get("/me/"))
    assert reader.post("/me/pin/").status_code == 403


def test_every_page_leads_to_ones_own(client, service) -> None:
    page = page_for(client, "receptionist", service, "/clinic/")
    assert 'href="/me/"' in page


def test_someone_without_a_role_is_told_whom_to_ask(client, service) -> None:
    staff = staff_with("nurse", service)
    staff.memberships.all().delete()
    assert "Ask your administrator." in text_of(signed_in_as(client, staff).get("/me/"))
