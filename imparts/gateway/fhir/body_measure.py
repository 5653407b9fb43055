"""Observation of the body or the disease: DAS28, HbA1c, weight, blood pressure, as they were sent.

No band, no range and no interpretation: those on our pages are partly from general knowledge. A
pair is two components. A number that was put right is amended; one that was entered in error says
so and has no value.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, UCUM, Addresses, coding
from imparts.rules.forms.json_values import with_plain_numbers

Json = dict[str, Any]

FINAL, AMENDED, IN_ERROR = "final", "amended", "entered-in-error"


@dataclass(frozen=True, slots=True)
class BodyMeasure:
    """One measurement as it stands now."""

    id: str
    patient: str
    measure: str  # the id of our file: "hba1c"
    name: str
    value: Decimal
    measured_on: date
    recorded_at: datetime
    status: str = FINAL
    unit: str = ""
    ucum: str = ""  # UCUM's code; empty where our file has none
    second: Decimal | None = None
    names_of_pair: tuple[str, str] = ("", "")
    performer: str = ""


def body_observation(facts: BodyMeasure, addresses: Addresses | None = None) -> Json:
    """One measurement."""
    addresses = addresses or Addresses()
    ours = addresses.coding("measures", facts.measure, facts.name)
    made = {
        "resourceType": "Observation",
        "id": facts.id,
        "status": facts.status,
        "category": [_category(facts)],
        "code": {"coding": [ours], "text": facts.name},
        "subject": reference(facts.patient),
        "effectiveDateTime": facts.measured_on.isoformat(),
        "issued": facts.recorded_at.isoformat(timespec="seconds"),
        "performer": [{"display": facts.performer}] if facts.performer else [],
    }
    return filled(made | _values(facts, addresses))


def _values(facts: BodyMeasure, addresses: Addresses) -> Json:
    if facts.status == IN_ERROR:
        return {}
    if facts.second is None:
        return {"valueQuantity": _quantity(facts, facts.value)}
    pairs = zip(facts.names_of_pair, (facts.value, facts.second), strict=True)
    return {
        "component": [
            {
                "code": {
                    "coding": [addresses.coding("measures", f"{facts.measure}.{name.lower()}")],
                    "text": name,
                },
                "valueQuantity": _quantity(facts, value),
            }
            for name, value in pairs
        ]
    }


def _category(facts: BodyMeasure) -> Json:
    kind = ("vital-signs", "Vital Signs") if facts.second is not None else ("exam", "Exam")
    return {"coding": [coding(KINDS_OF_OBSERVATION, *kind)]}


def _quantity(facts: BodyMeasure, value: Decimal) -> Json:
    coded = {"system": UCUM, "code": facts.ucum} if facts.ucum else {}
    return filled({"value": with_plain_numbers(value), "unit": facts.unit}) | coded
