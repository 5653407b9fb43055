"""Scopes in the words of the person who lets an app see something."""

from collections.abc import Iterator

from imparts.gateway.smart.scopes import Scope, Scopes

_OF = {"patient": "of this patient", "user": "of every patient whom you may see"}
_TYPES = {
    "*": "everything that imparts has",
    "Patient": "names, birth dates and numbers",
    "Observation": "scores and measures of the body",
    "QuestionnaireResponse": "answers to questionnaires",
    "Questionnaire": "the questionnaires that are asked",
    "Condition": "diagnoses",
    "Flag": "alerts",
    "ServiceRequest": "referrals",
    "Task": "what has been asked of patients and staff",
    "CarePlan": "suggested next steps",
    "Appointment": "appointments",
    "Encounter": "visits and stays",
    "Communication": "what was given to patients to read",
    "Consent": "what patients agreed to",
    "DocumentReference": "letters and summaries",
    "AuditEvent": "who saw what",
    "Provenance": "who made what",
    "Practitioner": "names of staff",
    "Organization": "organisations",
    "HealthcareService": "services",
}  # fmt: skip
# Not about one patient, so no "of this patient" follows.
_ABOUT_NOBODY = frozenset({"Questionnaire", "Practitioner", "Organization", "HealthcareService"})


def in_words(scopes: Scopes) -> tuple[str, ...]:
    """One sentence for each scope; what one cannot mean here is not said."""
    kept = scopes.at(["patient", "user"]).resources
    return tuple(dict.fromkeys(_sentence(scope) for scope in kept))


def goes_on(scopes: Scopes) -> str:
    """For how long the app may go on without asking anew."""
    if "offline_access" in scopes.plain:
        return (
            "It may go on after you have signed out, until you leave or trust IT puts it out; "
            "90 days after it last asked, it ends by itself."
        )
    if "online_access" in scopes.plain:
        return "It may go on for 12 hours at most."
    return "It may go on for 15 minutes."


def who_you_are(scopes: Scopes) -> bool:
    """Whether the app is told who uses it."""
    return bool({"openid", "fhirUser", "profile"} & scopes.plain)


def _sentence(scope: Scope) -> str:
    what = _TYPES.get(scope.type, f"FHIR {scope.type}")
    verbs = " and ".join(_verbs(scope.does))
    of = "" if scope.type in _ABOUT_NOBODY else f" {_OF[scope.level]}"
    return f"{verbs.capitalize()} {what}{of}"


def _verbs(does: str) -> Iterator[str]:
    if {"r", "s"} & set(does):
        yield "see"
    if "c" in does:
        yield "add to"
    if "u" in does:
        yield "change"
    if "d" in does:
        yield "take away from"
