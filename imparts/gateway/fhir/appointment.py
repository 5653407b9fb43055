"""Appointment and Encounter: who is expected when, and what came of it; and stays in hospital.

When an appointment ends is not known here. FHIR wants an end wherever there is a start, so the end
stands there with the extension that says that it is unknown, and no moment is made up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses, coding
from imparts.gateway.fhir.extensions import not_answered
from imparts.gateway.fhir.identifiers import UK_CORE
from imparts.gateway.fhir.patient import instant, meta

Json = dict[str, Any]

APPOINTMENT_PROFILE = f"{UK_CORE}/UKCore-Appointment"
ENCOUNTER_PROFILE = f"{UK_CORE}/UKCore-Encounter"
KINDS_OF_ENCOUNTER = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
STATUSES = {
    "booked": "booked",
    "arrived": "arrived",
    "in_room": "checked-in",
    "left": "fulfilled",
    "did_not_attend": "noshow",
    "cancelled": "cancelled",
}
# An appointment whose patient was here after all only by mistake stands as planned again.
VISITS = {
    "booked": "planned",
    "did_not_attend": "planned",
    "cancelled": "cancelled",
    "arrived": "arrived",
    "in_room": "in-progress",
    "left": "finished",
}
STAYS = {
    "expected": "planned",
    "here": "in-progress",
    "left": "finished",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """One appointment."""

    id: str
    version: str
    stored_at: datetime
    state: str
    starts_at: datetime
    patient: str
    service: str
    service_words: str
    organisation_code: str
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class EncounterFacts:
    """A visit to a clinic, or a stay in hospital."""

    id: str
    version: str
    stored_at: datetime
    status: str
    is_stay: bool
    patient: str
    organisation: str
    began_at: datetime | None = None
    ended_at: datetime | None = None
    service_words: str = ""
    appointment: str = ""
    place: str = ""
    number: str = ""
    number_system: str = ""


def appointment_of(facts: AppointmentFacts, addresses: Addresses | None = None) -> Json:
    """An appointment as an Appointment."""
    numbered = {
        "system": numbers_of(facts.organisation_code, "appointment", addresses),
        "value": facts.record_number,
    }
    who = ((f"Patient/{facts.patient}", ""),
           (f"HealthcareService/{facts.service}", facts.service_words))  # fmt: skip
    return filled(
        {
            "resourceType": "Appointment",
            "id": facts.id,
            "meta": meta(facts.version, facts.stored_at, profile=APPOINTMENT_PROFILE),
            "identifier": [numbered] if facts.record_number else [],
            "status": STATUSES[facts.state],
            "start": instant(facts.starts_at),
            "_end": {"extension": [not_answered("unknown")]},
            "participant": [
                {
                    "actor": reference(written) | ({"display": words} if words else {}),
                    "status": "accepted",
                }
                for written, words in who
            ],
        }
    )


def encounter_of(facts: EncounterFacts) -> Json:
    """A visit or a stay as an Encounter."""
    is_one = coding(KINDS_OF_ENCOUNTER, "IMP", "inpatient encounter")
    period = {
        "start": facts.began_at.isoformat(timespec="seconds") if facts.began_at else "",
        "end": facts.ended_at.isoformat(timespec="seconds") if facts.ended_at else "",
    }
    numbered = {"system": facts.number_system, "value": facts.number}
    return filled(
        {
            "resourceType": "Encounter",
            "id": facts.id,
            "meta": meta(facts.version, facts.stored_at, profile=ENCOUNTER_PROFILE),
            "identifier": [numbered] if facts.number else [],
            "status": facts.status,
            "class": is_one if facts.is_stay else coding(KINDS_OF_ENCOUNTER, "AMB", "ambulatory"),
            "serviceType": {"text": facts.service_words} if facts.service_words else {},
            "subject": reference(f"Patient/{facts.patient}"),
            "appointment": [reference(facts.appointment)] if facts.appointment else [],
            "period": filled(period),
            "location": [{"location": {"display": facts.place}}] if facts.place else [],
            "serviceProvider": reference(f"Organization/{facts.organisation}"),
        }
    )


def numbers_of(organisation_code: str, what: str, addresses: Addresses | None = None) -> str:
    """The address of an organisation's own numbers for its appointments or visits."""
    return (addresses or Addresses()).numbers(f"{what}/{organisation_code}")
