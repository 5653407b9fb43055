"""Observation and Condition: scores, their parts, numbers of forms, measures of the body."""

from typing import Any

from django.db.models import Q

from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, Addresses
from imparts.gateway.fhir.condition import IN_ERROR, VERIFICATION
from imparts.gateway.fhir_server.body_sent import take_diagnosis, take_measure
from imparts.gateway.fhir_server.finders import always, one_of
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Date,
    Reference,
    Token,
    of_person,
    to_uuid,
)
from imparts.gateway.fhir_server.queries import body, scored
from imparts.gateway.fhir_server.queries.encounters import sittings_at
from imparts.gateway.fhir_server.registry import (
    Kind,
    Reader,
    number_after,
    number_or_nothing,
    register,
)
from imparts.gateway.fhir_server.units import codes_of
from imparts.library import queries as library

_MEASURED = {
    "final": Q(corrected_by__isnull=True),
    "amended": Q(corrected_by__is_withdrawn=False),
    "entered-in-error": Q(corrected_by__is_withdrawn=True),
}


def _of_whole(asked: Code, reader: Reader) -> Q:
    return Q(instrument__in=scored.keys_with_code(asked.system or "", asked.code))


def _of_part(asked: Code, reader: Reader) -> Q:
    if asked.system not in (None, Addresses().system("scores")):
        return NOBODY
    instrument, _, name = asked.code.partition(".")
    return Q(score__instrument=instrument, name=name)


def _of_measure(asked: Code, reader: Reader) -> Q:
    found = [
        kind.id
        for kind in library.physical_measures().values()
        for system, code in codes_of(kind)
        if code == asked.code and asked.system in (None, system)
    ]
    return Q(code__in=found)


def _standing(start: str) -> dict[str, Q]:
    in_error = Q(**{f"{start}is_withdrawn": True})
    corrected = Q(**{f"{start}corrects__isnull": False})
    whole = Q(**{f"{start}status": "complete"})
    return {
        "entered-in-error": in_error,
        "amended": ~in_error & corrected & whole,
        "final": ~in_error & ~corrected & whole,
        "preliminary": ~in_error & ~whole,
    }


def _scores(start: str, code: Token, **own: Any) -> Kind:
    """What comes of the answers to one questionnaire; `start` leads from a row to its score."""
    person, completed = f"{start}patient_id", f"{start}completed_at"
    return Kind(
        type="Observation",
        person=person,
        stored="_stored",
        sort={"date": completed},
        search={
            **of_person(person),
            "derived-from": to_uuid("QuestionnaireResponse", f"{start}response", "derivedFrom"),
            "encounter": Reference(
                element="encounter",
                targets=("Encounter",),
                finds=lambda _, written, reader: Q(**{f"{start}sitting__in": sittings_at(written)}),
            ),
            "code": code,
            "date": Date(path=completed, example="ge2026-11-01"),
            "category": Token(
                finds=always("survey", system=KINDS_OF_OBSERVATION), example="survey"
            ),
            "status": Token(finds=one_of(_standing(start)), example="final"),
        },
        **own,
    )


register(
    _scores(
        "",
        Token(finds=_of_whole, example="http://loinc.org|44261-6"),
        rows=scored.rows,
        render=scored.render,
        ids=scored.whole_named,
        create=take_measure,
        documentation="Scores, each part of a score, numbers that forms work out, and measures "
        "of the body. Only measures of the body are taken in.",
    )
)

register(
    _scores(
        "score__",
        Token(finds=_of_part, example="hads.anxiety"),
        rows=scored.part_rows,
        render=scored.render_parts,
        ids=scored.part_named,
    )
)

register(
    _scores(
        "score__",
        Token(finds=one_of({}), example="http://loinc.org|44261-6"),
        rows=scored.number_rows,
        render=scored.render_numbers,
        ids=scored.part_named,
    )
)

register(
    Kind(
        type="Observation",
        rows=body.measure_rows,
        render=body.render_measures,
        person="patient_id",
        ids=number_after("body"),
        stored="_stored",
        sort={"date": "_at"},
        search={
            **of_person("patient_id"),
            "code": Token(finds=_of_measure, example="hba1c"),
            "date": Date(path="measured_on", of="day", example="ge2026-11-01"),
            "category": Token(
                finds=always("exam", "vital-signs", system=KINDS_OF_OBSERVATION), example="exam"
            ),
            "status": Token(finds=one_of(_MEASURED), example="final"),
        },
    )
)


def _diagnosed(asked: Code, reader: Reader) -> Q:
    found = Q(code=asked.code)
    return found if asked.system is None else found & Q(system=body.kept_as(asked.system))


register(
    Kind(
        type="Condition",
        rows=body.diagnosis_rows,
        render=body.render_diagnoses,
        person="patient_id",
        ids=number_or_nothing,
        stored="_stored",
        made="at",
        sort={"recorded-date": "at"},
        search={
            **of_person("patient_id"),
            "code": Token(finds=_diagnosed, example="http://snomed.info/sct|69896004"),
            "recorded-date": Date(path="at", example="ge2026-11-01"),
            "onset-date": Date(path="diagnosed_on", of="day", example="ge2020"),
            "verification-status": Token(
                finds=one_of({IN_ERROR: Q(corrected_by__is_withdrawn=True)}, system=VERIFICATION),
                example="entered-in-error",
            ),
            "category": Token(finds=always("encounter-diagnosis"), example="encounter-diagnosis"),
        },
        create=take_diagnosis,
        documentation="Diagnoses that staff typed or the hospital's record sent; never judged. "
        "Whether one is still active is not known here.",
    )
)
