"""Structure: whether a resource has the shape of FHIR R4: every fault with where it is, no values.

Types, unknown elements, patterns and required codes are checked by HL7's own JSON Schema of R4.
It does not see that a required element is missing (it allows an extension in its place), so those
are counted from HL7's StructureDefinitions. Both files stand in `r4`; the README there says from
where they are. No sentence here repeats what a resource holds: it could be about a person.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "r4"
SCHEMA = FOLDER / "fhir.schema.json.gz"
MOST_FAULTS = 100
MOST_DEEP = 60
_NAMES = {
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: FHIR's code for it, a sentence, and where, as FHIRPath."""

    code: str
    says: str
    where: str


def faults_of(resource: object) -> list[Fault]:
    """Everything that is wrong with the shape of a resource, at most a hundred things."""
    if not isinstance(resource, dict):
        return [Fault("structure", "A resource is a JSON object.", "")]
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or kind not in _definitions():
        return [Fault("structure", "resourceType is not a type that is known here.", "")]
    if _is_too_deep(resource):
        return [Fault("too-long", f"Elements stand more than {MOST_DEEP} deep.", kind)]
    found = [*_by_schema(resource, kind), *_missing(resource, kind, kind)]
    found += [
        Fault("structure", "An element may not be empty.", at) for at in _empty(resource, kind)
    ]
    return list(dict.fromkeys(found))[:MOST_FAULTS]


@cache
def _schema() -> Json:
    read: Json = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    return read


def _definitions() -> Mapping[str, Any]:
    found: Mapping[str, Any] = _schema()["definitions"]
    return found


@cache
def _required() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = json.loads((FOLDER / "required.json").read_text())["required"]
    return found


@cache
def _validator(kind: str) -> Any:
    from jsonschema import Draft6Validator  # heavy: most processes never check a resource

    return Draft6Validator(_schema() | {"allOf": [{"$ref": f"#/definitions/{kind}"}]})


def _by_schema(resource: Json, kind: str) -> Iterator[Fault]:
    for count, problem in enumerate(_validator(kind).iter_errors(resource)):
        if count >= MOST_FAULTS:
            return
        where = kind + problem.json_path.removeprefix("$")
        yield _in_words(problem, where)


def _in_words(problem: Any, where: str) -> Fault:
    match problem.validator:
        case "additionalProperties":
            known = problem.schema.get("properties", {})
            extra = sorted(str(name)[:40] for name in problem.instance if name not in known)
            return Fault("structure", f"FHIR R4 has no element {', '.join(extra[:5])} here.", where)
        case "type":
            name = _NAMES.get(str(problem.validator_value), str(problem.validator_value))
            return Fault("structure", f"This must be {name}.", where)
        case "enum" | "const":
            codes = problem.validator_value
            allowed = ", ".join(codes if isinstance(codes, list) else [str(codes)])
            return Fault("code-invalid", f"This must be one of: {allowed}.", where)
        case "required":
            missing = [name for name in problem.validator_value if name not in problem.instance]
            return Fault("required", f"{', '.join(missing)} is missing.", where)
        case "pattern":
            return Fault("value", "This is not written as FHIR writes it.", where)
    return Fault("structure", "This is not a resource that may stand here.", where)


def _missing(part: Json, kind: str, where: str) -> Iterator[Fault]:
    """Required elements that are not there, here and below, in types that we know by their path."""
    for name in _required().get(kind, ()):
        if not _has(part, name):
            yield Fault("required", f"{name} is missing.", where)
    for name, inner in part.items():
        below = f"{kind}.{name}"
        many = inner if isinstance(inner, list) else [inner]
        for number, one in enumerate(many):
            if isinstance(one, dict):
                place = (
                    f"{where}.{name}[{number}]" if isinstance(inner, list) else f"{where}.{name}"
                )
                yield from _missing(one, _path_of(one, below), place)


def _path_of(part: Json, below: str) -> str:
    """A resource inside another one begins its own path; an item inside an item is an item."""
    kind = part.get("resourceType")
    if isinstance(kind, str):
        return kind
    return below.replace(".item.item", ".item").replace(".answer.item", ".item")


def _has(part: Json, name: str) -> bool:
    if not name.endswith("[x]"):
        return name in part or f"_{name}" in part
    return any(one.lstrip("_").startswith(name[:-3]) for one in part)


def _empty(part: Any, where: str) -> Iterator[str]:
    if part in ({}, [], "", None):
        yield where
    elif isinstance(part, dict):
        for name, inner in part.items():
            if not (name.startswith("_") and inner is None):
                yield from _empty(inner, f"{where}.{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            if inner is not None:  # an array beside one of extensions holds null where it has none
                yield from _empty(inner, f"{where}[{number}]")


def _is_too_deep(resource: Json) -> bool:
    level: list[Any] = [resource]
    for _ in range(MOST_DEEP):
        level = [
            inner
            for part in level
            for inner in (part.values() if isinstance(part, dict) else part)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
