"""Answers as a portal sends them: a PHQ-9, and how many rows follow from it."""

from typing import Any

from imparts.informatics.questionnaires.models import (
    Answer,
    AnswerGiven,
    Invitation,
    Response,
    SentIn,
)
from imparts.informatics.results.models import ResponseScore
from imparts.outbox.models import Message
from imparts.pathways.models import Alert, PathwayEntry
from imparts.people.models import Patient
from tests.builders import NOON
from tests.gateway.fhir_server.asking import Asked

PHQ9 = "https://imparts.example/fhir/Questionnaire/phq9"
CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
LOW, WITH_ITEM_9 = (0,) * 9, (2, 2, 1, 1, 0, 1, 1, 0, 1)


def phq9(patient: Patient, values: tuple[int, ...] = LOW, number: str = "A1", **more: Any) -> Any:
    """A PHQ-9 as a portal sends it; `more` replaces elements."""
    return {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": "https://portal.example/answers", "value": number},
        "questionnaire": PHQ9,
        "status": "completed",
        "subject": {"reference": f"Patient/{patient.pk}"},
        "authored": NOON.isoformat(),
        "item": [answered(f"q{place}", value) for place, value in enumerate(values, start=1)],
        **more,
    }


def answered(link_id: str, value: int) -> Any:
    coding = {"system": "http://loinc.org", "code": CODES[value]}
    return {"linkId": link_id, "answer": [{"valueCoding": coding}]}


def post(send: Asked, body: Any) -> Any:
    return send("QuestionnaireResponse", verb="POST", body=body)


def stored() -> dict[str, int]:
    """How many rows there are of what follows from an answer."""
    tables = (Invitation, Response, Answer, AnswerGiven, ResponseScore, Alert, PathwayEntry,
              Message, SentIn)  # fmt: skip
    return {table.__name__: table.objects.count() for table in tables}
