"""Patient: searched by number, name, birth date and sex; with the story of every change."""

from django.db.models import Q

from imparts.gateway.fhir.patient import GENDERS, PROFILE
from imparts.gateway.fhir_server.actions.patients import create_patient, update_patient
from imparts.gateway.fhir_server.finders import holds, matches, yes_or_no
from imparts.gateway.fhir_server.parameters import Date, PatientReference, Text, Token, to_number
from imparts.gateway.fhir_server.queries import patients
from imparts.gateway.fhir_server.registry import Kind, Story, register

_NAMES = ("family_name", "given_name", "known_as")

register(
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
                finds=patients.with_number,
                documentation="Of the record that counts, also for numbers of merged records.",
                example="https://fhir.nhs.uk/Id/nhs-number|9990000018",
            ),
            "name": Text(paths=_NAMES, example="thim"),
            "family": Text(paths=("family_name",), example="thimblewick"),
            "given": Text(paths=("given_name", "known_as"), example="amara"),
            "birthdate": Date(path="born_on", of="day", example="1961-03-14"),
            "death-date": Date(path="died_on", of="day", example="ge2026"),
            "deceased": Token(finds=yes_or_no(Q(died_on__isnull=False)), example="false"),
            "gender": Token(
                finds=matches("sex", "http://hl7.org/fhir/administrative-gender", GENDERS),
                example="female",
            ),
            "active": Token(finds=yes_or_no(Q(merged_into__isnull=True)), example="true"),
            "address-postalcode": Text(paths=("postcode",), example="FH1"),
            "language": Token(finds=holds("language__iexact"), example="en"),
            "general-practitioner": to_number("Organization", "practice_id", "generalPractitioner"),
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
