"""The numbers that a form works out, as Observations: whose formula it is stands in each of them.

A form is a questionnaire that someone else wrote. Its numbers have no band, no range and no flag of
ours; one that rests on missing answers is preliminary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imparts.gateway.fhir.about import About, filled, reference
from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, coding
from imparts.rules.forms.definition import Form
from imparts.rules.forms.json_values import with_plain_numbers
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.result import FormResult
from imparts.rules.record.cautions import FORMULA_NOT_CHECKED

Json = dict[str, Any]
STANDS_OUT = ("amended", "entered-in-error")
INCOMPLETE = "Incomplete: the author's formula may count a missing answer as nothing."


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """One number of a form, as it was worked out."""

    form: Form
    path: str
    label: str
    value: Decimal
    unit: str
    place: int
    """Where it stands among the numbers of its form, counted from 1."""
    is_complete: bool


def form_observations(form: Form, result: FormResult, *, about: About) -> list[Json]:
    """One Observation for each number."""
    return [
        number_observation(
            NumberFacts(form, one.path, one.label, one.value, one.unit, place, result.complete),
            about=about,
        )
        for place, one in enumerate(result.numbers, start=1)
    ]


def number_observation(number: NumberFacts, *, about: About) -> Json:
    """One number; whoever withdrew or corrected the response has said so in `about`."""
    codes = number.form.by_id[place_of(number.path).link_id].codes
    notes = [FORMULA_NOT_CHECKED, *([] if number.is_complete else [INCOMPLETE])]
    value = {"value": with_plain_numbers(number.value), "unit": number.unit}
    usual = "final" if number.is_complete else "preliminary"
    return filled(
        {
            "resourceType": "Observation",
            "id": about.id_of(f"number-{number.place}"),
            "status": about.status if about.status in STANDS_OUT else usual,
            "category": [{"coding": [coding(KINDS_OF_OBSERVATION, "survey", "Survey")]}],
            "code": _code(number, [c for c in codes if c.system and c.code]),
            "subject": reference(about.patient),
            "effectiveDateTime": about.moment,
            "valueQuantity": filled(value),
            "note": [{"text": words} for words in notes],
            "derivedFrom": [about.response],
        }
    )


def _code(number: NumberFacts, codes: Iterable[Any]) -> Json:
    found = [coding(one.system, one.code, one.display) for one in codes]
    return filled({"coding": found, "text": f"{number.form.title}: {number.label}"})
