"""The result message: the facts of one response as ORU^R01 of HL7 version 2.5.1.

MSH, PID, PV1, ORC, OBR with its notes, then one OBX for the total, one for the band (where the
instrument has bands), one or two for each subscale, and one for each item that applied, in the
order of the instrument.

Choices, each to be agreed with the hospital that receives them:

- Codes: LOINC first, then SNOMED CT or our own ("99IMPARTS": phq9.total, phq9.q9). The texts are
  ours, word for word as the patient read them, because a LOINC text is not always the same.
- An answer in words is coded (CWE), with its number as second code; an answer that is just a
  number, as on a scale of 0 to 10, is a number (NM); free text is TX.
- A question that was not answered is sent too, without type or value, with status X ("results
  cannot be obtained") and a note saying whether the patient chose not to answer or did not reach
  it. Left out, it would look as if it had never been asked; sent as a value, it could be counted.
- Status is F only when the form is complete, P when prorated or incomplete, with a note on the
  total; C when this message corrects an earlier one of the same OBR-3.
- Parts without a total (HADS) have no OBX for a total: an empty one would look like no score. A
  profile (11223) is text. See parts.py.
- A form that someone else wrote has no total: each number that it works out is an OBX under its
  author's words, and a note says that imparts has not checked the formula.
- OBX-8 is A where a flag of the instrument's file fired, on the item or on the total.
- PID-3: the hospital's number (MR), the national one (NH, authority NHS, CHI or HCN), then our own
  id (PI). PID-32 is the NHS number's status: 01 present and traced, 02 present, not traced.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from imparts.gateway.hl7v2.charsets import UTF_8
from imparts.gateway.hl7v2.drafts import OUR_CODES, status_of
from imparts.gateway.hl7v2.message import (
    Composite,
    Given,
    Message,
    Segment,
    header,
    segment,
    write_message,
)
from imparts.gateway.hl7v2.observations import observations
from imparts.rules.record.cautions import IN_UK_UNITS, OWN_WORDS, is_asked_in_uk_units
from imparts.rules.record.result_facts import IdentifierFacts, PatientFacts, ResultFacts

SENDER = "IMPARTS"
VERSION = "2.5.1"
_CLOCKS = ZoneInfo("Europe/London")
_SEXES = {"female": "F", "male": "M", "indeterminate": "A"}
_AUTHORITIES = {"nhs": "NHS", "chi": "CHI", "hcn": "HCN"}
_ORDER = ("local", *_AUTHORITIES)
_HELPED_BY = {
    "nobody": "nobody",
    "family": "family or a friend",
    "staff": "a member of staff",
    "interpreter": "an interpreter",
}


def write_result(
    facts: ResultFacts, *, control_id: str, made_at: datetime, processing: str = "P"
) -> str:
    """The message. `processing` is MSH-11: P in production, T where nothing is real."""
    return write_message(
        Message(
            (
                _header(facts, control_id, made_at, processing),
                _patient(facts.patient),
                _visit(facts),
                segment("ORC", {1: "RE", 3: facts.response_id}),
                _report(facts),
                *_notes_on_report(facts),
                *observations(facts),
            )
        )
    )


def _header(facts: ResultFacts, control_id: str, made_at: datetime, processing: str) -> Segment:
    return header(
        {
            3: SENDER,
            4: facts.organisation.code,
            7: _moment(made_at),
            9: ("ORU", "R01", "ORU_R01"),
            10: control_id,
            11: processing,
            12: VERSION,
            17: "GBR",
            18: UTF_8,
        }
    )


def _patient(patient: PatientFacts) -> Segment:
    fields: dict[int, Given] = {
        1: "1",
        3: [*_numbers(patient)],
        5: (patient.family, patient.given, "", "", "", "", "L"),
        7: patient.born_on.strftime("%Y%m%d") if patient.born_on else "",
        8: _SEXES.get(patient.sex, "U"),
    }
    national = [each for each in patient.identifiers if each.scheme == "nhs"]
    if national:
        fields[32] = "01" if national[0].verified else "02"
    return segment("PID", fields)


def _numbers(patient: PatientFacts) -> Iterator[Composite]:
    for each in sorted(patient.identifiers, key=_place_in_order):
        if each.scheme in _AUTHORITIES:
            yield (each.value, "", "", _AUTHORITIES[each.scheme], "NH")
        else:
            yield (each.value, "", "", each.authority, "MR")
    yield (patient.id, "", "", SENDER, "PI")


def _place_in_order(each: IdentifierFacts) -> int:
    return _ORDER.index(each.scheme) if each.scheme in _ORDER else 0


def _visit(facts: ResultFacts) -> Segment:
    place = (
        facts.service.code,
        "",
        "",
        facts.organisation.code,
        "",
        "",
        "",
        "",
        facts.service.name,
    )
    fields: dict[int, Given] = {1: "1", 2: "O", 3: place}
    if facts.appointment_id:
        fields[19] = (facts.appointment_id, "", "", SENDER, "VN")
    return segment("PV1", fields)


def _report(facts: ResultFacts) -> Segment:
    asked = facts.instrument
    ours = (asked.id, f"{asked.short_title}, version {asked.version}", OUR_CODES)
    coded = (asked.loinc_panel, asked.title, "LN", *ours) if asked.loinc_panel else ours
    return segment(
        "OBR",
        {
            1: "1",
            3: facts.response_id,
            4: coded,
            7: _moment(facts.completed_at),
            22: _moment(facts.completed_at),
            25: status_of(facts),
        },
    )


def _notes_on_report(facts: ResultFacts) -> Iterator[Segment]:
    for number, words in enumerate(_words_on_report(facts), start=1):
        yield segment("NTE", {1: str(number), 2: "L", 3: words})


def _words_on_report(facts: ResultFacts) -> Iterator[str]:
    if facts.who_helped:
        helper = _HELPED_BY.get(facts.who_helped, facts.who_helped)
        yield f"Answered by the patient. Helped by: {helper}."
    if facts.language not in ("", "en"):
        yield f"Asked in the language: {facts.language}."
    if is_asked_in_uk_units(facts.instrument.id):
        yield IN_UK_UNITS
    if any(item.loinc for item in facts.items):
        yield OWN_WORDS
    yield from facts.notes


def _moment(at: datetime) -> str:
    return at.astimezone(_CLOCKS).strftime("%Y%m%d%H%M%S%z")
