"""Two public FHIR clients, unchanged, over real HTTP: fhirclient (SMART) and fhirpy."""

import warnings

import pytest

from imparts.people import actions as people
from tests.builders import NOON, an_appointment
from tests.gateway.fhir_server.asking import known_at
from tests.gateway.fhir_server.clients import token_for

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhirclient.client import FHIRClient
    from fhirclient.models.appointment import Appointment
    from fhirclient.models.bundle import Bundle, BundleEntry, BundleEntryRequest
    from fhirclient.models.fhirdate import FHIRDate
    from fhirclient.models.humanname import HumanName
    from fhirclient.models.patient import Patient
    from fhirclient.server import FHIRNotFoundException
    from fhirpy import SyncFHIRClient
    from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

pytestmark = pytest.mark.django_db(transaction=True)
NHS = "https://fhir.nhs.uk/Id/nhs-number"


@pytest.fixture
def three(clinic, in_the_demo):
    """Three people of the clinic."""
    made = [known_at(clinic, name, "Thimblewick") for name in ("Ada", "Ben", "Cas")]
    people.add_identifier(
        patient=made[0], scheme="nhs", value="9990000018", by="test", at=NOON, verified_at=NOON
    )
    return made


@pytest.fixture
def token(clinic) -> str:
    """What a machine of the clinic has."""
    return token_for(scopes="system/*.cruds", services=[clinic])


@pytest.fixture
def smart(live_server, token):
    """fhirclient, with the token that it would otherwise get by itself."""
    client = FHIRClient(settings={"app_id": "test", "api_base": f"{live_server.url}/fhir/"})
    client.prepare()
    client.server.auth.access_token = token
    return client


@pytest.fixture
def fhirpy(live_server, token):
    """fhirpy."""
    return SyncFHIRClient(f"{live_server.url}/fhir", authorization=f"Bearer {token}")


def test_fhirclient_finds_where_to_sign_in(smart, live_server) -> None:
    assert smart.server.auth._token_uri == f"{live_server.url}/oauth/token/"
    assert smart.server.auth._authorize_uri == f"{live_server.url}/oauth/authorize/"


def test_fhirclient_reads_and_searches(smart, three, clinic) -> None:
    ada = Patient.read(str(three[0].pk), smart.server)
    assert smart.human_name(ada.name[0]) == "Ada Thimblewick"
    found = Patient.where({"identifier": f"{NHS}|9990000018"}).perform_resources_iter(smart.server)
    assert [each.id for each in found] == [ada.id]
    booked = an_appointment(clinic, three[1], is_covered=False)
    [met] = Appointment.where({"patient": str(three[1].pk)}).perform_resources_iter(smart.server)
    assert met.id == str(booked.pk) and met.start.date == NOON


def test_fhirclient_follows_pages_to_the_end(smart, three) -> None:
    search = Patient.where({"family": "Thimblewick", "_count": "1", "_sort": "given"})
    found = [each.name[0].given[0] for each in search.perform_resources_iter(smart.server)]
    assert found == ["Ada", "Ben", "Cas"]


def test_fhirclient_creates_and_sends_a_transaction(smart, three) -> None:
    person = Patient()
    person.name = [HumanName({"family": "Netherwick", "given": ["Ivo"]})]
    person.birthDate = FHIRDate("1972-02-29")
    made = person.create(smart.server)
    assert made["resourceType"] == "Patient" and made["id"]
    entry = BundleEntry()
    entry.resource = person
    entry.request = BundleEntryRequest({"method": "POST", "url": "Patient"})
    bundle = Bundle({"type": "transaction"})
    bundle.entry = [entry, entry]
    answer = smart.server.post_json("", bundle.as_json()).json()
    assert [each["response"]["status"] for each in answer["entry"]] == ["201 Created"] * 2


def test_fhirclient_is_told_that_there_is_nothing(smart, three) -> None:
    with pytest.raises(FHIRNotFoundException):
        Patient.read("00000000-0000-4000-8000-000000000000", smart.server)


def test_fhirpy_reads_searches_and_counts(fhirpy, three) -> None:
    people_found = fhirpy.resources("Patient").search(family="Thimblewick")
    assert people_found.count() == 3
    given = [
        each["name"][0]["given"][0] for each in people_found.sort("given").limit(1).fetch_all()
    ]
    assert given == ["Ada", "Ben", "Cas"]
    ada = fhirpy.reference("Patient", str(three[0].pk)).to_resource()
    assert ada["birthDate"] == "1961-03-14"
    one = fhirpy.resources("Patient").search(identifier=f"{NHS}|9990000018").get()
    assert one["id"] == ada["id"]


def test_fhirpy_includes_what_a_resource_refers_to(fhirpy, three, clinic) -> None:
    an_appointment(clinic, three[0], is_covered=False)
    bundle = fhirpy.resources("Appointment").include("Appointment", "patient").fetch_raw()
    assert sorted(each.resource["resourceType"] for each in bundle["entry"]) == [
        "Appointment", "Patient",
    ]  # fmt: skip


def test_fhirpy_creates_once_and_is_told_what_is_wrong(fhirpy, three) -> None:
    sent = fhirpy.resource(
        "Patient", name=[{"family": "Netherwick", "given": ["Ivo"]}], birthDate="1972-02-29"
    )
    sent.create()
    assert sent["meta"]["versionId"] == "1"
    again, is_new = (
        fhirpy.resources("Patient")
        .search(family="Netherwick")
        .get_or_create(
            fhirpy.resource(
                "Patient", name=[{"family": "Netherwick", "given": ["Ivo"]}], birthDate="1972-02-29"
            )
        )
    )
    assert not is_new and again["id"] == sent["id"]
    with pytest.raises(OperationOutcome, match="birthDate"):
        fhirpy.resource(
            "Patient", name=[{"family": "A", "given": ["B"]}], birthDate="soon"
        ).create()


def test_fhirpy_is_told_that_there_is_nothing(fhirpy, three) -> None:
    with pytest.raises(ResourceNotFound):
        fhirpy.reference("Patient", "00000000-0000-4000-8000-000000000000").to_resource()
