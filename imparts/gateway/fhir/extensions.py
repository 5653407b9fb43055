"""Extensions: the few that we use. All are HL7's but one, which marks an item that asks about harm.

A weight is written twice, as ordinalValue (R4) and as itemWeight (its name since R5), because
readers of R4 know the first and structured data capture (SDC) now asks for the second.
"""

from collections.abc import Iterable
from typing import Any

from imparts.gateway.fhir.addresses import ITEM_CONTROLS, coding
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.weights import WEIGHTS

Json = dict[str, Any]

# Of those that are read under several names, the first is today's.
ORDINAL_VALUE, ITEM_WEIGHT = WEIGHTS[:2]
CALCULATED, ENABLE_WHEN = v.CALCULATED[0], v.ENABLED[0]


def weights(value: int) -> list[Json]:
    """What an answer counts, under both names."""
    return [
        {"url": ORDINAL_VALUE, "valueDecimal": value},
        {"url": ITEM_WEIGHT, "valueDecimal": value},
    ]


def hidden() -> Json:
    """Not for the person who answers."""
    return {"url": v.HIDDEN, "valueBoolean": True}


def end_label(which: str) -> Json:
    """The words at the lower or the upper end of a scale."""
    return {"url": v.CONTROL, "valueCodeableConcept": {"coding": [coding(ITEM_CONTROLS, which)]}}


def range_of(lowest: int, highest: int) -> list[Json]:
    """The least and the greatest whole number that may be answered."""
    return [
        {"url": v.MIN_VALUE, "valueInteger": lowest},
        {"url": v.MAX_VALUE, "valueInteger": highest},
    ]


def expression(url: str, fhirpath: str, description: str) -> Json:
    """An expression, with a sentence that says what it works out."""
    said = {"description": description, "language": v.FHIRPATH, "expression": fhirpath}
    return {"url": url, "valueExpression": said}


def not_answered(reason: str) -> Json:
    """Why there is no answer: asked-declined, or unknown."""
    return {"url": v.ABSENT_REASON, "valueCode": reason}


def with_words(name: str, words: str, others: Iterable[tuple[str, str]] = ()) -> Json:
    """A text element with its translations; nothing at all where there are no words."""
    if not words:
        return {}
    translations = [_translation(language, said) for language, said in others if said]
    beside = {f"_{name}": {"extension": translations}} if translations else {}
    return {name: words} | beside


def _translation(language: str, words: str) -> Json:
    return {
        "url": v.TRANSLATION,
        "extension": [
            {"url": "lang", "valueCode": language},
            {"url": "content", "valueString": words},
        ],
    }
