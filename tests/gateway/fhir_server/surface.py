"""Calls that nobody thought of: addresses, parameters, headers and bodies over the whole surface.

Drawn from what the server declares, so that a new type or parameter is tried the day it is added.
Every draw is repeated by its seed.
"""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from imparts.gateway.fhir_server.operations import operations
from imparts.gateway.fhir_server.registry import parameters_of, types

Json = dict[str, Any]
VERBS = ("GET", "GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
NASTY = (
    "", "0", "1", "-1", "00000000-0000-4000-8000-000000000000", "x" * 300, "%", "%00", "\x00",
    "a\u0000b", "'; drop table x; --", "../../etc/passwd", "🫖", "\u202e", "a|b", "|", "||", "a|",
    "|b", ",", "\\,", "\\", "$", "null", "true", "false", "NaN", "1e999", "99999999999999999999",
    "2026", "2026-02-30", "eq2026-11", "ge", "ap1800", "ap2200-12-31T23:59:59.999999999Z",
    "lt2026-11-22T09:30:00+99:00", "0001-01-01", "9999-12-31", "Patient/", "Patient/1/2/3",
    "http://testserver/fhir/Patient/1", "urn:uuid:0", "Observation:subject", "*", "*:*", "-", "--",
    "http://unitsofmeasure.org|{score}|1", "1.5", "gt1e5", "<div>", "${7*7}", "%FF", "+", "?", "#",
)  # fmt: skip
RESULTS = (
    "_id", "_lastUpdated", "_count", "_sort", "_total", "_summary", "_elements", "_include",
    "_revinclude", "_page", "_format", "_has", "_filter", "_since", "_type", "shoesize", "",
)  # fmt: skip
MODIFIERS = ("", "", "", ":not", ":exact", ":contains", ":missing", ":identifier", ":Patient",
             ":x", ":", ".identifier", ".name", ".x", ":Patient.family", ".a.b.c")  # fmt: skip
HEADERS = (
    ("If-Match", ('W/"1"', "*", "1", '"', "")),
    ("If-None-Match", ('W/"1"', "*", "x")),
    ("If-None-Exist", ("identifier=x", "?", "name=%00", "_sort=x", "_count=x", "&&&=")),
    ("If-Modified-Since", ("x", "Thu, 01 Jan 2015 00:00:00 GMT", "Thu, 99 Jan 2015")),
    ("Prefer", ("handling=strict", "return=minimal", "respond-async", ";;;", "return=")),
    ("Accept", ("application/fhir+json", "text/html", "*/*", "application/xml", ";", "x/y;q=z")),
    ("Content-Type", ("application/fhir+json", "application/xml", "", "text/plain", "json",
                      "application/x-www-form-urlencoded")),
)  # fmt: skip


class Drawn(NamedTuple):
    """One call."""

    verb: str
    path: str
    headers: dict[str, str]
    body: str


def calls(seed: int, many: int, known: dict[str, list[Json]]) -> Iterator[Drawn]:
    """Calls of one seed; `known` are resources that there are, by type."""
    chance = random.Random(seed)
    for _ in range(many):
        headers = {name: chance.choice(values) for name, values in HEADERS if chance.random() < 0.2}
        yield Drawn(chance.choice(VERBS), _path(chance, known), headers, _body(chance, known))


def _path(chance: random.Random, known: dict[str, list[Json]]) -> str:
    type_name = chance.choice([*types(), *types(), "Basic", "", "patient", "x" * 80])
    there = known.get(type_name) or [{"id": "1"}]
    logical_id = chance.choice([chance.choice(there)["id"]] * 3 + [_in_path(chance)])
    names = [operation.name for operation in operations()] + ["nonsense"]
    shape = chance.choice(
        ("{t}", "{t}", "{t}", "{t}/{i}", "{t}/{i}", "{t}/_search", "{t}/_history",
         "{t}/{i}/_history", "{t}/{i}/_history/{v}", "{t}/{i}/{o}", "{t}/{o}", "{o}", "",
         "{t}/{i}/x/y", "_history", "_search", "metadata"),
    )  # fmt: skip
    path = shape.format(
        t=type_name, i=logical_id, v=chance.choice(("1", "2", "0", "x")),
        o=f"${chance.choice(names)}",
    )  # fmt: skip
    query = "&".join(_pair(chance, type_name) for _ in range(chance.randint(0, 3)))
    return f"{path}?{query}" if query else path


def _in_path(chance: random.Random) -> str:
    from urllib.parse import quote

    return quote(chance.choice(NASTY), safe="")


def _pair(chance: random.Random, type_name: str) -> str:
    from urllib.parse import quote

    own = parameters_of(type_name)
    name = chance.choice([*own, *own, *RESULTS])
    values = list(NASTY)
    if name in own and own[name].example:
        values += [own[name].example] * 20
    value = ",".join(chance.choice(values) for _ in range(chance.choice((1, 1, 1, 2))))
    raw = chance.random() < 0.1
    return f"{name}{chance.choice(MODIFIERS)}={value if raw and value.isascii() else quote(value)}"


def _body(chance: random.Random, known: dict[str, list[Json]]) -> str:
    way = chance.random()
    if way < 0.1:
        return chance.choice(("", "{", "[]", "null", '"x"', "{}", "\ufeff{}", "a=b&c=%00"))
    everything = [one for some in known.values() for one in some]
    resource = deepcopy(chance.choice(everything)) if everything else {"resourceType": "Patient"}
    for _ in range(chance.randint(0, 3)):
        _spoil(chance, resource)
    if way > 0.7:
        resource = _bundle(chance, [resource, *deepcopy(everything[:2])])
        _spoil(chance, resource) if way > 0.85 else None
    return json.dumps(resource)


def _bundle(chance: random.Random, resources: list[Json]) -> Json:
    entries = [
        {
            "fullUrl": chance.choice(("urn:uuid:1", "urn:uuid:2", "", "x")),
            "resource": each,
            "request": {
                "method": chance.choice(VERBS),
                "url": chance.choice((each.get("resourceType", "x"), "Patient/1", "$x", "?", "/")),
            },
        }
        for each in resources
    ]
    kind = chance.choice(("batch", "batch", "transaction", "searchset"))
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def _spoil(chance: random.Random, resource: Any) -> None:
    """Replace, remove or add one thing somewhere inside."""
    part: Any = resource
    for _ in range(chance.randint(0, 4)):
        inner = [each for each in (part.values() if isinstance(part, dict) else part)
                 if isinstance(each, dict | list) and each]  # fmt: skip
        if not inner:
            break
        part = chance.choice(inner)
    values = (None, "", 0, -1, 1.5, True, [], {}, "x", "2026-13-45", "\u0000", [[]], {"a": {}},
              "x" * 5000, 10**30, *NASTY[:12])  # fmt: skip
    if isinstance(part, dict):
        name = chance.choice([*part, "shoeSize", "_id", "resourceType"])
        if chance.random() < 0.3:
            part.pop(name, None)
        else:
            part[name] = chance.choice(values)
    elif part:
        part[chance.randrange(len(part))] = chance.choice(values)
