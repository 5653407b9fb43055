"""Measures of the body and diagnoses that a client sends: taken as they are, never converted."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from imparts.gateway.fhir_server.addressed import fault, moment_in, person_in, place_in
from imparts.gateway.fhir_server.queries.body import kept_as
from imparts.gateway.fhir_server.registry import Json, Reader, Written
from imparts.gateway.fhir_server.units import codes_of, is_its_unit
from imparts.informatics.results import actions as results
from imparts.library import queries as library
from imparts.rules.physical_measures import PhysicalKind

ROOT = "Observation"
FROM_RECORD = "record"
_CODE, _WORDS = 40, 250


def take_measure(resource: Json, reader: Reader) -> Written:
    """Store one measurement; final ones only."""
    if resource.get("status") not in ("final", "amended", "corrected"):
        raise fault("business-rule", "Only final measurements are taken.", f"{ROOT}.status")
    kind = _kind_in(resource)
    value, second = _values_in(resource, kind)
    patient = person_in(resource, reader)
    when = moment_in(resource, "effectiveDateTime", reader)
    place = place_in(resource, patient, when.astimezone().date(), reader)
    try:
        row = results.record_physical_measure(
            patient=patient, service=place.service, code=kind.id, value=value, second_value=second,
            measured_on=when.astimezone().date(), source=FROM_RECORD, by=reader.asking.username,
            at=reader.at,
        )  # fmt: skip
    except results.NotStored as why:
        raise fault("business-rule", str(why), f"{ROOT}.value") from why
    return Written(f"body-{row.pk}", True)


def take_diagnosis(resource: Json, reader: Reader) -> Written:
    """Store one diagnosis with its words, and its code where the system is one that we keep."""
    said = resource.get("code") or {}
    coding: Mapping[str, Any] = next(iter(said.get("coding", [])), {})
    words = str(said.get("text") or coding.get("display") or "").strip()
    if not words:
        raise fault("required", "Say the diagnosis in words: code.text.", "Condition.code")
    code = str(coding.get("code", ""))
    system = kept_as(str(coding.get("system", "")))
    if len(words) > _WORDS or len(code) > _CODE or len(system) > 60:
        raise fault("too-long", "The words or the code are too long.", "Condition.code")
    if _is_in_error(resource):
        raise fault(
            "business-rule", "Staff here withdraw a diagnosis that was entered in error.",
            "Condition.verificationStatus",
        )  # fmt: skip
    patient = person_in(resource, reader)
    has_day = "onsetDateTime" in resource
    when = moment_in(resource, "onsetDateTime", reader)
    place = place_in(resource, patient, reader.on, reader)
    try:
        row = results.record_diagnosis(
            patient=patient, organisation=place.service.organisation, service=place.service,
            system=system if code else "", code=code if system else "", words=words,
            diagnosed_on=when.astimezone().date() if has_day else None, source=FROM_RECORD,
            by=reader.asking.username, at=reader.at,
        )  # fmt: skip
    except results.NotStored as why:
        raise fault("business-rule", str(why), "Condition.code") from why
    return Written(str(row.pk), True)


def _kind_in(resource: Json) -> PhysicalKind:
    codes = {(one.get("system"), one.get("code")) for one in resource["code"].get("coding", [])}
    for kind in library.physical_measures().values():
        if codes & set(codes_of(kind)):
            return kind
    known = ", ".join(library.physical_measures())
    says = f"This is not a measure that is kept here. Those are: {known}."
    raise fault("code-invalid", says, f"{ROOT}.code")


def _values_in(resource: Json, kind: PhysicalKind) -> tuple[Decimal, Decimal | None]:
    if kind.second is None:
        where = f"{ROOT}.valueQuantity"
        return _number(resource.get("valueQuantity"), kind, where), None
    return (
        _component(resource, kind, of_second=False),
        _component(resource, kind, of_second=True),
    )


def _component(resource: Json, kind: PhysicalKind, *, of_second: bool) -> Decimal:
    wanted = set(codes_of(kind, of_second=of_second))
    for place, one in enumerate(resource.get("component", [])):
        codes = {(each.get("system"), each.get("code")) for each in one["code"].get("coding", [])}
        if codes & wanted:
            where = f"{ROOT}.component[{place}].valueQuantity"
            return _number(one.get("valueQuantity"), kind, where)
    limits = kind.second if of_second else kind.first
    name = limits.name.lower() if limits else kind.name
    raise fault("required", f"The {name} number is missing.", f"{ROOT}.component")


def _number(quantity: Any, kind: PhysicalKind, where: str) -> Decimal:
    if not isinstance(quantity, Mapping) or "value" not in quantity:
        raise fault("required", f"{kind.name} is a number with its unit.", where)
    if quantity.get("comparator"):
        raise fault("not-supported", "A number that is more or less than is not kept.", where)
    if not is_its_unit(kind, quantity):
        unit = f"in {kind.unit}" if kind.unit else "without a unit"
        raise fault("value", f"{kind.name} is taken {unit} here, and never converted.", where)
    try:
        value = Decimal(json.dumps(quantity["value"]))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise fault("value", "This is not a number.", f"{where}.value")
    return value


def _is_in_error(resource: Json) -> bool:
    said = (resource.get("verificationStatus") or {}).get("coding", [])
    return any(one.get("code") == "entered-in-error" for one in said)
