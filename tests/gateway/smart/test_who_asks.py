"""Who asks by a token: a machine at its services, a person within their role, or nobody."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from imparts.access.actions import end_role, leave
from imparts.access.models import Membership
from imparts.access.queries import asking, asking_of_machine
from imparts.access.roles import MACHINE, ROLES, May
from imparts.gateway.smart.actions.registering import revoke
from imparts.gateway.smart.principal import NotLetIn, principal_of
from imparts.people.queries import patients_visible_to
from tests.builders import NOON, TODAY, a_service, an_appointment, staff_with
from tests.gateway.fhir_server.clients import a_machine, an_app, token_for
from tests.gateway.smart.apps import who

pytestmark = pytest.mark.django_db


def test_a_machine_sees_the_patients_of_its_services_and_no_others() -> None:
    mine, other = a_service(with_content=False), a_service(with_content=False)
    seen = an_appointment(mine, is_covered=False).patient
    an_appointment(other, is_covered=False)
    asked_by = who(token_for(services=[mine]))
    assert asked_by.is_machine and asked_by.patient is None
    assert list(patients_visible_to(asked_by.asking, on=TODAY)) == [seen]


def test_the_machines_role_is_offered_to_nobody_and_a_membership_of_it_gives_nothing() -> None:
    assert MACHINE.code not in ROLES
    service = a_service(with_content=False)
    staff = staff_with("receptionist", service)
    Membership.objects.create(staff=staff, service=service, role=MACHINE.code, from_on=TODAY)
    assert not asking(staff, on=TODAY).may(May.SEE_RESULTS)


def test_a_machine_may_only_look() -> None:
    machine = asking_of_machine(client_id="x", name="X", services=[1])
    assert {what for what in May if machine.may(what)} == {
        May.SEE_CLINIC_LIST, May.SEE_PATIENTS, May.SEE_RESULTS, May.SEE_AUDIT,
    }  # fmt: skip


def test_an_app_may_do_what_its_user_may_within_its_scopes() -> None:
    nurse = staff_with("nurse", a_service(with_content=False))
    asked_by = who(token_for(staff=nurse, scopes="user/Observation.rs"))
    assert asked_by.asking == asking(nurse, on=timezone.localdate()) and not asked_by.is_machine
    assert asked_by.may("Observation", "s") and not asked_by.may("Observation", "c")
    assert not asked_by.may("Patient", "r")


def test_scopes_for_a_system_do_nothing_for_a_person_nor_a_persons_for_a_system() -> None:
    service = a_service(with_content=False)
    person = who(token_for(staff=staff_with("nurse", service), scopes="system/*.cruds"))
    machine = who(token_for(services=[service], client=a_machine(services=[service])[0],
                           scopes="user/*.cruds patient/*.cruds"))  # fmt: skip
    assert not person.may("Patient", "r") and not machine.may("Patient", "r")


def test_scopes_for_a_patient_in_context_open_nothing_when_nobody_is() -> None:
    nurse = staff_with("nurse", a_service(with_content=False))
    asked_by = who(token_for(staff=nurse, scopes="patient/*.rs"))
    assert not asked_by.may("Patient", "r")


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Basic abc", "Bearer unknown"])
def test_without_a_token_that_counts_nobody_is_let_in(sent: str) -> None:
    with pytest.raises(NotLetIn) as refused:
        principal_of(RequestFactory().get("/fhir/", headers={"authorization": sent}))
    assert refused.value.headers["WWW-Authenticate"].startswith('Bearer realm="fhir"')


def test_a_token_in_the_address_is_never_looked_at() -> None:
    token = token_for(services=[a_service(with_content=False)])
    with pytest.raises(NotLetIn):
        principal_of(RequestFactory().get(f"/fhir/?access_token={token}"))


def test_a_token_ends_by_itself() -> None:
    token = token_for(services=[a_service(with_content=False)], seconds=-1)
    with pytest.raises(NotLetIn):
        who(token)


def test_a_token_ends_with_its_client() -> None:
    client, _ = a_machine(services=[a_service(with_content=False)])
    token = token_for(client=client)
    who(token)
    revoke(client, by="test", at=NOON)
    with pytest.raises(NotLetIn):
        who(token)


def test_a_token_ends_when_the_person_has_left() -> None:
    staff = staff_with("nurse", a_service(with_content=False))
    token = token_for(staff=staff, client=an_app()[0])
    leave(staff=staff, on=TODAY, by="test", at=NOON)
    with pytest.raises(NotLetIn):
        who(token)


def test_a_role_that_has_ended_takes_what_it_allowed_out_of_the_token() -> None:
    service = a_service(with_content=False)
    staff = staff_with("nurse", service)
    token = token_for(staff=staff, client=an_app()[0])
    day_before = timezone.localdate() - timedelta(days=1)
    end_role(membership=staff.memberships.get(), on=day_before, by="test", at=NOON)
    assert not who(token).asking.may(May.SEE_RESULTS)
