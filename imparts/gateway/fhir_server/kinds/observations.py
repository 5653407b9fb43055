"""Observation and Condition: scores, their parts, numbers of forms, measures of the body."""

from django.db.models import Q

from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, Addresses
from imparts.gateway.fhir.condition import IN_ERROR, VERIFICATION
from imparts.gateway.fhir_server.body_sent import take_diagnosis, take_measure
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Date,
    PatientReference,
    Reference,
    Token,
    uuid_key,
)
from imparts.gateway.fhir_server.queries import body, scored
from imparts.gateway.fhir_server.queries.encounters import sittings_at
from imparts.gateway.fhir_server.registry import Kind, Reader, number_or_nothing, register
from imparts.gateway.fhir_server.units import codes_of
from imparts.library import queries as library


def _category(*codes: str):  # type: ignore[no-untyped-def] # what finds rows
    def finds(asked: Code, reader: Reader) -> Q:
        is_it = asked.code in codes and asked.system in (None, KINDS_OF_OBSERVATION)
        return Q() if is_it else NOBODY

    return finds


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


def _scored(start: str):  # type: ignore[no-untyped-def] # what finds rows
    """Statuses of scores; `start` leads from the row to its score."""

    def finds(asked: Code, reader: Reader) -> Q:
        in_error = Q(**{f"{start}is_withdrawn": True})
        corrected = Q(**{f"{start}corrects__isnull": False})
        whole = Q(**{f"{start}status": "complete"})
        ways = {
            "entered-in-error": in_error,
            "amended": ~in_error & corrected & whole,
            "final": ~in_error & ~corrected & whole,
            "preliminary": ~in_error & ~whole,
        }
        return ways.get(asked.code, NOBODY)

    return finds


def _measured(asked: Code, reader: Reader) -> Q:
    ways = {
        "final": Q(corrected_by__isnull=True),
        "amended": Q(corrected_by__is_withdrawn=False),
        "entered-in-error": Q(corrected_by__is_withdrawn=True),
    }
    return ways.get(asked.code, NOBODY)


def _around(person: str, sitting: str) -> dict[str, Reference]:
    """The parameters that lead to a person, a response and a visit."""
    return {
        "patient": PatientReference(path=person, element="subject"),
        "subject": PatientReference(path=person, element="subject"),
        "derived-from": Reference(
            path=sitting.replace("sitting", "response"), element="derivedFrom",
            targets=("QuestionnaireResponse",), keys=uuid_key,
        ),
        "encounter": Reference(
            element="encounter", targets=("Encounter",),
            finds=lambda kind, written, reader: Q(**{f"{sitting}__in": sittings_at(written)}),
        ),
    }  # fmt: skip


register(
    Kind(
        type="Observation",
        rows=scored.rows,
        render=scored.render,
        person="patient_id",
        ids=scored.whole_named,
        stored="_stored",
        sort={"date": "completed_at"},
        search={
            **_around("patient_id", "sitting"),
            "code": Token(finds=_of_whole, example="http://loinc.org|44261-6"),
            "date": Date(path="completed_at", example="ge2026-11-01"),
            "category": Token(finds=_category("survey"), example="survey"),
            "status": Token(finds=_scored(""), example="final"),
        },
        create=take_measure,
        documentation="Scores, each part of a score, numbers that forms work out, and measures "
        "of the body. Only measures of the body are taken in.",
    )
)

register(
    Kind(
        type="Observation",
        rows=scored.part_rows,
        render=scored.render_parts,
        person="score__patient_id",
        ids=scored.part_named,
        stored="_stored",
        sort={"date": "score__completed_at"},
        search={
            **_around("score__patient_id", "score__sitting"),
            "code": Token(finds=_of_part, example="hads.anxiety"),
            "date": Date(path="score__completed_at", example="ge2026-11-01"),
            "category": Token(finds=_category("survey"), example="survey"),
            "status": Token(finds=_scored("score__"), example="final"),
        },
    )
)

register(
    Kind(
        type="Observation",
        rows=scored.number_rows,
        render=scored.render_numbers,
        person="score__patient_id",
        ids=scored.part_named,
        stored="_stored",
        sort={"date": "score__completed_at"},
        search={
            **_around("score__patient_id", "score__sitting"),
            "code": Token(finds=lambda asked, reader: NOBODY, example="http://loinc.org|44261-6"),
            "date": Date(path="score__completed_at", example="ge2026-11-01"),
            "category": Token(finds=_category("survey"), example="survey"),
            "status": Token(finds=_scored("score__"), example="final"),
        },
    )
)

register(
    Kind(
        type="Observation",
        rows=body.measure_rows,
        render=body.render_measures,
        person="patient_id",
        ids=body.measure_named,
        stored="_stored",
        sort={"date": "measured_on"},
        search={
            "patient": PatientReference(path="patient_id", element="subject"),
            "subject": PatientReference(path="patient_id", element="subject"),
            "code": Token(finds=_of_measure, example="hba1c"),
            "date": Date(path="measured_on", of="day", example="ge2026-11-01"),
            "category": Token(finds=_category("exam", "vital-signs"), example="exam"),
            "status": Token(finds=_measured, example="final"),
        },
    )
)


def _diagnosed(asked: Code, reader: Reader) -> Q:
    system = next((own for own, url in body.SYSTEMS.items() if url == asked.system), asked.system)
    found = Q(code=asked.code)
    return found if asked.system is None else found & Q(system=system)


def _verified(asked: Code, reader: Reader) -> Q:
    if asked.code != IN_ERROR or asked.system not in (None, VERIFICATION):
        return NOBODY
    return Q(corrected_by__is_withdrawn=True)


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
            "patient": PatientReference(path="patient_id", element="subject"),
            "subject": PatientReference(path="patient_id", element="subject"),
            "code": Token(finds=_diagnosed, example="http://snomed.info/sct|69896004"),
            "recorded-date": Date(path="at", example="ge2026-11-01"),
            "onset-date": Date(path="diagnosed_on", of="day", example="ge2020"),
            "verification-status": Token(finds=_verified, example="entered-in-error"),
            "category": Token(
                finds=lambda asked, reader: Q() if asked.code == "encounter-diagnosis" else NOBODY,
                example="encounter-diagnosis",
            ),
        },
        create=take_diagnosis,
        documentation="Diagnoses that staff typed or the hospital's record sent; never judged. "
        "Whether one is still active is not known here.",
    )
)
