"""Answers that a client sends: a QuestionnaireResponse, checked, then taken in as from a tablet.

Everything wrong is named at once, with where it stands. Nothing that is wrong is stored.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imparts.gateway.fhir.answered import ROOT, answers_in
from imparts.gateway.fhir_server.addressed import fault, moment_in, person_in, place_in
from imparts.gateway.fhir_server.form_answers import given_to_form
from imparts.gateway.fhir_server.problems import Issue, Problem, problem, unprocessable
from imparts.gateway.fhir_server.queries import questionnaires
from imparts.gateway.fhir_server.registry import Json, Reader, Written
from imparts.informatics.questionnaires.actions.sent_in import (
    CannotTakeIn,
    OtherAnswers,
    Sender,
    Sent,
    take_in,
)
from imparts.library import queries as library
from imparts.rules.packs.asking import Given

MOST_LETTERS = 250
_NOT_PART_OF_IT = ("id", "meta", "text", "implicitRules")
_HELPERS = {"RelatedPerson": "family", "Practitioner": "staff", "PractitionerRole": "staff"}
_STATUSES = {
    "in-progress": "Send the answers once they are finished: completed, or stopped.",
    "amended": "A correction is made here by staff, not sent. Send new answers as completed.",
    "entered-in-error": "Staff here withdraw answers that were not this person's.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The version of a questionnaire that was answered."""

    key: str
    content_id: int


def take_answers(resource: Json, reader: Reader) -> Written:
    """Store the answers and all that follows from them; the same again changes nothing."""
    asked, given = checked_answers(resource, reader)
    patient = person_in(resource, reader)
    _refuse_another_source(resource)
    answered_at = moment_in(resource, "authored", reader)
    place = place_in(resource, patient, answered_at.astimezone().date(), reader)
    sent = Sent(
        patient=patient, service=place.service, appointment=place.appointment, key=asked.key,
        content_id=asked.content_id, given=given, answered_at=answered_at,
        who_helped=_who_helped(resource), by_proxy=_by_proxy(resource),
        language=_language(resource),
    )  # fmt: skip
    try:
        response, is_new = take_in(sent, sender=sender_of(resource, reader), at=reader.at)
    except OtherAnswers:
        raise problem(
            409, "conflict", "Other answers came under this identifier before. Give these their "
            "own.", f"{ROOT}.identifier",
        ) from None  # fmt: skip
    except CannotTakeIn as why:
        raise fault("business-rule", str(why), f"{ROOT}.questionnaire") from why
    return Written(str(response), is_new)


def _refuse_another_source(resource: Json) -> None:
    """Answers of one patient are never filed under another."""
    source, subject = resource.get("source") or {}, resource.get("subject") or {}
    both = [str(one.get("reference", "")) for one in (source, subject)]
    if all(both) and _kind_named(source) == "Patient" and both[0] != both[1]:
        says = "These are said to be another patient's answers than the subject's."
        raise fault("business-rule", says, f"{ROOT}.source")


def checked_answers(resource: Json, reader: Reader) -> tuple[Asked, Mapping[str, Given]]:
    """The questionnaire and its answers; every fault of them at once."""
    issues = _of_status(resource)
    asked = None
    try:
        asked = asked_in(resource, reader)
    except Problem as wrong:
        issues += wrong.issues
    given: Mapping[str, Given] = {}
    if asked is not None:
        given, wrong_answers = _given(resource, asked)
        issues += wrong_answers
    if issues or asked is None:
        raise unprocessable(*issues)
    return asked, given


def asked_in(resource: Json, reader: Reader) -> Asked:
    """The version that was answered, when it is known here and a clinician has signed it."""
    where = f"{ROOT}.questionnaire"
    url = str(resource.get("questionnaire", ""))
    if not url:
        raise fault("required", "Say which questionnaire was answered.", where)
    key, version = questionnaires.named_by_url(url)
    if not key:
        raise fault("not-found", "This questionnaire is not in the library here.", where)
    content, why = library.version_taken(key, version, on=reader.on)
    if content is None:
        raise fault("business-rule", why, where)
    return Asked(key, content.pk)


def sender_of(resource: Json, reader: Reader) -> Sender:
    """Which client, under which number, and a mark of the content; without a number the mark."""
    said = {name: part for name, part in resource.items() if name not in _NOT_PART_OF_IT}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    identifier = resource.get("identifier") or {}
    system, number = str(identifier.get("system", "")), str(identifier.get("value", ""))
    if max(len(system), len(number)) > MOST_LETTERS:
        says = f"An identifier has at most {MOST_LETTERS} letters."
        raise fault("too-long", says, f"{ROOT}.identifier")
    return Sender(
        client=f"client:{reader.principal.client_id}"[:150], name=reader.asking.name[:150],
        system=system if number else "", number=number or digest, digest=digest,
    )  # fmt: skip


def _of_status(resource: Json) -> list[Issue]:
    says = _STATUSES.get(str(resource.get("status")))
    return [Issue("business-rule", says, f"{ROOT}.status")] if says else []


def _given(resource: Json, asked: Asked) -> tuple[Mapping[str, Given], list[Issue]]:
    if library.is_form(asked.content_id):
        return given_to_form(library.form_of(asked.content_id), resource)
    found = answers_in(resource, library.instrument_of(asked.content_id))
    given = {item: _one(value) for item, value in found.values.items()}
    given |= {item: Given(None, declined=True) for item in found.declined}
    return given, [Issue(one.code, one.says, one.where) for one in found.faults]


def _one(value: int | str) -> Given:
    return Given(value) if isinstance(value, int) else Given(None, entered=(value,))


def _who_helped(resource: Json) -> str:
    """Who wrote it down, where it says so: nobody is assumed."""
    return _HELPERS.get(_kind_named(resource.get("author") or {}), "")


def _by_proxy(resource: Json) -> bool:
    """Whether somebody else answered for the person: `source` says whose answers they are."""
    return _kind_named(resource.get("source") or {}) not in ("", "Patient")


def _kind_named(reference: Mapping[str, Any]) -> str:
    written = str(reference.get("reference", "")).rpartition("/")[0]
    return str(reference.get("type") or written).rpartition("/")[2]


def _language(resource: Json) -> str:
    """English is kept as the tablet keeps it; another language by its own tag."""
    tag = str(resource.get("language", "en"))[:20]
    return "en" if tag.lower().startswith("en") else tag
