"""Flag: alerts, and how they stand."""

from django.db.models import Q

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir_server.finders import one_of
from imparts.gateway.fhir_server.parameters import NOBODY, Code, Date, Token, of_person, to_uuid
from imparts.gateway.fhir_server.queries import alerts
from imparts.gateway.fhir_server.registry import Kind, Reader, number_or_nothing, register

_STATUSES = {
    "active": Q(_is_closed=False, _is_in_error=False),
    "inactive": Q(_is_closed=True, _is_in_error=False),
    "entered-in-error": Q(_is_in_error=True),
}


def _code(asked: Code, reader: Reader) -> Q:
    if asked.system not in (None, Addresses().system("items")):
        return NOBODY
    instrument, _, item = asked.code.partition(".")
    return Q(instrument=instrument, item=item) if item else Q(instrument=instrument)


register(
    Kind(
        type="Flag",
        rows=alerts.rows,
        render=alerts.render,
        person="patient_id",
        ids=number_or_nothing,
        stored="_stored",
        made="raised_at",
        sort={"date": "raised_at"},
        search={
            **of_person("patient_id"),
            "date": Date(path="raised_at", example="ge2026-11-01"),
            "status": Token(finds=one_of(_STATUSES), example="active"),
            "code": Token(finds=_code, example="phq9.q9"),
            "encounter": to_uuid("Encounter", "appointment", "encounter"),
        },
        documentation="An alert about an answer: what a person must do, never a grade of risk. "
        "Active until a person has closed it.",
    )
)
