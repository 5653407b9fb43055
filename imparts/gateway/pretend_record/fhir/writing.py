"""Writing: what is to be created or updated, checked against what is there; nothing is stored yet.

A condition (If-None-Exist, or ifNoneExist in a transaction) that finds one resource means that
nothing is to be done: what was sent before is not written again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import uuid4

from imparts.gateway.pretend_record.fhir.outcomes import Json, Refused
from imparts.gateway.pretend_record.fhir.searching import found
from imparts.gateway.pretend_record.fhir.store import Key, Store

READ_ONLY = ("Practitioner", "Organization")
TYPES = (
    "Patient", "Practitioner", "Organization", "Encounter", "Appointment", "Questionnaire",
    "QuestionnaireResponse", "Observation", "Flag", "DocumentReference", "Binary", "Provenance",
    "Condition", "ServiceRequest", "Task", "Communication", "CarePlan", "DiagnosticReport",
)  # fmt: skip
_SUBJECTS = ("subject", "patient")


@dataclass(frozen=True, slots=True)
class Planned:
    """What one create or update comes to: a resource to be stored, or one that is there."""

    key: Key
    resource: Json | None  # None: nothing to do
    status: int


def plan_create(
    store: Store, kind: str, body: Json, *, condition: str = "", where: str = ""
) -> Planned:
    """A new resource, unless the condition finds that it is here."""
    _refuse_other_type(kind, body, where)
    there = _there(store, kind, condition, where) if condition else None
    return Planned(there, None, 200) if there else _new(kind, body)


def plan_update(store: Store, key: Key, body: Json, *, match: str = "", where: str = "") -> Planned:
    """A new version of what is there; If-Match names the version that the sender has seen."""
    _refuse_other_type(key.type, body, where)
    if body.get("id") != key.id:
        raise Refused(400, "invalid", "The id in the resource is not the one asked for.")
    there = store.read(key)
    if there is None:
        words = "This record gives ids itself: POST a new resource."
        raise Refused(405, "not-supported", words, where=where)
    held = there["meta"]["versionId"]
    if match and match.removeprefix("W/").strip('"') != held:
        words = f"The version here is {held}, and not the one that was changed."
        raise Refused(412, "conflict", words, where=where)
    return Planned(key, body, 200)


def plan_update_where(
    store: Store, kind: str, body: Json, *, condition: str, where: str = ""
) -> Planned:
    """A new version of the one resource that the condition finds; a new resource if none."""
    _refuse_other_type(kind, body, where)
    there = _there(store, kind, condition, where)
    return Planned(there, {**body, "id": there.id}, 200) if there else _new(kind, body)


def _there(store: Store, kind: str, condition: str, where: str) -> Key | None:
    """The one resource that a condition finds, if any."""
    there = [Key.of(one) for one in found(store, kind, _pairs(condition))]
    if len(there) > 1:
        words = f"{len(there)} resources answer to the condition; it must name one."
        raise Refused(412, "multiple-matches", words, where=where)
    return there[0] if there else None


def _new(kind: str, body: Json) -> Planned:
    key = Key(kind, str(uuid4()))
    return Planned(key, {**body, "id": key.id}, 201)


def with_references(resource: Json, known: Mapping[str, str], store: Store, *, where: str) -> Json:
    """The resource with urn:uuid references and conditional ones made into those of this record."""
    return _walked(resource, lambda reference: _meant(reference, known, store, where=where))


def refuse_strangers(resource: Json, store: Store, new: frozenset[Key], *, where: str) -> None:
    """A careful record files nothing under a patient that it does not have."""
    for name in _SUBJECTS:
        held = resource.get(name) or {}
        path = f"{where or resource['resourceType']}.{name}"
        reference = held.get("reference", "") if isinstance(held, dict) else None
        if not isinstance(reference, str):
            raise Refused(400, "structure", f"{name} is no reference.", where=path)
        kind, _, name_of = reference.partition("/")
        if kind != "Patient":
            continue
        if store.read(Key(kind, name_of)) is None and Key(kind, name_of) not in new:
            raise Refused(422, "not-found", "There is no such patient in this record.", where=path)


def _meant(reference: str, known: Mapping[str, str], store: Store, *, where: str) -> str:
    if reference.startswith("urn:"):
        if reference not in known:
            words = f"{reference} is referred to, and no entry has that fullUrl."
            raise Refused(400, "invalid", words, where=where)
        return known[reference]
    kind, question, condition = reference.partition("?")
    if not question or kind not in TYPES:
        return reference
    there = found(store, kind, _pairs(condition))
    if len(there) != 1:
        words = f"{len(there)} resources answer to a reference of type {kind}; it must name one."
        raise Refused(412, "multiple-matches" if there else "not-found", words, where=where)
    return str(Key.of(there[0]))


def _walked(value: Json, meant: Callable[[str], str]) -> Json:
    """The value with every reference in it, however deep, put through `meant`."""

    def walk(held: object) -> object:
        if isinstance(held, list):
            return [walk(each) for each in held]
        if not isinstance(held, dict):
            return held
        return {
            name: meant(each) if name == "reference" and isinstance(each, str) else walk(each)
            for name, each in held.items()
        }

    walked = walk(value)
    assert isinstance(walked, dict)
    return walked


def _refuse_other_type(kind: str, body: Json, where: str) -> None:
    if kind not in TYPES or kind in READ_ONLY:
        raise Refused(405, "not-supported", f"{kind} cannot be written here.", where=where)
    if body.get("resourceType") != kind:
        raise Refused(400, "structure", f"The resource is not a {kind}.", where=where)
    if not isinstance(body.get("meta", {}), dict):
        raise Refused(400, "structure", "meta is no object.", where=f"{where or kind}.meta")


def _pairs(condition: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple(parse_qsl(condition.partition("?")[2] or condition))
    if not pairs:
        raise Refused(400, "value", "The condition says nothing.")
    return pairs
