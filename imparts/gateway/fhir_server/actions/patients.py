"""Patients that a machine sends: registered, and corrected by whoever says which version they read.

Safety: hazard H2 (the wrong patient). A number that somebody else has is refused, never moved; a
number is added and never taken away.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from imparts.access.roles import May
from imparts.gateway.fhir.identifiers import Number
from imparts.gateway.fhir.organization import service_system
from imparts.gateway.fhir.patient_in import PatientIn, read_patient
from imparts.gateway.fhir_server.problems import Issue, Problem, problem, unprocessable
from imparts.gateway.fhir_server.registry import Json, Reader, Written
from imparts.organisations.models import Organisation, Service
from imparts.people import actions as people
from imparts.people.actions.from_record import (
    NhsNumber,
    change_from_record,
    register_from_record,
)
from imparts.people.models import CareRelationship, Identifier, Patient
from imparts.people.queries import number_is_taken

# The service for which a machine registers somebody may see them for so long; a booking, a referral
# or a stay says it anew. A local choice.
SEEN_FOR = timedelta(days=366)


def create_patient(resource: Json, reader: Reader) -> Written:
    """Register somebody, for the one service that the machine names or works for."""
    _machines_only(reader)
    sent = _read(resource)
    service = _for_service(resource, reader)
    issuer = _issuer(sent.numbers)
    nhs = _nhs(sent.numbers)
    _refuse_taken(sent.numbers, issuer, None)
    details = {name: value for name, value in sent.details.items() if name not in _NAMED}
    made = register_from_record(
        **{name: sent.details[name] for name in _NAMED},
        hospital_numbers=_hospital(sent.numbers), issued_by=issuer, nhs=nhs,
        by=reader.asking.username, at=reader.at, is_test=sent.is_test,
        details=details | {"practice": _practice(sent)},
    )  # fmt: skip
    people.relate(
        patient=made, service=service, because=CareRelationship.Because.TEAM, from_on=reader.on,
        until_on=reader.on + SEEN_FOR, by=reader.asking.username, at=reader.at,
    )  # fmt: skip
    return Written(str(made.pk), is_new=True, is_first=True)


def update_patient(logical_id: str, resource: Json, reader: Reader) -> Written:
    """Correct what is known; the engine has found the row, and has compared the versions."""
    _machines_only(reader)
    patient = Patient.objects.get(pk=UUID(logical_id))
    if patient.merged_into_id:
        raise problem(
            409, "business-rule", "This record was merged into another; change that one.",
            "Patient.link",
        )  # fmt: skip
    sent = _read(resource)
    _keeps_every_number(patient, sent.numbers)
    new = _new(patient, sent.numbers)
    issuer = _issuer(new)
    _refuse_taken(new, issuer, patient)
    wanted = sent.details | {"practice": _practice(sent)}
    changed = {name: value for name, value in wanted.items() if getattr(patient, name) != value}
    if changed or new:
        change_from_record(
            patient=patient, details=changed, nhs=_nhs(new), more_hospital_numbers=_hospital(new),
            issued_by=issuer, by=reader.asking.username, at=reader.at,
        )  # fmt: skip
    return Written(logical_id, is_new=False)


_NAMED = ("family_name", "given_name", "born_on")


def _for_service(resource: Json, reader: Reader) -> Service:
    """Whose patient it becomes: registering is not a way to show somebody to every clinic."""
    own = Service.objects.filter(pk__in=reader.asking.services_where(May.SEE_PATIENTS))
    services = list(own.select_related("organisation"))
    tags = {
        (each.get("system"), each.get("code")) for each in resource.get("meta", {}).get("tag", ())
    }
    named = [
        each for each in services if (service_system(each.organisation.code), each.code) in tags
    ]
    found = named or services
    if len(found) != 1:
        raise unprocessable(
            Issue("required", "This client works for several services: name one of them by a tag "
                  "with the system and value of the HealthcareService's identifier.",
                  "Patient.meta.tag")
        )  # fmt: skip
    return found[0]


def _machines_only(reader: Reader) -> None:
    if not reader.principal.is_machine:
        raise problem(
            403, "forbidden", "Patients are registered and corrected by the hospital's machines."
        )


def _read(resource: Json) -> PatientIn:
    sent, faults = read_patient(resource)
    if sent is None:
        raise unprocessable(*(Issue(each.code, each.says, each.where) for each in faults))
    return sent


def _hospital(numbers: Iterable[Number]) -> list[str]:
    return [each.value for each in numbers if each.scheme == "hospital"]


def _nhs(numbers: Iterable[Number]) -> NhsNumber | None:
    """The NHS number; other nations' numbers are registered by staff as yet."""
    found = None
    for each in numbers:
        if each.scheme == "nhs" and found is None:
            found = NhsNumber(each.value, each.is_verified)
        elif each.scheme != "hospital":
            raise unprocessable(
                Issue("not-supported", "One NHS number is taken here, and hospital numbers.",
                      "Patient.identifier")
            )  # fmt: skip
    return found


def _issuer(numbers: Iterable[Number]) -> Organisation | None:
    """Whose hospital numbers these are: one organisation's."""
    codes = {each.issuer for each in numbers if each.scheme == "hospital"}
    if not codes:
        return None
    found = list(Organisation.objects.filter(code__in=codes))
    if len(codes) > 1 or len(found) != 1:
        raise unprocessable(
            Issue("code-invalid", "Hospital numbers are those of one organisation that is known "
                  "here.", "Patient.identifier")
        )  # fmt: skip
    return found[0]


def _refuse_taken(
    numbers: Iterable[Number], issuer: Organisation | None, patient: Patient | None
) -> None:
    """A number that somebody has is not given to another; which of the two is right, people say."""
    nhs = _nhs(numbers)
    taken = nhs is not None and nhs.is_verified and _is_somebody_elses(nhs.value, patient)
    for value in _hospital(numbers):
        taken = taken or number_is_taken("hospital", value, issued_by=issuer)
    if taken:
        raise Problem(
            409,
            Issue("duplicate", "Another record has one of these numbers. Use If-None-Exist with "
                  "the number to find it.", "Patient.identifier"),
        )  # fmt: skip


def _is_somebody_elses(number: str, patient: Patient | None) -> bool:
    held = Identifier.objects.filter(
        scheme=Identifier.Scheme.NHS, value=number, verified_at__isnull=False
    )
    return held.exclude(patient=patient).exists() if patient else held.exists()


def _practice(sent: PatientIn) -> Organisation | None:
    if not sent.practice:
        return None
    found = Organisation.objects.filter(pk=int(sent.practice), kind="practice").first()
    if found is None:
        raise unprocessable(
            Issue("not-found", "This is no general practice of this server.",
                  "Patient.generalPractitioner[0]")
        )  # fmt: skip
    return found


def _known(patient: Patient) -> set[tuple[Any, ...]]:
    rows = Identifier.objects.filter(patient=patient).exclude(scheme=Identifier.Scheme.DOUBTFUL)
    return set(rows.values_list("scheme", "value"))


def _new(patient: Patient, numbers: Iterable[Number]) -> list[Number]:
    merged = Identifier.objects.filter(patient__merged_into=patient)
    known = _known(patient) | set(merged.values_list("scheme", "value"))
    return [each for each in numbers if (each.scheme, each.value) not in known]


def _keeps_every_number(patient: Patient, numbers: Iterable[Number]) -> None:
    sent = {(each.scheme, each.value) for each in numbers}
    lost = {each for each in _known(patient) - sent if each[0] == "hospital"}
    if lost:
        raise unprocessable(
            Issue("business-rule", "A hospital number is added and never taken away here. Send "
                  "every number that was read.", "Patient.identifier")
        )  # fmt: skip
