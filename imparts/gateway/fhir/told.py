"""Told: the facts of one response as the resources that a FHIR server of a hospital is sent.

From the stored facts alone, so that a message can be made again years later. The ids under which
our own server shows the same things are their identifiers here: the hospital's server gives ids of
its own. A resource that was another person's keeps who and what it was, and says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from imparts.gateway.fhir.about import filled
from imparts.gateway.fhir.addresses import (
    ABSENT_REASONS,
    KINDS_OF_OBSERVATION,
    LOINC,
    ON_ANOTHER_SCALE,
    SNOMED,
    Addresses,
    coding,
)
from imparts.gateway.fhir.extensions import not_answered
from imparts.gateway.fhir.identifiers import system_of
from imparts.gateway.fhir.measures import quantity
from imparts.gateway.fhir.response import DECLINED
from imparts.rules.forms.json_values import with_plain_numbers
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import result_in_words
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.mapping import IN_WORDS, Code
from imparts.rules.record.result_facts import (
    IdentifierFacts,
    ItemFacts,
    PatientFacts,
    ResultFacts,
)
from imparts.rules.record.score_facts import PartFacts, ScoreFacts

Json = dict[str, Any]

IN_ERROR = "entered-in-error"
WRONG_PERSON = "Filed to the wrong person: these were not this patient's answers."
NO_HOSPITAL_NUMBER = (
    "the patient has no hospital number, by which alone a record is asked whose result it is"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One response, as it is told to a server of somebody else's."""

    facts: ResultFacts
    addresses: Addresses
    response: str
    """How the other entries of the transaction refer to the response."""

    def own(self, kind: str, value: str) -> Json:
        """An identifier of ours."""
        return own_identifier(self.addresses, kind, value)

    @property
    def subject(self) -> Json:
        """The patient, as the record itself knows them."""
        return patient_reference(self.facts, self.addresses)

    @property
    def questionnaire(self) -> str:
        """The canonical address of exactly the version that was answered."""
        asked = self.facts.instrument
        return f"{self.addresses.base}/Questionnaire/{asked.id}|{asked.version}"

    @property
    def moment(self) -> str:
        """When the answers were given."""
        return self.facts.completed_at.isoformat(timespec="seconds")

    def questionnaire_response(self) -> Json:
        """The answers."""
        facts = self.facts
        status = "amended" if facts.is_correction else "completed"
        return filled(
            {
                "resourceType": "QuestionnaireResponse",
                "identifier": self.own("response", facts.response_id),
                "language": facts.language or "en",
                "questionnaire": self.questionnaire,
                "status": IN_ERROR if facts.is_withdrawn else status,
                "subject": self.subject,
                "authored": self.moment,
                "source": {} if facts.is_withdrawn else self.subject,
                "item": [] if facts.is_withdrawn else [self._item(one) for one in facts.items],
            }
        )

    def observations(self) -> Iterator[tuple[str, Json]]:
        """What the answers come to, each by its name; the whole comes first."""
        facts = self.facts
        if facts.instrument.is_form:
            numbers = [one for one in facts.items if one.number is not None]
            for place, one in enumerate(numbers, start=1):
                yield f"number-{place}", self._form_number(f"number-{place}", one)
            return
        yield "score", self._whole()
        for part in facts.score.parts:
            yield part.name, self._part(part)

    def _item(self, item: ItemFacts) -> Json:
        return filled({"linkId": item.id, "text": item.text, "answer": self._answer(item)})

    def _answer(self, item: ItemFacts) -> list[Json]:
        if item.number is not None:
            return [{"valueQuantity": _measured(item.number, item.unit)}]
        if item.value is None and item.words:
            return [{"valueString": item.words}]
        if item.value is None:
            return [{"extension": [not_answered(DECLINED)]}] if item.declined else []
        if item.label in ("", str(item.value)):
            return [{"valueInteger": item.value}]
        system = self.addresses.system(f"answers-{self.facts.instrument.id}-{item.id}")
        ours = coding(system, str(item.value), item.label)
        coded = coding(LOINC, item.answer_code, item.label) if item.answer_code else ours
        return [{"valueCoding": coded}]

    def _around(self, name: str, status: str, code: Json) -> Json:
        facts = self.facts
        found = "corrected" if facts.is_correction else "final"
        return {
            "resourceType": "Observation",
            "identifier": [self.own("observation", f"{facts.response_id}-{name}")],
            "status": IN_ERROR
            if facts.is_withdrawn
            else (found if status == "complete" else "preliminary"),
            "category": [{"coding": [coding(KINDS_OF_OBSERVATION, "survey", "Survey")]}],
            "code": code,
            "subject": self.subject,
            "effectiveDateTime": self.moment,
            "derivedFrom": [{"reference": self.response}],
        }

    def _whole(self) -> Json:
        facts, asked = self.facts, self.facts.instrument
        ours = self.addresses.coding("scores", f"{asked.id}.total", f"{asked.short_title} score")
        published = ((LOINC, asked.loinc_total), (SNOMED, asked.snomed_total))
        codes = [coding(*one) for one in published if one[1] and one[1] not in ON_ANOTHER_SCALE]
        code = self._coded(facts.mapping.of(asked.id).total, [*codes, ours], asked.short_title)
        made = self._around("score", facts.score.status, code)
        if facts.is_withdrawn:
            return made | {"note": [{"text": WRONG_PERSON}]}
        made |= self._value(facts.score)
        if facts.score.score is not None:
            made |= self._interpretation(facts.score.band, facts.score.band_label)
        made["note"] = [{"text": one} for one in self._notes()]
        made["component"] = [
            {
                "code": {"coding": [self.addresses.coding("flags", one)], "text": _plainly(one)},
                "valueBoolean": True,
            }
            for one in facts.score.flags
        ]
        return filled(made)

    def _value(self, score: ScoreFacts) -> Json:
        if score.score is not None:
            return self._numbered(score.status, score.score, result_in_words(self.facts))
        if score.band:
            return {"valueCodeableConcept": self._band(score.band, score.band_label)}
        if score.profile:
            return {"valueString": score.profile}
        return {} if score.kind == "parts" else _absent()

    def _numbered(self, status: str, value: Decimal, words: str) -> Json:
        if status != "complete" and self.facts.mapping.preliminary == IN_WORDS:
            return {"valueString": words}
        return {"valueQuantity": quantity(value)}

    def _part(self, part: PartFacts) -> Json:
        asked = self.facts.instrument
        words = f"{asked.short_title}, {part.label}"
        ours = self.addresses.coding("scores", f"{asked.id}.{part.name}", part.label)
        mapped = self.facts.mapping.of(asked.id).parts.get(part.name)
        made = self._around(part.name, part.status, self._coded(mapped, [ours], words))
        if self.facts.is_withdrawn:
            return made | {"note": [{"text": WRONG_PERSON}]}
        made |= (
            _absent()
            if part.score is None
            else self._numbered(part.status, part.score, f"{part.score:f}, estimated")
        )
        made |= self._interpretation(part.band, part.band_label, f"{part.name}.")
        estimated = [{"text": "Estimated: answers are missing."}]
        made["note"] = estimated if part.status == "prorated" else []
        return filled(made)

    def _form_number(self, name: str, item: ItemFacts) -> Json:
        status = self.facts.score.status
        made = self._around(name, status, {"text": f"{self.facts.instrument.title}: {item.text}"})
        if self.facts.is_withdrawn or item.number is None:
            return made | {"note": [{"text": WRONG_PERSON}]}
        made["valueQuantity"] = _measured(item.number, item.unit)
        made["note"] = [{"text": one} for one in self.facts.notes]
        return filled(made)

    def _interpretation(self, band: str, label: str, part: str = "") -> Json:
        return {"interpretation": [self._band(band, label, part)]} if band else {}

    def _band(self, band: str, label: str, part: str = "") -> Json:
        asked = self.facts.instrument
        ours = self.addresses.coding("bands", f"{asked.id}.{part}{band}", label)
        mapped = self.facts.mapping.of(asked.id).bands.get(band)
        return self._coded(mapped, [ours], label or band)

    def _coded(self, mapped: Code | None, ours: list[Json], words: str) -> Json:
        """Codes under one text, the destination's own first."""
        first = [mapped_coding(mapped)] if mapped else []
        return {"coding": [*first, *ours], "text": words}

    def _notes(self) -> Iterator[str]:
        words = result_in_words(self.facts)
        if words and self.facts.score.status != "complete":
            yield words
        yield from self.facts.notes


def patient_reference(facts: ResultFacts | DocumentFacts, addresses: Addresses) -> Json:
    """A conditional reference: the record is asked for its patient with this hospital number."""
    number = _hospital_number(facts.patient, facts.organisation.code)
    asked = facts.mapping.number(number.scheme, number.authority)
    system = asked.system or system_of("hospital", number.authority, addresses)
    return {"reference": f"Patient?identifier={system}|{as_query(number.value)}", "type": "Patient"}


def _hospital_number(patient: PatientFacts, organisation: str) -> IdentifierFacts:
    """The number of the hospital that asked; another hospital's would name somebody else."""
    ours = [
        each
        for each in patient.identifiers
        if each.scheme == "local" and each.authority == organisation
    ]
    if not ours:
        raise FactsRefused(NO_HOSPITAL_NUMBER)
    return ours[0]


def own_identifier(addresses: Addresses, kind: str, value: str) -> Json:
    """An identifier of ours, the same whenever it is sent."""
    return {"system": addresses.numbers(kind), "value": value}


def as_query(value: str) -> str:
    """A value as it stands in a search."""
    return quote(value, safe="")


def mapped_coding(code: Code) -> Json:
    """A code of the destination's own; FHIR names a coding system by an address."""
    if not code.system.startswith(("http://", "https://", "urn:")):
        raise FactsRefused("a code of the mapping has no address as its system, as FHIR needs")
    return coding(code.system, code.code, code.text)


def _absent() -> Json:
    reason = coding(ABSENT_REASONS, "unknown", "Unknown")
    return {"dataAbsentReason": {"coding": [reason], "text": "Answers are missing."}}


def _measured(value: Decimal, unit: str) -> Json:
    return filled({"value": with_plain_numbers(value), "unit": unit})


def _plainly(flag: str) -> str:
    return flag.replace("_", " ").capitalize()
