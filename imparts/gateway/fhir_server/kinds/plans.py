"""CarePlan and Task: what the pathways suggested after a visit, and what was decided."""

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir_server.finders import always, holds, one_of
from imparts.gateway.fhir_server.parameters import Date, Token, of_person, to_number
from imparts.gateway.fhir_server.queries import plans
from imparts.gateway.fhir_server.registry import Kind, number_or_nothing, register

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
            **of_person("patient_id"),
            "date": Date(path="at", until="at", example="ge2026-11-01"),
            "status": Token(finds=one_of(plans.STATUSES), example="active"),
            "category": Token(finds=always("pathway"), example="pathway"),
            "intent": Token(finds=always("proposal"), example="proposal"),
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
            **of_person("entry__patient_id", "for"),
            "authored-on": Date(path="entry__at", example="ge2026-11-01"),
            "modified": Date(path="_stored", example="ge2026-11-01"),
            "status": Token(finds=one_of(plans.DECISIONS), example="requested"),
            "code": Token(
                finds=holds("step", system=Addresses().system("pathway-steps")), example="talk"
            ),
            "intent": Token(finds=always("proposal"), example="proposal"),
            "based-on": to_number("CarePlan", "entry_id", "basedOn"),
        },
        documentation="One suggested step: requested until somebody decides, completed, or on "
        "hold with the reason.",
    )
)
