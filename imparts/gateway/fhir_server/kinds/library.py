"""Questionnaire: the library, as it may be asked here."""

from django.db.models import Q

from imparts.gateway.fhir_server.finders import holds
from imparts.gateway.fhir_server.parameters import Date, Param, Token, Uri
from imparts.gateway.fhir_server.queries import questionnaires
from imparts.gateway.fhir_server.registry import Kind, Reader, register


class _Titled(Param):
    """Words at the beginning of a title, or of one of its words."""

    def condition(self, value: str, modifier: str, reader: Reader) -> Q:
        return questionnaires.titled(value)


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
                finds=questionnaires.with_url,
                example="https://imparts.example/fhir/Questionnaire/phq9",
            ),
            "title": _Titled(example="patient health"),
            "name": _Titled(example="phq"),
            "version": Token(finds=holds("version"), example="2026-01-01"),
            "status": Token(finds=questionnaires.standing, example="active"),
            "code": Token(finds=questionnaires.with_code, example="phq9"),
            "date": Date(path="loaded_at", example="ge2026-01-01"),
        },
        documentation="Of each instrument and form the version that may be asked here, else the "
        "newest. Active once a clinician of this site has signed it. Words that no licence lets "
        "out are left out.",
    )
)
