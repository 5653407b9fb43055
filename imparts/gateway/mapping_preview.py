"""Preview: one message as it is without a mapping and as it is with it, line beside line.

For the integrator's page. The message is a real one in every respect but the patient, who is
invented: what stands in the database is never shown for it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from imparts.gateway.fhir.sending import transaction
from imparts.gateway.written import invented_as_hl7
from imparts.rules.record import invented
from imparts.rules.record.applying import apply
from imparts.rules.record.mapping import AS_IT_IS, DestinationMapping
from imparts.rules.record.result_facts import ResultFacts


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the message before and after; empty where the other has one more."""

    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the mapping changes it."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Sample:
    """One message that a mapping is tried on."""

    name: str
    facts: ResultFacts


def samples(organisation: str = "X001") -> tuple[Sample, ...]:
    """The results that show what a mapping does: complete, estimated, put right, withdrawn."""
    whole = invented.a_result(organisation=organisation)
    return (
        Sample("A complete result", whole),
        Sample("An estimate", invented.an_estimate(organisation=organisation)),
        Sample("A correction", replace(whole, is_correction=True)),
        Sample("Filed to the wrong person", replace(whole, is_withdrawn=True)),
    )


def preview(
    mapping: DestinationMapping, *, sends: str = "oru", facts: ResultFacts | None = None
) -> tuple[PreviewLine, ...]:
    """Before and after, line by line; FactsRefused where the mapping cannot be used on this way.

    `sends` is what the destination wants: oru, mdm or fhir.
    """
    facts = facts or invented.a_result()
    return _beside(_lines(facts, AS_IT_IS, sends), _lines(facts, mapping, sends))


def _lines(facts: ResultFacts, mapping: DestinationMapping, sends: str) -> list[str]:
    if sends == "fhir":
        told = transaction(apply(facts, mapping))
        return json.dumps(told, indent=2, ensure_ascii=False).split("\n")
    text = invented_as_hl7(facts, mapping, sends=sends, control_id=invented.CONTROL_ID)
    return text.rstrip("\r").split("\r")


def _beside(before: Sequence[str], after: Sequence[str]) -> tuple[PreviewLine, ...]:
    found: list[PreviewLine] = []
    matched = SequenceMatcher(a=before, b=after, autojunk=False)
    for _, a, b, c, d in matched.get_opcodes():
        beside = zip_longest(before[a:b], after[c:d], fillvalue="")
        found += [PreviewLine(*pair) for pair in beside]
    return tuple(found)
