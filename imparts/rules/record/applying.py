"""Applying a mapping to the facts: what a destination does without is gone before it is written.

The codes, names and types that it wants stand in the mapping, which goes with the facts: whoever
writes them asks it there. Stored facts never change, so a mapping that is put right tomorrow tells
yesterday's waiting results rightly too.
"""

from dataclasses import replace
from typing import TypeVar

from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.mapping import AS_IT_IS, WITHOUT_NUMBER, DestinationMapping
from imparts.rules.record.result_facts import PatientFacts, ResultFacts
from imparts.rules.record.score_facts import PartFacts, ScoreFacts

_Told = TypeVar("_Told", ScoreFacts, PartFacts)


def apply(facts: ResultFacts, mapping: DestinationMapping) -> ResultFacts:
    """The facts as one destination wants them told."""
    if mapping == AS_IT_IS:
        return facts
    return replace(
        facts,
        patient=patient_as(facts.patient, mapping),
        items=() if mapping.leaves_out("items") else facts.items,
        score=_score(facts.score, mapping),
        notes=() if mapping.leaves_out("notes") else facts.notes,
        mapping=mapping,
    )


def patient_as(patient: PatientFacts, mapping: DestinationMapping) -> PatientFacts:
    """The patient without the numbers that a destination does not want."""
    kept = tuple(
        each
        for each in patient.identifiers
        if not mapping.number(each.scheme, each.authority).is_left_out
    )
    return replace(patient, identifiers=kept)


def _score(score: ScoreFacts, mapping: DestinationMapping) -> ScoreFacts:
    parts = () if mapping.leaves_out("parts") else score.parts
    if mapping.leaves_out("bands"):
        # A result in words has nothing but its band, which is then the result itself.
        band = score.band if score.score is None else ""
        score = replace(score, band=band)
        parts = tuple(replace(part, band="") for part in parts)
    if mapping.preliminary == WITHOUT_NUMBER:
        parts = tuple(_without_number(part) for part in parts)
        score = _without_number(score)
    return replace(score, parts=parts)


def _without_number(told: _Told) -> _Told:
    if told.status == "complete":
        return told
    return replace(told, score=None, lower=None, upper=None, band="", band_label="")


def apply_to_document(facts: DocumentFacts, mapping: DestinationMapping) -> DocumentFacts:
    """A document as one destination wants it."""
    if mapping == AS_IT_IS:
        return facts
    return replace(facts, patient=patient_as(facts.patient, mapping), mapping=mapping)
