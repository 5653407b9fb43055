"""Appointment and Encounter: who is expected, who came, and who stays in hospital."""

from collections.abc import Mapping
from typing import Any

from imparts.gateway.fhir.appointment import (
    APPOINTMENT_PROFILE,
    ENCOUNTER_PROFILE,
    KINDS_OF_ENCOUNTER,
    STATUSES,
    STAYS,
    VISITS,
)
from imparts.gateway.fhir_server.finders import always, matches
from imparts.gateway.fhir_server.parameters import (
    Date,
    Param,
    PatientReference,
    Reference,
    Token,
    of_person,
    to_number,
    to_uuid,
)
from imparts.gateway.fhir_server.queries import visits
from imparts.gateway.fhir_server.registry import Kind, Story, register


def _encounter(
    code: str, statuses: Mapping[str, str], own: Mapping[str, Param], **more: Any
) -> Kind:
    """One class of encounters, with the parameters that are its own."""
    status = matches("_stands", "http://hl7.org/fhir/encounter-status", statuses)
    return Kind(
        type="Encounter",
        person="patient_id",
        stored="_stored",
        sort={"date": "_came"},
        search={
            **of_person("patient_id"),
            "date": Date(path="_came", until="_left", example="ge2026-11-01"),
            "status": Token(finds=status, example="in-progress"),
            "class": Token(finds=always(code, system=KINDS_OF_ENCOUNTER), example=code),
            **own,
        },
        **more,
    )


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
                finds=matches("_stands", "http://hl7.org/fhir/appointmentstatus", STATUSES),
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
    _encounter(
        "AMB",
        VISITS,
        {
            "appointment": to_uuid("Appointment", "pk", "appointment"),
            "service-provider": to_number(
                "Organization", "session__service__organisation_id", "serviceProvider"
            ),
        },
        rows=visits.visits,
        render=visits.render_visits,
        profiles=(ENCOUNTER_PROFILE,),
        documentation="Visits: appointments to which somebody came, by the same id.",
    )
)
register(
    _encounter(
        "IMP",
        STAYS,
        {
            "identifier": Token(finds=visits.numbered("visit_number", "visit")),
            "service-provider": to_number("Organization", "organisation_id", "serviceProvider"),
        },
        rows=visits.stays,
        render=visits.render_stays,
        documentation="Stays in hospital, as the hospital's own record tells them.",
    )
)
