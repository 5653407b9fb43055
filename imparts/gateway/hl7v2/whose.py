"""Whose: the header, the patient and the visit, the same in every message that we send."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.charsets import UTF_8
from imparts.gateway.hl7v2.message import Composite, Given, Segment, header, segment
from imparts.gateway.hl7v2.moments import moment
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.mapping import OURS, DestinationMapping
from imparts.rules.record.result_facts import (
    IdentifierFacts,
    PatientFacts,
    PlaceFacts,
    ResultFacts,
)

SENDER = "IMPARTS"
VERSION = "2.5.1"
_SEXES = {"female": "F", "male": "M", "indeterminate": "A"}
# CHI and H&C numbers as NH of their own authorities is our choice, not a standard of theirs: a
# mapping may say otherwise.
_AUTHORITIES = {"nhs": "NHS", "chi": "CHI", "hcn": "HCN"}
_ORDER = ("local", *_AUTHORITIES)


@dataclass(frozen=True, slots=True)
class About:
    """Whom a message is about and where it comes from."""

    patient: PatientFacts
    service: PlaceFacts
    organisation: PlaceFacts
    appointment_id: str
    mapping: DestinationMapping

    @classmethod
    def of(cls, facts: ResultFacts | DocumentFacts) -> "About":
        """That of a result or of a document."""
        return cls(
            facts.patient, facts.service, facts.organisation, facts.appointment_id, facts.mapping
        )


def header_of(
    about: About, kind: Composite, control_id: str, made_at: datetime, processing: str
) -> Segment:
    """MSH."""
    sender, receiver = about.mapping.sender, about.mapping.receiver
    return header(
        {
            3: sender.application or SENDER,
            4: sender.facility or about.organisation.code,
            5: receiver.application,
            6: receiver.facility,
            7: moment(made_at),
            9: kind,
            10: control_id,
            11: processing,
            12: VERSION,
            17: "GBR",
            18: UTF_8,
        }
    )


def patient_of(about: About) -> Segment:
    """PID."""
    patient = about.patient
    fields: dict[int, Given] = {
        1: "1",
        3: [*_numbers(patient, about.mapping)],
        5: (patient.family, patient.given, "", "", "", "", "L"),
        7: patient.born_on.strftime("%Y%m%d") if patient.born_on else "",
        8: _SEXES.get(patient.sex, "U"),
    }
    national = [each for each in patient.identifiers if each.scheme == "nhs"]
    if national:
        fields[32] = "01" if national[0].verified else "02"
    return segment("PID", fields)


def _numbers(patient: PatientFacts, mapping: DestinationMapping) -> Iterator[Composite]:
    for each in sorted(patient.identifiers, key=_place_in_order):
        asked = mapping.number(each.scheme, each.authority)
        usual = (each.authority, "MR")
        if each.scheme in _AUTHORITIES:
            usual = (_AUTHORITIES[each.scheme], "NH")
        yield (each.value, "", "", asked.authority or usual[0], asked.type or usual[1])
    own = mapping.number(OURS)
    if not own.is_left_out or not patient.identifiers:  # nobody is without any number
        yield (patient.id, "", "", own.authority or SENDER, own.type or "PI")


def _place_in_order(each: IdentifierFacts) -> int:
    return _ORDER.index(each.scheme) if each.scheme in _ORDER else 0


def visit_of(about: About) -> Segment:
    """PV1."""
    here = about.mapping.sender.facility or about.organisation.code
    place = (about.service.code, "", "", here, "", "", "", "", about.service.name)
    fields: dict[int, Given] = {1: "1", 2: "O", 3: place}
    if about.appointment_id:
        fields[19] = (about.appointment_id, "", "", SENDER, "VN")
    return segment("PV1", fields)
