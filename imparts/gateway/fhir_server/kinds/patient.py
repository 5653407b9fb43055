"""Patient: searched by number, name, birth date and sex; with the story of every change."""

from django.db.models import Q

from imparts.gateway.fhir.patient import GENDERS, PROFILE
from imparts.gateway.fhir_server.actions.patients import create_patient, update_patient
from imparts.gateway.fhir_server.parameters import (
    Date,
    PatientReference,
    Reference,
    Text,
    Token,
    matches,
    number_key,
    yes_or_no,
)
from imparts.gateway.fhir_server.queries import patients
from imparts.gateway.fhir_server.registry import Kind, Story, register

_NAMES = ("family_name", "given_name", "known_as")
_SEXES = {code: [sex for sex, said in GENDERS.items() if said == code] for code in GENDERS.values()}

PATIENT = register(
    Kind(
        type="Patient",
        rows=patients.rows,
        render=patients.render,
        person="pk",
        stored="_stored",
        sort={
            "family": "family_name", "given": "given_name", "birthdate": "born_on",
        },
        search={
            "identifier": Token(
                finds=lambda asked, reader: patients.with_number(asked.system, asked.code, reader),
                documentation="Of the record that counts, also for numbers of merged records.",
                example="https://fhir.nhs.uk/Id/nhs-number|9990000018",
            ),
            "name": Text(paths=_NAMES, example="thim"),
            "family": Text(paths=("family_name",), example="thimblewick"),
            "given": Text(paths=("given_name", "known_as"), example="amara"),
            "birthdate": Date(path="born_on", of="day", example="1961-03-14"),
            "death-date": Date(path="died_on", of="day", example="ge2026"),
            "deceased": Token(
                finds=yes_or_no("died_on", is_yes=lambda path: Q(**{f"{path}__isnull": False})),
                example="false",
            ),
            "gender": Token(
                finds=matches("sex", "http://hl7.org/fhir/administrative-gender", _SEXES),
                example="female",
            ),
            "active": Token(
                finds=yes_or_no(
                    "merged_into", is_yes=lambda path: Q(**{f"{path}__isnull": True})
                ),
                example="true",
            ),
            "address-postalcode": Text(paths=("postcode",), example="FH1"),
            "language": Token(
                finds=lambda asked, reader: Q(language__iexact=asked.code), example="en"
            ),
            "general-practitioner": Reference(
                path="practice_id", element="generalPractitioner", targets=("Organization",),
                keys=number_key, example="Organization/1",
            ),
            "link": PatientReference(path="merged_into_id", element="link.other"),
        },
        story=Story(
            rows=patients.story_rows, subject="patient_id", at="at", render=patients.render_story
        ),
        create=create_patient,
        update=update_patient,
        profiles=(PROFILE,),
        documentation="People whom a service of the caller has a care relationship with. A merged "
        "record is inactive and names the one that replaced it.",
    )
)  # fmt: skip
