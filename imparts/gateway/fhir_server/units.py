"""Units and codes of measures of the body: as UCUM and LOINC write them; never guessed.

A number is taken only with exactly the unit that the measure has here. Nothing is worked out from
one unit into another: a wrong factor would be a wrong number in somebody's record (hazard H4).
"""

from collections.abc import Mapping
from typing import Any

from imparts.gateway.fhir.addresses import LOINC, SNOMED, UCUM, Addresses
from imparts.rules.physical_measures import PhysicalKind

NO_UNIT = ("1", "{score}")
_SYSTEMS = {"LN": LOINC, "SCT": SNOMED}


def codes_of(kind: PhysicalKind, *, of_second: bool = False) -> tuple[tuple[str, str], ...]:
    """The codes under which a measure is taken and found: published ones, then our own.

    Of a pair, the second number has its own. Published codes that stand in our files from general
    knowledge are understood, and never sent.
    """
    published = tuple(
        (_SYSTEMS[one.system], one.code)
        for one in kind.codes
        if one.is_second == of_second and one.system in _SYSTEMS
    )
    limits = kind.second if of_second else kind.first
    ours = Addresses().system("measures")
    name = f"{kind.id}.{limits.name.lower()}" if limits and kind.second else kind.id
    return (*published, (ours, name), *(() if of_second else ((ours, kind.id),)))


def is_its_unit(kind: PhysicalKind, quantity: Mapping[str, Any]) -> bool:
    """Whether a quantity is in exactly the measure's own unit."""
    code = quantity.get("code")
    if code is None:
        return bool(quantity.get("unit", "") == kind.unit)
    allowed = (kind.ucum,) if kind.ucum else () if kind.unit else NO_UNIT
    return quantity.get("system") == UCUM and code in allowed
