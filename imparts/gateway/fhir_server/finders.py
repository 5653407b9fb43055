"""Finders: what a code that was asked means for rows, for the parameters that are tokens.

one_of      each code by its own condition      always      codes that every row of a kind has
holds       the column holds the code           matches     the column's values have codes of FHIR
yes_or_no   true or false
"""

from collections.abc import Mapping

from django.db.models import Q

from imparts.gateway.fhir_server.parameters import NOBODY, Code, Finds
from imparts.gateway.fhir_server.problems import bad_request
from imparts.gateway.fhir_server.registry import Reader


def one_of(ways: Mapping[str, Q], *, system: str = "") -> Finds:
    """Each code by its own condition; a system is looked at where one is named."""

    def finds(asked: Code, reader: Reader) -> Q:
        return ways.get(asked.code, NOBODY) if _is_of(system, asked) else NOBODY

    return finds


def always(*codes: str, system: str = "") -> Finds:
    """Codes that every row of a kind has."""
    return one_of(dict.fromkeys(codes, Q()), system=system)


def holds(path: str, *, system: str = "") -> Finds:
    """A column that holds the code itself."""

    def finds(asked: Code, reader: Reader) -> Q:
        return Q(**{path: asked.code}) if _is_of(system, asked) else NOBODY

    return finds


def matches(path: str, system: str, codes: Mapping[str, str]) -> Finds:
    """A column whose values have codes of one system; several values may have the same."""

    def finds(asked: Code, reader: Reader) -> Q:
        if not _is_of(system, asked):
            return NOBODY
        if not asked.code:
            return Q() if asked.system else NOBODY
        return Q(**{f"{path}__in": [own for own, code in codes.items() if code == asked.code]})

    return finds


def yes_or_no(is_so: Q) -> Finds:
    """True or false."""

    def finds(asked: Code, reader: Reader) -> Q:
        if asked.code not in ("true", "false"):
            raise bad_request("Write true or false here.")
        return is_so if asked.code == "true" else ~is_so

    return finds


def _is_of(system: str, asked: Code) -> bool:
    return not system or asked.system in (None, system)
