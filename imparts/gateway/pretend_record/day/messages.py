"""Messages: what this record says of a person, as ADT, SIU and ORU of HL7 v2.5.1.

The application is PRETEND and the facility the code of the organisation, in MSH-3 and MSH-4.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from imparts.gateway.hl7v2.charsets import UTF_8
from imparts.gateway.hl7v2.message import (
    Composite,
    Given,
    Message,
    Segment,
    header,
    segment,
    write_message,
)
from imparts.gateway.hl7v2.moments import moment
from imparts.gateway.pretend_record.cast import Clinic, Person

APPLICATION = "PRETEND"
_TO = "IMPARTS"
_SEXES = {"female": "F", "male": "M", "indeterminate": "A"}
_STRUCTURES = {
    "A02": "ADT_A02", "A03": "ADT_A03", "A04": "ADT_A01", "A05": "ADT_A05", "A08": "ADT_A01",
    "A11": "ADT_A09", "A13": "ADT_A01", "A28": "ADT_A05", "A31": "ADT_A05", "A40": "ADT_A39",
}  # fmt: skip
_BOOKED = {"S12": "Booked", "S13": "Booked", "S14": "Booked", "S15": "Cancelled", "S26": "Noshow"}


@dataclass(frozen=True, slots=True)
class Place:
    """A bed."""

    ward: str = "Juniper"
    bay: str = "B"
    bed: str = "4"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure, as a laboratory or a ward sends it."""

    code: str
    words: str
    value: str
    unit: str
    system: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to be said of one person."""

    event: str  # A08, S12, R01
    person: Person
    clinic: Clinic
    at: datetime  # when it happened, and was said
    place: Place = Place()
    was: Place | None = None  # before a transfer
    postcode: str = ""
    old_number: str = ""  # of a merge: the number that goes
    appointment: str = ""
    starts_at: datetime | None = None
    reason: str = ""
    measures: tuple[Measure, ...] = ()
    diagnosis: tuple[str, str] | None = None  # code and words
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None

    def by(self, minutes: int, event: str) -> "Said":
        """Of the same person, so much later."""
        return replace(self, event=event, at=self.at + timedelta(minutes=minutes))


def write(said: Said, *, control_id: str) -> str:
    """The message."""
    if said.event.startswith("S"):
        body = _appointment(said)
    elif said.event == "R01":
        body = _measures(said)
    else:
        body = _movement(said)
    return write_message(Message((_header(said, control_id), *body)))


def _header(said: Said, control_id: str) -> Segment:
    facility = said.person.organisation
    event = said.event
    kind = {"S": "SIU", "R": "ORU"}.get(event[0], "ADT")
    structure = {"SIU": "SIU_S12", "ORU": "ORU_R01"}.get(kind, _STRUCTURES.get(event, "ADT_A01"))
    return header(
        {
            3: APPLICATION,
            4: facility,
            5: _TO,
            6: facility,
            7: moment(said.at),
            9: (kind, event, structure),
            10: control_id,
            11: "P",
            12: "2.5.1",
            17: "GBR",
            18: UTF_8,
        }
    )


def _movement(said: Said) -> list[Segment]:
    event = segment("EVN", {1: said.event, 2: moment(said.at), 6: moment(said.at)})
    patient = _patient(said)
    if said.event == "A40":
        gone = (said.old_number, "", "", said.person.organisation, "MR")
        return [event, patient, segment("MRG", {1: gone})]
    if said.event in ("A28", "A31"):
        return [event, patient, segment("PV1", {1: "1", 2: "N"})]
    told = [event, patient, _visit(said)]
    if said.diagnosis:
        code, words = said.diagnosis
        told.append(segment("DG1", {1: "1", 3: (code, words, "I10"), 5: moment(said.at), 6: "F"}))
    return told


def _patient(said: Said) -> Segment:
    person = said.person
    numbers: list[str | Composite] = [(person.number, "", "", person.organisation, "MR")]
    if person.nhs_number:
        numbers.append((person.nhs_number, "", "", "NHS", "NH"))
    fields: dict[int, Given] = {
        1: "1",
        3: numbers,
        5: (person.family, person.given, "", "", "", "", "L"),
        7: person.born_on.replace("-", ""),
        8: _SEXES.get(person.sex, "U"),
    }
    if said.postcode:
        fields[11] = ("1 Invented Row", "", "Fernhollow", "", said.postcode, "GBR", "H")
    if person.nhs_number:
        fields[32] = "01"
    return segment("PID", fields)


def _visit(said: Said) -> Segment:
    person = said.person
    if said.event == "A04":
        place: Given = (said.clinic.code, "", "", person.organisation)
        kind, visit = "O", f"{person.number}-O"
    else:
        place = _bed(said.place, person)
        kind, visit = "I", f"{person.number}-{said.admitted_at or said.at:%y%m%d}"
    fields: dict[int, Given] = {1: "1", 2: "P" if said.event == "A05" else kind, 3: place}
    if said.was:
        fields[6] = _bed(said.was, person)
    fields[10] = said.clinic.code
    fields[19] = (visit, "", "", person.organisation, "VN")
    fields[44] = moment(said.admitted_at or said.at)
    if said.discharged_at:
        fields[45] = moment(said.discharged_at)
    return segment("PV1", fields)


def _bed(place: Place, person: Person) -> Given:
    return (place.ward, place.bay, place.bed, person.organisation)


def _appointment(said: Said) -> list[Segment]:
    starts = said.starts_at or said.at
    ends = starts + timedelta(minutes=20)
    clinic = said.clinic
    return [
        segment(
            "SCH",
            {
                1: said.appointment,
                2: said.appointment,
                6: ("ROUTINE", "Routine"),
                7: said.reason,
                9: "20",
                10: ("min", "minutes", "UCUM"),
                11: ("", "", "", moment(starts), moment(ends)),
                25: _BOOKED.get(said.event, "Booked"),
            },
        ),
        _patient(said),
        segment("PV1", {1: "1", 2: "O", 3: (clinic.code, "", "", clinic.organisation),
                        10: clinic.code}),
        segment("RGS", {1: "1"}),
        segment("AIS", {1: "1", 3: (clinic.code, clinic.name, "L"), 4: moment(starts), 7: "20",
                        8: ("min", "minutes", "UCUM")}),
        segment("AIL", {1: "1", 3: (clinic.code, "", "", clinic.organisation)}),
    ]  # fmt: skip


def _measures(said: Said) -> list[Segment]:
    report = segment(
        "OBR",
        {
            1: "1",
            3: f"{said.person.number}-{said.at:%y%m%d%H%M%S}",
            4: ("MEASURES", "Measures taken in clinic", "L"),
            7: moment(said.at),
            22: moment(said.at),
            25: "F",
        },
    )
    observed = [_observed(place, each, said) for place, each in enumerate(said.measures, start=1)]
    return [_patient(said), report, *observed]


def _observed(place: int, measure: Measure, said: Said) -> Segment:
    unit = (measure.unit, measure.unit, "UCUM") if measure.unit else ""
    return segment(
        "OBX",
        {
            1: str(place),
            2: "NM",
            3: (measure.code, measure.words, measure.system),
            5: measure.value,
            6: unit,
            11: "F",
            14: moment(said.at),
        },
    )
