"""ServiceRequest, DocumentReference and Communication: referrals, letters, what went out."""

from typing import Any

from django.db.models import Q

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.service_request import STATUSES
from imparts.gateway.fhir_server.finders import always, holds, matches, one_of
from imparts.gateway.fhir_server.parameters import Date, Token, of_person
from imparts.gateway.fhir_server.queries import referrals, told
from imparts.gateway.fhir_server.registry import Kind, number_after, register

_INTENTS = {"order": Q(_state="sent"), "proposal": ~Q(_state="sent")}
_STANDING = {"current": Q(_is_in_error=False), "entered-in-error": Q(_is_in_error=True)}


def _communication(kind: str, person: str, **own: Any) -> Kind:
    """One kind of what went out: its ids begin with the kind, and it was completed."""
    return Kind(
        type="Communication",
        person=person,
        ids=number_after(kind),
        stored="at",
        made="at",
        sort={"sent": "at"},
        is_settled=True,
        search={
            **of_person(person),
            "sent": Date(path="at", example="ge2026-11-01"),
            "status": Token(finds=always("completed"), example="completed"),
            "category": Token(finds=always(kind), example=kind),
        },
        **own,
    )


register(
    Kind(
        type="ServiceRequest",
        rows=referrals.rows,
        render=referrals.render,
        person="patient_id",
        stored="_stored",
        made="at",
        sort={"authored": "at"},
        search={
            **of_person("patient_id"),
            "authored": Date(path="at", example="ge2026-11-01"),
            "status": Token(
                finds=matches("_state", "http://hl7.org/fhir/request-status", STATUSES),
                example="active",
            ),
            "intent": Token(finds=one_of(_INTENTS), example="order"),
            "code": Token(
                finds=holds("option", system=Addresses().system("options")),
                example="talking_therapies",
            ),
        },
        documentation="A referral: a draft, marked as sent, or withdrawn. What came of it "
        "elsewhere is not known here.",
    )
)

register(
    Kind(
        type="DocumentReference",
        rows=referrals.letter_rows,
        render=referrals.render_letters,
        person="patient_id",
        stored="at",
        made="at",
        sort={"date": "at"},
        search={
            **of_person("patient_id"),
            "date": Date(path="at", example="ge2026-11-01"),
            "type": Token(
                finds=matches(
                    "kind", Addresses().system("letters"), {"gp": "gp", "referral": "referral"}
                ),
                example="gp",
            ),
            "status": Token(finds=one_of(_STANDING), example="current"),
        },
        documentation="A letter exactly as it was made, with its words as plain text.",
    )
)

register(
    _communication(
        "letter",
        "referral__patient_id",
        rows=referrals.sent_rows,
        render=referrals.render_sent,
        documentation="A letter that somebody marked as sent, and what patients were told on a "
        "page after an answer about harm.",
    )
)

register(_communication("told", "alert__patient_id", rows=told.rows, render=told.render))
