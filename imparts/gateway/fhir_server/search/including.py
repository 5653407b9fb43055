"""Including: what the found resources refer to, and what refers to them.

Both pass the same door as a search of their own: the scope, and the rows that the reader may see.
What the reader may not see is not there, and nothing says that it exists.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from imparts.gateway.fhir_server.parameters import Reference
from imparts.gateway.fhir_server.registry import (
    Json,
    Kind,
    Reader,
    kinds_of,
    parameters_of,
    person_of,
    rows_for,
)
from imparts.gateway.fhir_server.search.asked import Include, Search
from imparts.gateway.fhir_server.search.matching import of_ids

MOST_INCLUDED = 1000


class Shown(NamedTuple):
    """One resource that an answer shows, and whose it is."""

    resource: Json
    person: UUID | None

    @property
    def name(self) -> str:
        """Type/id."""
        return f"{self.resource['resourceType']}/{self.resource['id']}"


def included(search: Search, found: list[Shown], reader: Reader) -> tuple[list[Shown], bool]:
    """What goes with a page, each once, and whether some of it was left out as too much."""
    have = {each.name for each in found}
    made: list[Shown] = []
    for each in _all(search, found, reader):
        if each.name in have:
            continue
        if len(made) == MOST_INCLUDED:
            return made, True
        have.add(each.name)
        made.append(each)
    return made, False


def _all(search: Search, found: list[Shown], reader: Reader) -> Iterator[Shown]:
    for asked in search.includes:
        yield from _referred_to(asked, found, reader)
    for asked in search.revincludes:
        yield from _referring(asked, found, reader)


def _referred_to(asked: Include, found: list[Shown], reader: Reader) -> Iterator[Shown]:
    param = parameters_of(asked.type)[asked.param]
    assert isinstance(param, Reference)  # asked.py lets nothing else through
    wanted: dict[str, list[str]] = {}
    for each in found:
        for written in references_at(each.resource, param.element):
            kind, _, logical_id = written.partition("/")
            if kind in param.targets and asked.target in ("", kind):
                wanted.setdefault(kind, []).append(logical_id)
    for type_name, ids in wanted.items():
        if reader.principal.scopes.allows(type_name, "r"):
            yield from by_ids(type_name, ids, reader)


def by_ids(type_name: str, ids: Iterable[str], reader: Reader) -> Iterator[Shown]:
    """Resources of a type by their ids, as far as the reader may see them."""
    unique = list(dict.fromkeys(ids))
    for kind in kinds_of(type_name):
        yield from rendered(kind, rows_for(kind, reader).filter(of_ids(kind, unique)), reader)


def _referring(asked: Include, found: list[Shown], reader: Reader) -> Iterator[Shown]:
    if not reader.principal.scopes.allows(asked.type, "s"):
        return
    ids = [each.resource["id"] for each in found]
    target = found[0].resource["resourceType"] if found else ""
    for kind in kinds_of(asked.type) if ids else ():
        param = kind.search.get(asked.param)
        if isinstance(param, Reference):
            rows = rows_for(kind, reader).filter(param.of_ids(ids, target, reader))
            yield from rendered(kind, rows.order_by("pk")[: MOST_INCLUDED + 1], reader)


def rendered(kind: Kind, rows: Any, reader: Reader) -> Iterator[Shown]:
    """Rows as resources, each with whose it is."""
    listed = list(rows)
    for row, resource in zip(listed, kind.render(listed, reader), strict=True):
        yield Shown(resource, person_of(row))


def references_at(element: Any, path: str) -> Iterator[str]:
    """The relative references at a path such as participant.actor; lists are walked through."""
    if isinstance(element, list):
        for each in element:
            yield from references_at(each, path)
    elif isinstance(element, dict):
        if path:
            name, _, rest = path.partition(".")
            yield from references_at(element.get(name), rest)
        elif isinstance(written := element.get("reference"), str):
            yield written
