"""CarePlan and Task: what the pathways suggested after a visit, and what was decided."""

from django.db.models import Q

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Date,
    PatientReference,
    Reference,
    Token,
    number_key,
)
from imparts.gateway.fhir_server.queries import plans
from imparts.gateway.fhir_server.registry import Kind, Reader, number_or_nothing, register


def _is(code: str):  # type: ignore[no-untyped-def] # what finds rows
    def finds(asked: Code, reader: Reader) -> Q:
        return Q() if asked.code == code else NOBODY

    return finds


def _step(asked: Code, reader: Reader) -> Q:
    if asked.system not in (None, Addresses().system("pathway-steps")):
        return NOBODY
    return Q(step=asked.code)


register(
    Kind(
        type="CarePlan",
        rows=plans.rows,
        render=plans.render,
        person="patient_id",
        ids=number_or_nothing,
        stored="_stored",
        made="at",
        sort={"date": "at"},
        search={
            "patient": PatientReference(path="patient_id", element="subject"),
            "subject": PatientReference(path="patient_id", element="subject"),
            "date": Date(path="at", until="at", example="ge2026-11-01"),
            "status": Token(
                finds=lambda asked, reader: plans.standing(asked.code), example="active"
            ),
            "category": Token(finds=_is("pathway"), example="pathway"),
            "intent": Token(finds=_is("proposal"), example="proposal"),
        },
        documentation="What the pathways suggested after one visit. A clinician decides about "
        "each step.",
    )
)

register(
    Kind(
        type="Task",
        rows=plans.step_rows,
        render=plans.render_steps,
        person="entry__patient_id",
        ids=plans.step_named,
        stored="_stored",
        made="entry__at",
        sort={"authored-on": "entry__at"},
        search={
            "patient": PatientReference(path="entry__patient_id", element="for"),
            "subject": PatientReference(path="entry__patient_id", element="for"),
            "authored-on": Date(path="entry__at", example="ge2026-11-01"),
            "modified": Date(path="_stored", example="ge2026-11-01"),
            "status": Token(
                finds=lambda asked, reader: plans.decided(asked.code), example="requested"
            ),
            "code": Token(finds=_step, example="talk"),
            "intent": Token(finds=_is("proposal"), example="proposal"),
            "based-on": Reference(
                path="entry_id", element="basedOn", targets=("CarePlan",), keys=number_key,
                example="CarePlan/1",
            ),
        },
        documentation="One suggested step: requested until somebody decides, completed, or on "
        "hold with the reason.",
    )
)  # fmt: skip
