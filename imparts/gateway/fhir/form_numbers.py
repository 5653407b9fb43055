"""The numbers that a form works out, as Observations: whose formula it is stands in each of them.

A form is a questionnaire that someone else wrote. Its numbers have no band, no range and no flag of
ours; one that rests on missing answers is preliminary.
"""

from collections.abc import Iterable
from typing import Any

from imparts.gateway.fhir.about import About, filled, reference
from imparts.gateway.fhir.addresses import KINDS_OF_OBSERVATION, coding
from imparts.rules.forms.definition import Form
from imparts.rules.forms.json_values import with_plain_numbers
from imparts.rules.forms.result import FormResult, NamedNumber
from imparts.rules.record.cautions import FORMULA_NOT_CHECKED

Json = dict[str, Any]
INCOMPLETE = "Incomplete: the author's formula may count a missing answer as nothing."


def form_observations(form: Form, result: FormResult, *, about: About) -> list[Json]:
    """One Observation for each number."""
    return [
        _observation(form, one, place, result, about)
        for place, one in enumerate(result.numbers, start=1)
    ]


def _observation(
    form: Form, number: NamedNumber, place: int, result: FormResult, about: About
) -> Json:
    codes = form.by_id[number.link_id].codes
    notes = [FORMULA_NOT_CHECKED, *([] if result.complete else [INCOMPLETE])]
    value = {"value": with_plain_numbers(number.value), "unit": number.unit}
    return filled(
        {
            "resourceType": "Observation",
            "id": about.id_of(f"number-{place}"),
            "status": "final" if result.complete else "preliminary",
            "category": [{"coding": [coding(KINDS_OF_OBSERVATION, "survey", "Survey")]}],
            "code": _code(form, number, [c for c in codes if c.system and c.code]),
            "subject": reference(about.patient),
            "effectiveDateTime": about.moment,
            "valueQuantity": filled(value),
            "note": [{"text": words} for words in notes],
            "derivedFrom": [about.response],
        }
    )


def _code(form: Form, number: NamedNumber, codes: Iterable[Any]) -> Json:
    found = [coding(one.system, one.code, one.display) for one in codes]
    return filled({"coding": found, "text": f"{form.title}: {number.label}"})
