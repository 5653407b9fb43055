"""QuestionnaireResponse and Provenance: what was answered, and how it came to be."""

from django.db.models import Q

from imparts.gateway.fhir_server.answers_sent import take_answers
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Date,
    PatientReference,
    Reference,
    Token,
    of_person,
    to_uuid,
)
from imparts.gateway.fhir_server.queries import questionnaires, responses
from imparts.gateway.fhir_server.registry import Kind, Reader, register


def _questionnaire(kind: str, written: str, reader: Reader) -> Q:
    """Of a questionnaire by its id."""
    key, _ = questionnaires.named_by_url(f"Questionnaire/{written}")
    return Q(instrument=key) if key else NOBODY


class _OfQuestionnaire(Reference):
    """By its canonical address, with or without a version, or by its id."""

    def condition(self, value: str, modifier: str, reader: Reader) -> Q:
        key, version = questionnaires.named_by_url(value)
        if not key:
            return super().condition(value, modifier, reader)
        return Q(instrument=key, content__version=version) if version else Q(instrument=key)


register(
    Kind(
        type="QuestionnaireResponse",
        rows=responses.rows,
        render=responses.render,
        person="patient_id",
        stored="_stored",
        sort={"authored": "completed_at"},
        search={
            **of_person("patient_id"),
            "source": PatientReference(path="patient_id", element="source"),
            "authored": Date(path="completed_at", example="ge2026-11-01"),
            "status": Token(finds=responses.standing, example="completed"),
            "identifier": Token(
                finds=responses.numbered,
                documentation="The number that the client gave it that sent it in.",
                example="https://portal.example/answers|A1",
            ),
            "questionnaire": _OfQuestionnaire(
                element="questionnaire", targets=("Questionnaire",), finds=_questionnaire,
                example="Questionnaire/phq9",
            ),
            "encounter": to_uuid("Encounter", "invitation__appointment_id", "encounter"),
        },
        create=take_answers,
        documentation="Answers to one questionnaire. Posted ones are scored, alerted, put on "
        "their pathway and told to the record as answers from a tablet are.",
    )
)  # fmt: skip

register(
    Kind(
        type="Provenance",
        rows=responses.rows,
        render=responses.render_origins,
        person="patient_id",
        stored="_stored",
        sort={"recorded": "completed_at"},
        search={
            "patient": PatientReference(path="patient_id", element="agent.who"),
            "target": to_uuid("QuestionnaireResponse", "pk", "target"),
            "recorded": Date(path="_stored", example="ge2026-11-01"),
        },
        documentation="Who and what made a response: the patient, the tablet or the program, the "
        "helper, and the version of the questionnaire.",
    )
)
