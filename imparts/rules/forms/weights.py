"""Weights: the number that a file gives to one of its answers, under any of the names in use."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# The first is of FHIR R4, the second of later years; the others are older and still published.
WEIGHTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
)


class WeighedCoding(dict[str, Any]):
    """An answer's coding as FHIRPath sees it, with the weight that its question gives it.

    The weight is no key, so that two codings are as equal as their author thinks they are; and it
    is the question's own, since one code may weigh differently in two questions.
    """

    weight: Decimal | None = None


def weight_of(held: Any) -> Decimal | None:
    """The weight of an answer, a coding or an answer option; None when it has none."""
    if isinstance(held, WeighedCoding):
        return held.weight
    if not isinstance(held, Mapping):
        return None
    own = _extended(held)
    if own is not None:
        return own
    coding = held.get("valueCoding")
    return weight_of(coding) if isinstance(coding, Mapping) else None


def _extended(held: Mapping[str, Any]) -> Decimal | None:
    for extension in held.get("extension", ()):
        if isinstance(extension, Mapping) and extension.get("url") in WEIGHTS:
            for key in ("valueDecimal", "valueInteger"):
                value = extension.get(key)
                if isinstance(value, int | Decimal) and not isinstance(value, bool):
                    return Decimal(value)
    return None
