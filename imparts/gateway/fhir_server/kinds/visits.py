"""Appointment and Encounter: who is expected, who came, and who stays in hospital."""

from django.db.models import Q

from imparts.gateway.fhir.appointment import (
    APPOINTMENT_PROFILE,
    ENCOUNTER_PROFILE,
    KINDS_OF_ENCOUNTER,
    STATUSES,
    STAYS,
    VISITS,
)
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Date,
    PatientReference,
    Reference,
    Token,
    matches,
    number_key,
    uuid_key,
)
from imparts.gateway.fhir_server.queries import visits
from imparts.gateway.fhir_server.registry import Kind, Reader, Story, register


def _words(table: dict[str, str]) -> dict[str, list[str]]:
    return {said: [own for own in table if table[own] == said] for said in table.values()}


def _of_class(code: str):
    def finds(asked: Code, reader: Reader) -> Q:
        is_it = asked.code == code and asked.system in (None, KINDS_OF_ENCOUNTER)
        return Q() if is_it else NOBODY

    return finds


_PATIENT = PatientReference(path="patient_id", element="subject", example="Patient/…")
_PROVIDER = {"element": "serviceProvider", "targets": ("Organization",), "keys": number_key}

register(
    Kind(
        type="Appointment",
        rows=visits.appointments,
        render=visits.render_appointments,
        person="patient_id",
        stored="_stored",
        sort={"date": "at"},
        search={
            "patient": PatientReference(path="patient_id", element="participant.actor"),
            "actor": Reference(
                element="participant.actor", targets=("HealthcareService", "Patient"),
                finds=visits.with_actor,
            ),
            "date": Date(path="at", example="ge2026-11-01"),
            "status": Token(
                finds=matches("_stands", "http://hl7.org/fhir/appointmentstatus", _words(STATUSES)),
                example="booked",
            ),
            "identifier": Token(finds=visits.numbered("record_number", "appointment")),
        },
        story=Story(
            rows=visits.moves, subject="appointment_id", at="at", render=visits.render_moves
        ),
        profiles=(APPOINTMENT_PROFILE,),
        documentation="Appointments at the services of whoever asks. When one ends is not known.",
    )
)  # fmt: skip
register(
    Kind(
        type="Encounter",
        rows=visits.visits,
        render=visits.render_visits,
        person="patient_id",
        stored="_stored",
        sort={"date": "_came"},
        search={
            "patient": _PATIENT,
            "subject": _PATIENT,
            "date": Date(path="_came", until="_left", example="ge2026-11-01"),
            "status": Token(
                finds=matches("_stands", "http://hl7.org/fhir/encounter-status", _words(VISITS)),
                example="finished",
            ),
            "class": Token(finds=_of_class("AMB"), example="AMB"),
            "appointment": Reference(
                path="pk", element="appointment", targets=("Appointment",), keys=uuid_key
            ),
            "service-provider": Reference(path="session__service__organisation_id", **_PROVIDER),
        },
        profiles=(ENCOUNTER_PROFILE,),
        documentation="Visits: appointments to which somebody came, by the same id.",
    )
)
register(
    Kind(
        type="Encounter",
        rows=visits.stays,
        render=visits.render_stays,
        person="patient_id",
        stored="_stored",
        sort={"date": "_came"},
        search={
            "patient": _PATIENT,
            "subject": _PATIENT,
            "date": Date(path="_came", until="_left", example="ge2026-11-01"),
            "status": Token(
                finds=matches("_stands", "http://hl7.org/fhir/encounter-status", _words(STAYS)),
                example="in-progress",
            ),
            "class": Token(finds=_of_class("IMP"), example="IMP"),
            "identifier": Token(finds=visits.numbered("visit_number", "visit")),
            "service-provider": Reference(path="organisation_id", **_PROVIDER),
        },
        documentation="Stays in hospital, as the hospital's own record tells them.",
    )
)
