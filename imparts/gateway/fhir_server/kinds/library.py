"""Questionnaire: the library, as it may be asked here."""

from django.db.models import Q

from imparts.gateway.fhir_server.parameters import Code, Date, Param, Token, Uri
from imparts.gateway.fhir_server.queries import questionnaires
from imparts.gateway.fhir_server.registry import Kind, Reader, register


class _Titled(Param):
    """Words at the beginning of a title, or of one of its words."""

    def condition(self, value: str, modifier: str, reader: Reader) -> Q:
        return questionnaires.titled(value)


def _code(asked: Code, reader: Reader) -> Q:
    return questionnaires.with_code(asked.system, asked.code)


register(
    Kind(
        type="Questionnaire",
        rows=questionnaires.rows,
        render=questionnaires.render,
        ids=questionnaires.named,
        stored="loaded_at",
        sort={"date": "loaded_at"},
        search={
            "url": Uri(
                finds=lambda asked, reader: questionnaires.with_url(asked),
                example="https://imparts.example/fhir/Questionnaire/phq9",
            ),
            "title": _Titled(example="patient health"),
            "name": _Titled(example="phq"),
            "version": Token(
                finds=lambda asked, reader: Q(version=asked.code), example="2026-01-01"
            ),
            "status": Token(
                finds=lambda asked, reader: questionnaires.standing(asked.code, reader),
                example="active",
            ),
            "code": Token(finds=_code, example="phq9"),
            "date": Date(path="loaded_at", example="ge2026-01-01"),
        },
        documentation="Of each instrument and form the version that may be asked here, else the "
        "newest. Active once a clinician of this site has signed it. Words that no licence lets "
        "out are left out.",
    )
)
