"""Sending: one response as one transaction, which a server takes whole or not at all.

    transaction(facts)            QuestionnaireResponse, Observations, Flags, DocumentReference with
                                  the result in words, and Provenance
    document_transaction(facts)   DocumentReference of a whole visit, as text and PDF
    flag_transaction(facts)       the end of a Flag, when a person has closed the alert

Sent twice, it changes nothing: every entry is created only if none with our identifier exists
(ifNoneExist; of Provenance, which has no identifier, by its tag). The patient is referred to by the
hospital's own number, which the server resolves; where it knows no such patient, or more than one,
it refuses the whole. A correction and a withdrawal update what has our identifier (PUT with a
search), so that they too can be sent twice: corrected, or entered-in-error without any value.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from imparts.gateway.fhir.about import filled
from imparts.gateway.fhir.addresses import Addresses, coding
from imparts.gateway.fhir.document_reference import PLAIN_TEXT, content
from imparts.gateway.fhir.flag import FlagFacts, flag_of
from imparts.gateway.fhir.provenance import Made, provenance_of
from imparts.gateway.fhir.told import (
    IN_ERROR,
    WRONG_PERSON,
    Told,
    as_query,
    own_identifier,
    patient_reference,
)
from imparts.rules.record.document_facts import TITLE, DocumentFacts
from imparts.rules.record.document_words import words_of
from imparts.rules.record.in_words import section_of
from imparts.rules.record.result_facts import AlertFacts, ResultFacts

Json = dict[str, Any]

PDF = "application/pdf"


def transaction(facts: ResultFacts, *, addresses: Addresses | None = None) -> Json:
    """One response with everything that follows from it; FactsRefused where it cannot be told."""
    addresses = addresses or Addresses()
    told = Told(facts, addresses, f"urn:uuid:{UUID(facts.response_id)}")
    is_new = not (facts.is_correction or facts.is_withdrawn)
    observed = [
        _entry(_urn(facts.response_id, name), observation, is_new=is_new)
        for name, observation in told.observations()
    ]
    _list_parts(facts, observed)
    response = _entry(told.response, told.questionnaire_response(), is_new=is_new)
    entries = [response, *observed, *_beside(told, is_new=is_new)]
    if not facts.mapping.leaves_out("Provenance"):
        entries.append(_provenance(told, [one["fullUrl"] for one in entries]))
    return _bundle(entries)


def document_transaction(
    facts: DocumentFacts, *, pdf: bytes = b"", addresses: Addresses | None = None
) -> Json:
    """The summary of a visit; one that was filed to the wrong person is marked where it stands."""
    addresses = addresses or Addresses()
    which = facts.replaces if facts.is_withdrawn else facts.document_id
    words = "\n".join(words_of(facts).lines)
    made = facts.completed_at.isoformat(timespec="seconds")
    resource: Json = {
        "resourceType": "DocumentReference",
        "identifier": [own_identifier(addresses, "document", which)],
        "status": IN_ERROR if facts.is_withdrawn else "current",
        "type": {"coding": [addresses.coding("documents", "visit.summary", TITLE)], "text": TITLE},
        "subject": patient_reference(facts, addresses),
        "date": made,
        "author": [{"display": "imparts"}],
        "content": [content(PLAIN_TEXT, words.encode(), made)],
    }
    if pdf:
        resource["content"].append(content(PDF, pdf, made))
    if facts.replaces and not facts.is_withdrawn:
        earlier = own_identifier(addresses, "document", facts.replaces)
        resource["relatesTo"] = [
            {"code": "replaces", "target": {"type": "DocumentReference", "identifier": earlier}}
        ]
    entry = _entry(_urn(which, "document"), filled(resource), is_new=not facts.is_withdrawn)
    return _bundle([entry])


def flag_transaction(facts: ResultFacts, *, addresses: Addresses | None = None) -> Json:
    """The end of alerts that were told before: their Flags, and nothing else of the response."""
    told = Told(facts, addresses or Addresses(), f"urn:uuid:{UUID(facts.response_id)}")
    if facts.mapping.leaves_out("Flag"):
        return _bundle([])
    return _bundle(
        [_entry(_urn(one.id, "flag"), _flag(told, one), is_new=False) for one in facts.alerts]
    )


def _bundle(entries: list[Json]) -> Json:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    made: Json = _legible(filled(bundle))
    return made


def _legible(part: Any) -> Any:
    """Every text without signs that FHIR allows in none: a server would refuse the whole for one.

    What somebody typed keeps its words; a control character or an odd blank becomes a space.
    """
    if isinstance(part, dict):
        return {name: _legible(one) for name, one in part.items()}
    if isinstance(part, list):
        return [_legible(one) for one in part]
    if isinstance(part, str) and not part.isprintable():
        return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in part)
    return part


def _entry(url: str, resource: Json, *, is_new: bool) -> Json:
    """Created once, or put in the place of what has our identifier."""
    kind, identifier = resource["resourceType"], resource["identifier"]
    one = identifier[0] if isinstance(identifier, list) else identifier
    search = f"identifier={one['system']}|{as_query(one['value'])}"
    request = {"method": "PUT", "url": f"{kind}?{search}"}
    if is_new:
        request = {"method": "POST", "url": kind, "ifNoneExist": search}
    return {"fullUrl": url, "resource": resource, "request": request}


def _list_parts(facts: ResultFacts, observed: list[Json]) -> None:
    """The first Observation lists those of its subscales."""
    if observed and facts.score.parts and not facts.is_withdrawn:
        whole, *parts = observed
        whole["resource"]["hasMember"] = [{"reference": one["fullUrl"]} for one in parts]


def _beside(told: Told, *, is_new: bool) -> Iterator[Json]:
    facts = told.facts
    if not facts.mapping.leaves_out("Flag"):
        for alert in facts.alerts:
            yield _entry(_urn(alert.id, "flag"), _flag(told, alert), is_new=is_new)
    if not facts.mapping.leaves_out("DocumentReference"):
        url = _urn(facts.response_id, "document")
        yield _entry(url, _in_words(told), is_new=is_new)


def _flag(told: Told, alert: AlertFacts) -> Json:
    made = flag_of(
        FlagFacts(
            id=alert.id, patient=told.subject["reference"],
            code=f"{told.facts.instrument.id}.{alert.item}", words=alert.words, tier=alert.tier,
            tier_words=alert.tier_words, raised_at=alert.raised_at,
            is_in_error=told.facts.is_withdrawn, closed_at=alert.closed_at,
        ),
        told.addresses,
    )  # fmt: skip
    del made["id"]
    return made | {"identifier": [told.own("alert", alert.id)]}


def _in_words(told: Told) -> Json:
    """The result as text, for a record that shows documents and not observations."""
    facts = told.facts
    said = section_of(facts)
    words = "\n".join([f"{said.heading}: {said.result}", *said.lines])
    if facts.is_withdrawn:
        words = WRONG_PERSON
    kind = told.addresses.coding("documents", "result", "Questionnaire result")
    return {
        "resourceType": "DocumentReference",
        "identifier": [told.own("document", f"{facts.response_id}-result")],
        "status": IN_ERROR if facts.is_withdrawn else "current",
        "type": {"coding": [kind], "text": "Questionnaire result"},
        "subject": told.subject,
        "date": told.moment,
        "author": [{"display": "imparts"}],
        "content": [content(PLAIN_TEXT, words.encode(), told.moment)],
    }


def _provenance(told: Told, targets: list[str]) -> Json:
    facts = told.facts
    what = "withdrawn" if facts.is_withdrawn else "corrected" if facts.is_correction else "answered"
    made = provenance_of(
        Made(
            response=facts.response_id, patient=told.subject["reference"], targets=tuple(targets),
            answered_at=facts.completed_at, recorded_at=facts.completed_at,
            questionnaire=told.questionnaire,
            helped_by="" if facts.who_helped == "nobody" else facts.who_helped,
            language=facts.language,
        ),
        told.addresses,
    )  # fmt: skip
    del made["id"]
    tag = coding(told.addresses.numbers("provenance"), f"{facts.response_id}-{what}")
    made["meta"] = {"tag": [tag]}
    if what != "answered":
        made["activity"] = {"text": WRONG_PERSON if facts.is_withdrawn else "Corrected"}
    request = {
        "method": "POST",
        "url": "Provenance",
        "ifNoneExist": f"_tag={tag['system']}|{as_query(tag['code'])}",
    }
    url = _urn(facts.response_id, f"provenance-{what}")
    return {"fullUrl": url, "resource": made, "request": request}


def _urn(about: str, name: str) -> str:
    """The same name in a transaction whenever it is made again."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{about}/{name}')}"
