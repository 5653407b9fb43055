"""A Patient that somebody sends: read into plain facts, with every fault and where it is.

What is not kept here is refused and not dropped: whoever sends it would believe that it is stored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.identifiers import VERIFICATION_STATUS, Number, scheme_of
from imparts.gateway.fhir.patient import ETHNIC_CATEGORY, ETHNICITY, GENDERS, INTERPRETER, REASONS
from imparts.gateway.fhir.structure import Fault

Json = dict[str, Any]

KEPT = frozenset(
    {
        "resourceType", "id", "meta", "text", "language", "implicitRules", "extension",
        "identifier", "active", "name", "gender", "birthDate", "deceasedBoolean",
        "deceasedDateTime", "address", "communication", "generalPractitioner", "link",
    }
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_KEPT = "This is not kept here. Leave it out."


@dataclass(frozen=True, slots=True)
class PatientIn:
    """What was sent of one person."""

    details: dict[str, Any]
    """Facts by their names on our record; what was not sent is there as empty."""
    numbers: tuple[Number, ...]
    is_test: bool
    practice: str


def read_patient(
    resource: Json, addresses: Addresses | None = None
) -> tuple[PatientIn | None, list[Fault]]:
    """The facts, or what is wrong with them."""
    faults = [*_not_kept(resource)]
    name, nickname = _names(resource, faults)
    born_on = _day(resource.get("birthDate"), "Patient.birthDate", faults)
    if born_on is None and "birthDate" not in resource:
        faults.append(Fault("required", "A birth date is needed.", "Patient.birthDate"))
    numbers = tuple(_numbers(resource, faults, addresses))
    details = {
        "family_name": name.get("family", ""), "given_name": " ".join(name.get("given", ())),
        "known_as": nickname, "born_on": born_on, "sex": _sex(resource),
        "ethnicity": _ethnicity(resource, faults), "died_on": _died(resource, faults),
        "needs_interpreter": _extension(resource, INTERPRETER).get("valueBoolean", False),
        "postcode": _postcode(resource, faults), "language": _language(resource, faults),
    }  # fmt: skip
    labels = resource.get("meta", {}).get("security", ())
    is_test = any((each.get("system"), each.get("code")) == (REASONS, "HTEST") for each in labels)
    practice = _practice(resource, faults)
    if faults:
        return None, faults
    return PatientIn(details, numbers, is_test, practice), []


def _not_kept(resource: Json) -> Iterator[Fault]:
    for name in resource:
        if name.lstrip("_") not in KEPT:
            yield Fault("not-supported", _NOT_KEPT, f"Patient.{name}")
    if resource.get("active") is False and "link" not in resource:
        says = "A record is not made inactive here; it is when it was merged into another."
        yield Fault("business-rule", says, "Patient.active")
    for place, each in enumerate(resource.get("extension", ())):
        if each.get("url") not in (ETHNIC_CATEGORY, INTERPRETER):
            yield Fault("not-supported", _NOT_KEPT, f"Patient.extension[{place}]")


def _names(resource: Json, faults: list[Fault]) -> tuple[Json, str]:
    """The official name, or the first, and what somebody is called besides."""
    nickname = ""
    kept: list[Json] = []
    for place, each in enumerate(resource.get("name", ())):
        if each.get("use") == "nickname":
            nickname = " ".join(each.get("given", ()))
        elif each.get("use") in (None, "official", "usual"):
            kept.append(each)
        else:
            faults.append(Fault("not-supported", _NOT_KEPT, f"Patient.name[{place}]"))
    kept.sort(key=lambda each: each.get("use") != "official")
    name = kept[0] if kept else {}
    if not name.get("family") or not name.get("given"):
        says = "A family name and a given name are needed."
        faults.append(Fault("required", says, "Patient.name"))
    return name, nickname


def _sex(resource: Json) -> str:
    found = [own for own, said in GENDERS.items() if said == resource.get("gender")]
    return found[0] if found else "not_known"


def _day(written: Any, where: str, faults: list[Fault]) -> date | None:
    if written is None:
        return None
    try:
        if _DAY.fullmatch(str(written)[:10]):
            return date.fromisoformat(str(written)[:10])
    except ValueError:
        pass
    faults.append(Fault("value", "A whole day is needed: 1961-03-14.", where))
    return None


def _died(resource: Json, faults: list[Fault]) -> date | None:
    if resource.get("deceasedBoolean") is True:
        says = "The day of death is needed: deceasedDateTime."
        faults.append(Fault("value", says, "Patient.deceasedBoolean"))
    return _day(resource.get("deceasedDateTime"), "Patient.deceasedDateTime", faults)


def _extension(resource: Json, url: str) -> Json:
    for each in resource.get("extension", ()):
        if each.get("url") == url:
            found: Json = each
            return found
    return {}


def _ethnicity(resource: Json, faults: list[Fault]) -> str:
    codings = (
        _extension(resource, ETHNIC_CATEGORY).get("valueCodeableConcept", {}).get("coding", ())
    )
    for each in codings:
        if each.get("system") == ETHNICITY and len(str(each.get("code", ""))) <= 4:
            return str(each.get("code", ""))
    if codings:
        says = f"An ethnic category is a code of {ETHNICITY}."
        faults.append(Fault("code-invalid", says, "Patient.extension"))
    return ""


def _postcode(resource: Json, faults: list[Fault]) -> str:
    found = ""
    for place, each in enumerate(resource.get("address", ())):
        if set(each) - {"use", "postalCode"} or place:
            says = "Of an address the postcode is kept and nothing else. Leave the rest out."
            faults.append(Fault("not-supported", says, f"Patient.address[{place}]"))
        found = str(each.get("postalCode", ""))
    if len(found) > 8:
        faults.append(Fault("value", "This is no postcode.", "Patient.address[0].postalCode"))
    return found


def _language(resource: Json, faults: list[Fault]) -> str:
    languages = resource.get("communication", ())
    chosen = [each for each in languages if each.get("preferred")] or list(languages)
    if not chosen:
        return "en"
    for each in chosen[0].get("language", {}).get("coding", ()):
        if isinstance(each.get("code"), str) and len(each["code"]) <= 20:
            return str(each["code"])
    says = "A language has a code, such as en or pl."
    faults.append(Fault("value", says, "Patient.communication[0].language"))
    return ""


def _practice(resource: Json, faults: list[Fault]) -> str:
    for place, each in enumerate(resource.get("generalPractitioner", ())):
        kind, _, found = str(each.get("reference", "")).rpartition("/")
        if kind.rpartition("/")[2] == "Organization" and found.isdigit() and not place:
            return found
        says = "A general practice is one Organization of this server."
        faults.append(Fault("not-supported", says, f"Patient.generalPractitioner[{place}]"))
    return ""


def _numbers(resource: Json, faults: list[Fault], addresses: Addresses | None) -> Iterator[Number]:
    for place, each in enumerate(resource.get("identifier", ())):
        known = scheme_of(str(each.get("system", "")), addresses)
        value = str(each.get("value", "")).replace(" ", "")
        if known is None or not value or len(value) > 20:
            says = "A number has a system that this server knows, and a value of at most 20 signs."
            faults.append(Fault("code-invalid", says, f"Patient.identifier[{place}]"))
            continue
        yield Number(known[0], value, is_verified=_is_verified(each), issuer=known[1])


def _is_verified(identifier: Json) -> bool:
    for each in identifier.get("extension", ()):
        if each.get("url") == VERIFICATION_STATUS:
            codings = each.get("valueCodeableConcept", {}).get("coding", ())
            return any(one.get("code") == "01" for one in codings)
    return False
