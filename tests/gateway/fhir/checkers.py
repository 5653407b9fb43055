"""Two checkers of FHIR R4 that are not ours, and HL7's own invariants for what neither looks at.

What each really checks was found out by planting faults (test_checkers.py):

- HL7's JSON Schema: types, unknown elements, patterns and required codes. It does not see a missing
  required element (it allows an extension in its place), two choices of value[x], or an empty list.
- fhirkit: types, unknown elements, patterns, required elements, one value[x], no empty lists. It
  does not know the codes that an element may have.
- Neither evaluates an invariant ("link ids are unique"), nor sees an empty object. HL7 publishes
  the invariants as FHIRPath: they are evaluated here as they are, by fhirpathpy.
"""

import gzip
import json
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import fhirkit
from jsonschema import Draft6Validator

from imparts.gateway.fhir.structure import SCHEMA

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import fhirpathpy

Json = dict[str, Any]

# HL7's keys and expressions of R4, by the element on which they stand. que-5's own expression is
# kept as published: it allows more than its sentence says.
INVARIANTS = {
    "Questionnaire": {
        "que-0": "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
        "que-2": "descendants().linkId.isDistinct()",
    },
    "Questionnaire.item": {
        "que-1": "(type='group' implies item.empty().not()) and "
        "(type='display' implies item.empty())",
        "que-3": "type!='display' or code.empty()",
        "que-4": "answerOption.empty() or answerValueSet.empty()",
        "que-5": "(type ='choice' or type = 'open-choice' or type = 'decimal' or type = 'integer' "
        "or type = 'date' or type = 'dateTime' or type = 'time' or type = 'string' or "
        "type = 'quantity') or (answerValueSet.empty() and answerOption.empty())",
        "que-6": "type!='display' or (required.empty() and repeats.empty())",
        "que-8": "(type!='group' and type!='display') or initial.empty()",
        "que-9": "type!='display' or readOnly.empty()",
        "que-11": "answerOption.empty() or initial.empty()",
        "que-12": "enableWhen.count() > 2 implies enableBehavior.exists()",
    },
    "QuestionnaireResponse.item": {"qrs-1": "(answer.exists() and item.exists()).not()"},
    "Observation": {
        "obs-6": "dataAbsentReason.empty() or value.empty()",
        "obs-7": "value.empty() or "
        "component.code.where(coding.intersect(%resource.code.coding).exists()).empty()",
    },
    "Observation.referenceRange": {"obs-3": "low.exists() or high.exists() or text.exists()"},
}


@cache
def _schema(resource_type: str) -> Draft6Validator:
    schema = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    return Draft6Validator(schema | {"allOf": [{"$ref": f"#/definitions/{resource_type}"}]})


def by_schema(resource: Json) -> list[str]:
    """What HL7's JSON Schema says is wrong."""
    found = _schema(resource["resourceType"]).iter_errors(resource)
    return [f"{problem.json_path}: {problem.message}" for problem in found]


def by_fhirkit(resource: Json) -> list[str]:
    """What fhirkit says is wrong."""
    return [str(problem) for problem in fhirkit.validate(json.dumps(resource))]


@cache
def expression(fhirpath: str) -> Callable[..., list[Any]]:
    """An expression, read once."""
    from fhirpathpy.models import models

    return fhirpathpy.compile(fhirpath, models["r4"])


def by_invariants(resource: Json) -> list[str]:
    """Which of HL7's invariants are broken, and where an element is empty."""
    kind = resource["resourceType"]
    places = [(kind, resource)]
    for name in ("item", "referenceRange"):
        places += [(f"{kind}.{name}", one) for one in _under(resource, name)]
    broken = [
        f"{where}: {key}"
        for where, element in places
        for key, fhirpath in INVARIANTS.get(where, {}).items()
        if expression(fhirpath)(element, {"resource": resource}) != [True]
    ]
    return broken + [f"{where}: ele-1" for where in _empty(resource, kind)]


def _under(element: Json, name: str) -> Iterator[Json]:
    for one in element.get(name, []):
        yield one
        yield from _under(one, name)


def _empty(part: Any, where: str) -> Iterator[str]:
    if part in ({}, [], "", None):
        yield where
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _empty(inner, f"{where}.{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _empty(inner, f"{where}[{number}]")


def problems(resource: Json) -> list[str]:
    """Everything that any of them finds, in the resource as it is sent."""
    sent = json.loads(json.dumps(resource))
    return [*by_schema(sent), *by_fhirkit(sent), *by_invariants(sent)]
