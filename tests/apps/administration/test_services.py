"""Services: opening, renaming without losing what was, closing, opening again."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from imparts.access.roles import May
from imparts.informatics.clinics import actions as clinics
from imparts.organisations.models import Service
from tests.apps.workspace.given import A_MORNING, signed_in, signed_in_as, text_of
from tests.builders import TODAY, a_patient, a_service, staff_with, who

pytestmark = pytest.mark.django_db
SERVICES = "/set-up/services/"


def test_whoever_opens_a_service_sets_it_up(client, service) -> None:
    admin = staff_with("admin", service)
    signed_in_as(client, admin)
    client.post(SERVICES, {"name": "Dermatology", "site": "Fernhollow Hospital"})
    made = Service.objects.get(name="Dermatology")
    assert (made.code, made.organisation, made.opened_on) == (
        "dermatology", service.organisation, TODAY,
    )  # fmt: skip
    assert made.pk in who(admin).services_where(May.SET_UP)
    assert made.pk not in who(admin).services_where(May.SEE_PATIENTS)


@pytest.mark.parametrize("name", ["", "   ", "!!!", "Rheumatology"])
def test_a_name_that_gives_no_code_of_its_own_is_refused(client, service, name: str) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(SERVICES, {"name": "Rheumatology"})
    before = Service.objects.count()
    answered = reader.post(SERVICES, {"name": name})
    assert answered.status_code == 422
    assert Service.objects.count() == before


def test_a_new_name_keeps_the_code_and_says_what_it_was_called(client, service) -> None:
    code, address = service.code, reverse("administration:service", args=[service.pk])
    reader = signed_in(client, "admin", service)
    reader.post(address, {"name": "Rheumatology and lupus", "site": "Fernhollow Hospital"})
    service.refresh_from_db()
    assert (service.name, service.code) == ("Rheumatology and lupus", code)
    page = text_of(reader.get(address))
    assert "Was Rheumatology, Fernhollow Hospital until 17 November 2026" in page


def test_saving_without_a_change_writes_no_history(client, service) -> None:
    address = reverse("administration:service", args=[service.pk])
    reader = signed_in(client, "admin", service)
    reader.post(address, {"name": service.name, "site": service.site})
    assert "Was Rheumatology" not in text_of(reader.get(address))


def test_a_closed_service_gets_no_clinic_no_tablet_and_no_staff(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(SERVICES, {"name": "Dermatology"})
    reader.post(reverse("administration:close", args=[service.pk]))
    page = text_of(reader.get("/set-up/clinics/"))
    assert str(service) not in page
    with pytest.raises(clinics.SessionRefused, match="closed"):
        clinics.plan_session(
            service=Service.objects.get(pk=service.pk), held_on=TODAY, part="morning",
            starts_at=time(9), by="test", at=A_MORNING,
        )  # fmt: skip
    reader.post(reverse("administration:reopen", args=[service.pk]))
    service.refresh_from_db()
    assert service.closed_on is None


def test_a_service_with_people_booked_ahead_is_not_closed(client, service) -> None:
    session = clinics.plan_session(
        service=service, held_on=TODAY + timedelta(days=3), part="morning", starts_at=time(9),
        by="test", at=A_MORNING,
    )  # fmt: skip
    clinics.book(
        session=session, patient=a_patient(), appointment_at=A_MORNING + timedelta(days=3),
        by="test", at=A_MORNING,
    )  # fmt: skip
    answered = signed_in(client, "admin", service).post(
        reverse("administration:close", args=[service.pk])
    )
    assert answered.status_code == 409
    assert "Take them off first." in text_of(answered)
    service.refresh_from_db()
    assert service.closed_on is None


def test_when_every_service_is_closed_the_pages_still_open(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(reverse("administration:close", args=[service.pk]))
    for address in ("", "staff/", "staff/add/", "services/", "tablets/", "clinics/"):
        assert reader.get(f"/set-up/{address}").status_code == 200, address
    assert "Open a service first." in text_of(reader.get("/set-up/"))


def test_another_administrators_service_is_not_found(client, service) -> None:
    other = a_service("Dermatology", with_content=False)
    reader = signed_in(client, "admin", service)
    for name in ("service", "close", "reopen"):
        answered = reader.post(reverse(f"administration:{name}", args=[other.pk]))
        assert answered.status_code == 404
