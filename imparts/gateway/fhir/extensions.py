"""Extensions: the few that we use. All are HL7's but one, which marks an item that asks about harm.

A weight is written twice, as ordinalValue (R4) and as itemWeight (its name since R5), because
readers of R4 know the first and structured data capture (SDC) now asks for the second.
"""

from collections.abc import Iterable
from typing import Any

from imparts.gateway.fhir.addresses import ITEM_CONTROLS, coding

Json = dict[str, Any]

_HL7 = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
ORDINAL_VALUE = f"{_HL7}/ordinalValue"
ITEM_WEIGHT = f"{_HL7}/itemWeight"
TRANSLATION = f"{_HL7}/translation"
ABSENT_REASON = f"{_HL7}/data-absent-reason"
HIDDEN = f"{_HL7}/questionnaire-hidden"
ITEM_CONTROL = f"{_HL7}/questionnaire-itemControl"
LEAST, GREATEST = f"{_HL7}/minValue", f"{_HL7}/maxValue"
CALCULATED = f"{_SDC}/sdc-questionnaire-calculatedExpression"
ENABLE_WHEN = f"{_SDC}/sdc-questionnaire-enableWhenExpression"
FHIRPATH = "text/fhirpath"


def weights(value: int) -> list[Json]:
    """What an answer counts, under both names."""
    return [
        {"url": ORDINAL_VALUE, "valueDecimal": value},
        {"url": ITEM_WEIGHT, "valueDecimal": value},
    ]


def hidden() -> Json:
    """Not for the person who answers."""
    return {"url": HIDDEN, "valueBoolean": True}


def end_label(which: str) -> Json:
    """The words at the lower or the upper end of a scale."""
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding(ITEM_CONTROLS, which)]}}


def range_of(lowest: int, highest: int) -> list[Json]:
    """The least and the greatest whole number that may be answered."""
    return [
        {"url": LEAST, "valueInteger": lowest},
        {"url": GREATEST, "valueInteger": highest},
    ]


def expression(url: str, fhirpath: str, description: str) -> Json:
    """An expression, with a sentence that says what it works out."""
    said = {"description": description, "language": FHIRPATH, "expression": fhirpath}
    return {"url": url, "valueExpression": said}


def not_answered(reason: str) -> Json:
    """Why there is no answer: asked-declined, or unknown."""
    return {"url": ABSENT_REASON, "valueCode": reason}


def with_words(name: str, words: str, others: Iterable[tuple[str, str]] = ()) -> Json:
    """A text element with its translations; nothing at all where there are no words."""
    if not words:
        return {}
    translations = [_translation(language, said) for language, said in others if said]
    beside = {f"_{name}": {"extension": translations}} if translations else {}
    return {name: words} | beside


def _translation(language: str, words: str) -> Json:
    return {
        "url": TRANSLATION,
        "extension": [
            {"url": "lang", "valueCode": language},
            {"url": "content", "valueString": words},
        ],
    }
