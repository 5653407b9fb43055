"""Matching: the rows of a kind that a reader may see and that a search asks for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Date,
    PatientReference,
    Reference,
)
from imparts.gateway.fhir_server.problems import problem
from imparts.gateway.fhir_server.registry import (
    Kind,
    Reader,
    kinds_of,
    parameters_of,
    rows_for,
)
from imparts.gateway.fhir_server.search.asked import Filter, Search


def matching(kind: Kind, search: Search, reader: Reader) -> QuerySet[Any]:
    """The rows that match; none where the kind does not know one of the parameters."""
    found = rows_for(kind, reader)
    for each in search.filters:
        found = found.filter(_condition(kind, each, reader))
    return found


def naming(search: Search, reader: Reader) -> Reader:
    """The reader, told which people a search names: whoever names some is shown no others' rows."""
    for each in search.filters:
        param = parameters_of(search.type).get(each.name)
        is_plain = not each.chain and each.modifier in ("", "Patient")
        if isinstance(param, PatientReference) and is_plain and search.type != "Patient":
            ids = [param.named(value, each.modifier)[1] for value in each.values]
            return param.naming(ids, reader)
    return reader


def of_ids(kind: Kind, ids: Sequence[str]) -> Q:
    """Rows whose logical id is one of some."""
    found = NOBODY
    for each in ids:
        condition = kind.ids(each)
        if condition is not None:
            found |= condition
    return found


def _condition(kind: Kind, asked: Filter, reader: Reader) -> Q:
    if asked.name == "_id":
        return of_ids(kind, [each.rpartition("/")[2] for each in asked.values])
    if asked.name == "_lastUpdated":
        when = Date(path=kind.stored) if kind.stored else None
        return when.any_of(asked.values, "", reader) if when else NOBODY
    param = kind.search.get(asked.name)
    if param is None:
        return NOBODY
    if asked.chain:
        assert isinstance(param, Reference)  # asked.py lets nothing else be chained
        return _chained(param, asked, reader)
    return param.any_of(asked.values, asked.modifier, reader)


def _chained(param: Reference, asked: Filter, reader: Reader) -> Q:
    """patient.identifier=...: rows that refer to what matches, among what the reader may see."""
    found = NOBODY
    targets = [asked.modifier] if asked.modifier else param.targets
    for target in targets:
        if not reader.principal.scopes.allows(target, "s"):
            raise problem(
                403, "forbidden", f"The access token allows no search of {target}, which this asks."
            )
        if isinstance(param, PatientReference) and asked.chain == "identifier":
            found |= param.any_of(asked.values, "identifier", reader)
        elif param.path:
            found |= _through(param, target, asked, reader)
    return found


def _through(param: Reference, target: str, asked: Filter, reader: Reader) -> Q:
    found = NOBODY
    for kind in kinds_of(target):
        of_target = kind.search.get(asked.chain)
        if of_target is not None:
            rows = rows_for(kind, reader).filter(of_target.any_of(asked.values, "", reader))
            found |= Q(**{f"{param.path}__in": rows.values("pk")})
    return found
