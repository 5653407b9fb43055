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
  total; C when this message corrects an earlier one of the same OBR-3; W, without any value, when
  the answers turned out to be another person's (drafts.py says why W). OBR-25 is then C: table 0123
  has no W.
- Parts without a total (HADS) have no OBX for a total: an empty one would look like no score. A
  profile (11223) is text. See parts.py.
- A form that someone else wrote has no total: each number that it works out is an OBX under its
  author's words, and a note says that imparts has not checked the formula.
- OBX-8 is A where a flag of the instrument's file fired, on the item or on the total.
- PID-3: the hospital's number (MR), the national one (NH, authority NHS, CHI or HCN), then our own
  id (PI). PID-32 is the NHS number's status: 01 present and traced, 02 present, not traced.

Each destination may have it otherwise: facts.mapping says how (rules/record/mapping.py).
"""

from collections.abc import Iterator
from datetime import datetime

from imparts.gateway.hl7v2.drafts import OUR_CODES, WRONG_PERSON, coded, status_of
from imparts.gateway.hl7v2.mapped import mapped
from imparts.gateway.hl7v2.message import Message, Segment, segment, write_message
from imparts.gateway.hl7v2.moments import moment
from imparts.gateway.hl7v2.observations import observations
from imparts.gateway.hl7v2.whose import About, header_of, patient_of, visit_of
from imparts.rules.record.cautions import IN_UK_UNITS, OWN_WORDS, is_asked_in_uk_units
from imparts.rules.record.result_facts import ResultFacts

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
    about = About.of(facts)
    message = Message(
        (
            header_of(about, ("ORU", "R01", "ORU_R01"), control_id, made_at, processing),
            patient_of(about),
            visit_of(about),
            segment("ORC", {1: "RE", 3: facts.response_id}),
            _report(facts),
            *_notes_on_report(facts),
            *observations(facts),
        )
    )
    return write_message(mapped(message, facts.mapping))


def _report(facts: ResultFacts) -> Segment:
    asked = facts.instrument
    ours = (asked.id, f"{asked.short_title}, version {asked.version}", OUR_CODES)
    panel = facts.mapping.of(asked.id).panel
    code = coded(ours, panel, (asked.loinc_panel, asked.title, "LN"))
    return segment(
        "OBR",
        {
            1: "1",
            3: facts.response_id,
            4: code,
            7: moment(facts.completed_at),
            22: moment(facts.completed_at),
            25: "C" if facts.is_withdrawn else status_of(facts),
        },
    )


def _notes_on_report(facts: ResultFacts) -> Iterator[Segment]:
    for number, words in enumerate(_words_on_report(facts), start=1):
        yield segment("NTE", {1: str(number), 2: "L", 3: words})


def _words_on_report(facts: ResultFacts) -> Iterator[str]:
    if facts.is_withdrawn:
        yield WRONG_PERSON
        return
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
