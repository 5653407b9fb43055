"""What a search asks, read from its parameters; what is not understood is refused or named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from imparts.gateway.fhir_server.parameters import Param, Reference
from imparts.gateway.fhir_server.problems import Problem, bad_request, problem, shortly
from imparts.gateway.fhir_server.registry import kinds_of, parameters_of

MOST_ON_A_PAGE, USUAL_ON_A_PAGE = 200, 20
MOST_PARAMETERS, MOST_VALUES, LONGEST_VALUE = 40, 100, 400
# They say how the answer is written and are looked at where it is written.
_PASSED_OVER = frozenset({"_format", "_pretty"})
_SPLIT = re.compile(r"(?<!\\)(?:\\\\)*,")
_INCLUDE = re.compile(r"([A-Z][A-Za-z]+):([a-z][A-Za-z-]*)(?::([A-Z][A-Za-z]+))?")
TOTALS = ("none", "accurate", "estimate")
SUMMARIES = ("count", "false", "data")


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter: one of its values is enough; every parameter has to hold."""

    name: str
    modifier: str
    chain: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Include:
    """One _include or _revinclude: of which type, by which parameter, to which type."""

    type: str
    param: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """One search."""

    type: str
    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    """Names of parameters, each with whether it goes down."""
    count: int = USUAL_ON_A_PAGE
    total: str = "none"
    summary: str = "false"
    elements: tuple[str, ...] = ()
    includes: tuple[Include, ...] = ()
    revincludes: tuple[Include, ...] = ()
    ignored: tuple[str, ...] = ()
    """Sentences about what was asked and left out."""
    used: tuple[tuple[str, str], ...] = ()
    """The parameters that counted, for the link to the search itself."""


class _Reading:
    """A search while its parameters are read."""

    def __init__(self, type_name: str, is_strict: bool) -> None:
        self.type = type_name
        self.is_strict = is_strict
        self.params = parameters_of(type_name)
        self.found: dict[str, Any] = {"filters": [], "includes": [], "revincludes": []}
        self.ignored: list[str] = []
        self.used: list[tuple[str, str]] = []

    def take(self, name: str, value: str) -> None:
        """One parameter of the address."""
        if name in _PASSED_OVER or not value:
            return
        reads = _RESULTS.get(name)
        try:
            reads(self, value) if reads else self._filter(name, value)
            self.used.append((name, value))
        except _NotUnderstood as words:
            if self.is_strict:
                raise problem(400, "not-supported", str(words)) from None
            self.ignored.append(str(words))

    def _filter(self, name: str, value: str) -> None:
        plain, _, chain = name.partition(".")
        plain, _, modifier = plain.partition(":")
        if plain not in self.params and plain not in self._of_every_type():
            raise _NotUnderstood(
                f"{self.type} is not searched by “{shortly(plain)}” here. It is searched by: "
                f"{', '.join(sorted((*self.params, *self._of_every_type())))}."
            )
        self._check(plain, self.params.get(plain), modifier, chain)
        values = tuple(_plain(each) for each in _parts(value))
        if len(values) > MOST_VALUES:
            raise bad_request(f"At most {MOST_VALUES} values may stand in one parameter.")
        self.found["filters"].append(Filter(plain, modifier, chain, values))

    def _of_every_type(self) -> tuple[str, ...]:
        knows_when = any(kind.stored for kind in kinds_of(self.type))
        return ("_id", "_lastUpdated") if knows_when else ("_id",)

    def _check(self, name: str, param: Param | None, modifier: str, chain: str) -> None:
        """Modifiers and chains that are not known would change what is meant: always refused."""
        allowed = param.modifiers if param else frozenset[str]()
        targets = param.targets if isinstance(param, Reference) else ()
        if modifier and modifier not in allowed and modifier not in targets:
            raise bad_request(f"“{shortly(name)}” is not asked with “:{shortly(modifier)}” here.")
        if chain and not any(chain in parameters_of(target) for target in targets):
            raise bad_request(f"“{shortly(name)}” is not followed by “.{shortly(chain)}” here.")

    def sort(self, value: str) -> None:
        """_sort: names, each with a minus sign in front to go down."""
        allowed = sortable(self.type)
        keys = [(each.removeprefix("-"), each.startswith("-")) for each in value.split(",")]
        unknown = [name for name, _ in keys if name not in allowed]
        if unknown or len(keys) > 3:
            raise _NotUnderstood(
                f"{self.type} is sorted by at most three of: {', '.join(sorted(allowed))}."
            )
        self.found["sort"] = tuple(keys)

    def count(self, value: str) -> None:
        """_count: how many on a page; no more than we allow."""
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise bad_request("_count is a whole number, such as 50.")
        self.found["count"] = min(int(value), MOST_ON_A_PAGE)

    def total(self, value: str) -> None:
        """_total: none, accurate or estimate."""
        if value not in TOTALS:
            raise bad_request("_total is none, accurate or estimate.")
        self.found["total"] = value

    def summary(self, value: str) -> None:
        """_summary: count, data or false."""
        if value not in SUMMARIES:
            raise _NotUnderstood("_summary is count, data or false here.")
        self.found["summary"] = value

    def elements(self, value: str) -> None:
        """_elements: names of elements at the top of the resource."""
        self.found["elements"] = tuple(each.strip() for each in value.split(",") if each.strip())

    def include(self, value: str) -> None:
        """_include=Observation:subject, with a type behind it where there are several."""
        asked = _an_include(value)
        if asked.type != self.type or not _refers(asked):
            raise _NotUnderstood(f"_include={shortly(value)} is not known here.")
        self.found["includes"].append(asked)

    def revinclude(self, value: str) -> None:
        """_revinclude=Observation:subject."""
        asked = _an_include(value)
        param = _refers(asked)
        if param is None or self.type not in param.targets:
            raise _NotUnderstood(f"_revinclude={shortly(value)} is not known here.")
        self.found["revincludes"].append(asked)


_RESULTS = {
    "_sort": _Reading.sort,
    "_count": _Reading.count,
    "_total": _Reading.total,
    "_summary": _Reading.summary,
    "_elements": _Reading.elements,
    "_include": _Reading.include,
    "_revinclude": _Reading.revinclude,
}


class _NotUnderstood(Exception):
    """What may be left out when the caller does not mind, in words."""


def read_search(type_name: str, query: Sequence[tuple[str, str]], *, is_strict: bool) -> Search:
    """What is asked of one type."""
    if len(query) > MOST_PARAMETERS:
        raise bad_request(f"At most {MOST_PARAMETERS} parameters may be asked at once.")
    for name, value in query:
        _check_text(name, value)
    reading = _Reading(type_name, is_strict)
    for name, value in query:
        reading.take(name, value)
    made = {name: tuple(v) if isinstance(v, list) else v for name, v in reading.found.items()}
    return Search(type_name, ignored=tuple(reading.ignored), used=tuple(reading.used), **made)


def sortable(type_name: str) -> frozenset[str]:
    """What every kind of a type can be sorted by."""
    of_kinds = [
        {"_id", *kind.sort, *(["_lastUpdated"] if kind.stored else [])}
        for kind in kinds_of(type_name)
    ]
    return frozenset(set.intersection(*of_kinds)) if of_kinds else frozenset()


def _check_text(name: str, value: str) -> None:
    if len(value) > LONGEST_VALUE * 10 or len(name) > LONGEST_VALUE:
        raise Problem(414, _too_long())
    if "\x00" in name or "\x00" in value:
        raise bad_request("A parameter holds a character that no text has.")


def _too_long() -> Any:
    return problem(414, "too-long", "A parameter is too long; use POST _search.").issues[0]


def _an_include(value: str) -> Include:
    found = _INCLUDE.fullmatch(value)
    if not found:
        raise _NotUnderstood(
            f"An include is written like Observation:subject, not {shortly(value)}"
        )
    return Include(found[1], found[2], found[3] or "")


def _refers(asked: Include) -> Reference | None:
    param = parameters_of(asked.type).get(asked.param)
    if not isinstance(param, Reference):
        return None
    return param if not asked.target or asked.target in param.targets else None


def _parts(value: str) -> Iterator[str]:
    """The values between commas; a comma after a backslash is part of a value."""
    begin = 0
    for comma in _SPLIT.finditer(value):
        yield value[begin : comma.end() - 1]
        begin = comma.end()
    yield value[begin:]


def _plain(value: str) -> str:
    if len(value) > LONGEST_VALUE:
        raise Problem(414, _too_long())
    return re.sub(r"\\([,$\\])", r"\1", value)
