"""Searching: which resources of a type a question asks for; what it cannot ask is refused.

Each parameter is looked up where the standard says it stands. Commas mean "or", a parameter named
twice means "and". A parameter that is not known here is refused: left out, the answer would be
larger than what was asked for.
"""

from collections.abc import Callable, Iterator
from typing import Any

from imparts.gateway.pretend_record.fhir.outcomes import Json, Refused
from imparts.gateway.pretend_record.fhir.store import Store

Pairs = tuple[tuple[str, str], ...]
Test = Callable[[Any, str], bool]
_NOT_ABOUT_WHICH = ("_format", "_count", "_offset", "_total", "_sort", "_summary", "_pretty")


def found(store: Store, kind: str, asked: Pairs) -> list[Json]:
    """The resources of a type that answer to every parameter."""
    left = _candidates(store, kind, asked)
    for name, value in asked:
        if name in _NOT_ABOUT_WHICH:
            continue
        path, test = _known(name)
        wanted = [one for one in value.split(",") if one]
        if not wanted:
            raise Refused(400, "value", f"The parameter {name} has no value.")
        left = [
            one for one in left
            if any(test(held, each) for held in _held(one, path) for each in wanted)
        ]  # fmt: skip
    return left


def _candidates(store: Store, kind: str, asked: Pairs) -> list[Json]:
    """Whoever asks by a name, as conditional creates do, need not look at all of a type."""
    for name, value in asked:
        called = value.rpartition("|")[2]
        if name in ("identifier", "_tag") and called and "," not in value:
            return store.every_called(kind, called)
    return store.every(kind)


def _known(name: str) -> tuple[tuple[str, ...], Test]:
    """Where a parameter looks, and how; a modifier is more than this server knows."""
    if name not in _PARAMETERS:
        raise Refused(
            400, "not-supported",
            f"This record cannot search by {name}; it knows {', '.join(sorted(_PARAMETERS))}.",
        )  # fmt: skip
    return _PARAMETERS[name]


def _held(resource: Json, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at one of the places, lists opened."""
    for place in path:
        values: list[Any] = [resource]
        for step in place.split("."):
            values = [
                each
                for value in values
                if isinstance(value, dict) and step in value
                for each in (value[step] if isinstance(value[step], list) else [value[step]])
            ]
        yield from values


def _is_token(held: Any, asked: str) -> bool:
    """A code, an identifier or a coding: system|value, |value or just the value."""
    codings = held.get("coding") if isinstance(held, dict) else None
    if isinstance(codings, list):
        return any(_is_token(each, asked) for each in codings)
    system, bar, value = asked.rpartition("|")
    if not isinstance(held, dict):
        return not bar and str(held).lower() == asked.lower()
    its_value = held.get("value", held.get("code", ""))
    if bar and not value:
        return bool(held.get("system", "") == system)
    return bool(its_value == value and (not bar or held.get("system", "") == system))


def _begins(held: Any, asked: str) -> bool:
    """A text that begins so, without regard to case."""
    return isinstance(held, str) and held.lower().startswith(asked.lower())


def _is_reference(held: Any, asked: str) -> bool:
    """Patient/1, the same under a server's address, or just 1."""
    its = held.get("reference", "") if isinstance(held, dict) else ""
    if not isinstance(its, str):
        return False
    return bool(its) and (its == asked or asked.endswith(f"/{its}") or its.split("/")[-1] == asked)


def _is_on(held: Any, asked: str) -> bool:
    """A day or a moment: as much of it as was asked for, or before (lt, le) or after it."""
    prefix, value = (asked[:2], asked[2:]) if asked[:2].isalpha() else ("eq", asked)
    its = str(held.get("start", "") if isinstance(held, dict) else held)[: len(value)]
    compared = {
        "eq": its == value, "ne": its != value, "lt": its < value, "le": its <= value,
        "gt": its > value, "ge": its >= value,
    }  # fmt: skip
    if prefix not in compared:
        raise Refused(400, "value", f"The date {asked} begins with a prefix that is not known.")
    return compared[prefix]


_PARAMETERS: dict[str, tuple[tuple[str, ...], Test]] = {
    "_id": (("id",), lambda held, asked: bool(held == asked)),
    "_lastUpdated": (("meta.lastUpdated",), _is_on),
    "_tag": (("meta.tag",), _is_token),
    "identifier": (("identifier",), _is_token),
    "active": (("active",), _is_token),
    "status": (("status",), _is_token),
    "gender": (("gender",), _is_token),
    "class": (("class",), _is_token),
    "code": (("code", "type"), _is_token),
    "type": (("type",), _is_token),
    "category": (("category",), _is_token),
    "family": (("name.family",), _begins),
    "given": (("name.given",), _begins),
    "name": (("name.family", "name.given", "name.text", "name"), _begins),
    "birthdate": (("birthDate",), _is_on),
    "date": (
        ("date", "effectiveDateTime", "effectivePeriod", "authored", "period", "issued", "start"),
        _is_on,
    ),
    "authored": (("authored",), _is_on),
    "patient": (("subject", "patient", "participant.actor"), _is_reference),
    "subject": (("subject",), _is_reference),
    "encounter": (("encounter", "context.encounter"), _is_reference),
    "questionnaire": (
        ("questionnaire",),
        lambda held, asked: bool(held == asked or held.split("|")[0] == asked),
    ),
    "derived-from": (("derivedFrom",), _is_reference),
    "target": (("target",), _is_reference),
}
KNOWN = tuple(sorted(_PARAMETERS))
