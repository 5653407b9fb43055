"""ServiceRequest, DocumentReference and Communication: referrals, letters, what went out."""

from django.db.models import Q

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.service_request import STATUSES
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Date,
    PatientReference,
    Token,
    matches,
)
from imparts.gateway.fhir_server.queries import referrals, told
from imparts.gateway.fhir_server.registry import Kind, Reader, register

_STATES = {said: [own] for own, said in STATUSES.items()}
_SENT = ("active",)


def _intent(asked: Code, reader: Reader) -> Q:
    ways = {"order": Q(_state="sent"), "proposal": ~Q(_state="sent")}
    return ways.get(asked.code, NOBODY)


def _completed(asked: Code, reader: Reader) -> Q:
    return Q() if asked.code == "completed" else NOBODY


def _current(asked: Code, reader: Reader) -> Q:
    ways = {"current": Q(_is_in_error=False), "entered-in-error": Q(_is_in_error=True)}
    return ways.get(asked.code, NOBODY)


def _numbered(start: str):  # type: ignore[no-untyped-def] # a function that names rows
    def named(written: str) -> Q | None:
        kind, _, number = written.partition("-")
        is_one = kind == start and number.isascii() and number.isdigit() and len(number) < 19
        return Q(pk=int(number)) if is_one else None

    return named


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
            "patient": PatientReference(path="patient_id", element="subject"),
            "subject": PatientReference(path="patient_id", element="subject"),
            "authored": Date(path="at", example="ge2026-11-01"),
            "status": Token(
                finds=matches("_state", "http://hl7.org/fhir/request-status", _STATES),
                example="active",
            ),
            "intent": Token(finds=_intent, example="order"),
            "code": Token(
                finds=lambda asked, reader: (
                    Q(option=asked.code)
                    if asked.system in (None, Addresses().system("options"))
                    else NOBODY
                ),
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
            "patient": PatientReference(path="patient_id", element="subject"),
            "subject": PatientReference(path="patient_id", element="subject"),
            "date": Date(path="at", example="ge2026-11-01"),
            "type": Token(
                finds=matches(
                    "kind", Addresses().system("letters"), {"gp": ["gp"], "referral": ["referral"]}
                ),
                example="gp",
            ),
            "status": Token(finds=_current, example="current"),
        },
        documentation="A letter exactly as it was made, with its words as plain text.",
    )
)

register(
    Kind(
        type="Communication",
        rows=referrals.sent_rows,
        render=referrals.render_sent,
        person="referral__patient_id",
        ids=_numbered("letter"),
        stored="at",
        made="at",
        sort={"sent": "at"},
        is_settled=True,
        search={
            "patient": PatientReference(path="referral__patient_id", element="subject"),
            "subject": PatientReference(path="referral__patient_id", element="subject"),
            "sent": Date(path="at", example="ge2026-11-01"),
            "status": Token(finds=_completed, example="completed"),
            "category": Token(
                finds=lambda asked, reader: Q() if asked.code == "letter" else NOBODY,
                example="letter",
            ),
        },
        documentation="A letter that somebody marked as sent, and what patients were told on a "
        "page after an answer about harm.",
    )
)

register(
    Kind(
        type="Communication",
        rows=told.rows,
        render=told.render,
        person="alert__patient_id",
        ids=_numbered("told"),
        stored="at",
        made="at",
        sort={"sent": "at"},
        is_settled=True,
        search={
            "patient": PatientReference(path="alert__patient_id", element="subject"),
            "subject": PatientReference(path="alert__patient_id", element="subject"),
            "sent": Date(path="at", example="ge2026-11-01"),
            "status": Token(finds=_completed, example="completed"),
            "category": Token(
                finds=lambda asked, reader: Q() if asked.code == "told" else NOBODY,
                example="told",
            ),
        },
    )
)
