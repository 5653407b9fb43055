"""Writing results back into the record that opened us, as its user, when it grants that.

It is for records that take results from an app alone; to all others they are delivered as they come
(gateway/delivery.py). Each response is one transaction whose entries are made only where the record
does not have them: sent twice, nothing is there twice.
"""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from imparts.gateway.fhir.sending import transaction
from imparts.gateway.fhir_client import FhirClient
from imparts.gateway.outcomes import Outcome
from imparts.gateway.smart.queries.told import facts_of_sitting
from imparts.gateway.smart.scopes import Scopes
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.result_facts import ResultFacts

if TYPE_CHECKING:
    from imparts.gateway.smart.models import TrustedRecord
    from imparts.gateway.smart.record_talk import Answered

NOT_GRANTED = "The record lets this user write no results, so none were written into it."
WRITTEN = "The results of this visit stand in the record."
SECONDS = 4.0
_NEEDED = ("QuestionnaireResponse", "Observation")


def write_back(record: "TrustedRecord", answered: "Answered", sitting: UUID) -> str:
    """Write what is known of a sitting; a sentence of what became of it, "" when nothing is."""
    facts = facts_of_sitting(sitting) if record.may_write_back else []
    if not facts:
        return ""
    scopes = Scopes.read(answered.scopes)
    if not all(scopes.allows(name, "c") for name in _NEEDED):
        return NOT_GRANTED
    client = FhirClient(
        record.issuer, token=answered.access_token, seconds_to_connect=2.0,
        seconds_to_answer=SECONDS,
    )  # fmt: skip
    try:
        return _sent(client, facts, scopes)
    finally:
        client.close()


def _sent(client: FhirClient, facts: list[dict[str, Any]], scopes: Scopes) -> str:
    for one in facts:
        try:
            bundle = transaction(ResultFacts.from_json(one))
        except FactsRefused:
            return "A result cannot be written into the record; trust IT sees why."
        kept = [each for each in bundle["entry"] if _may(scopes, each)]
        text = json.dumps(bundle | {"entry": kept}, ensure_ascii=False)
        told = client.send(text.encode(), control_id=str(one.get("response_id", "")))
        if told.outcome is not Outcome.TAKEN:
            return "The record did not take the results just now. Open imparts from it again."
    return WRITTEN


def _may(scopes: Scopes, entry: dict[str, Any]) -> bool:
    return scopes.allows(entry["resource"]["resourceType"], "c")
